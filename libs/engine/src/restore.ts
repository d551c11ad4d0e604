// A log was put back from a copy. Whoever remembers more of it than it has refuses to go on, until the copy is accepted:
// it becomes a new epoch, and every consumer is set to where its work and the copy agree.
import { commonTo, type Begin, type Epochs, type RestoredLogs } from './epochs.js';
import { Refused } from './errors.js';
import { PARKED, parkedId, type Parked } from './parking.js';
import type { Documents, Engine, LogIdentity, Put, Table } from './ports.js';
import { VIEWS, generationOf, tableOf } from './rebuild.js';
import type { Service } from './service.js';
import { CHECKPOINTS, type Checkpoint } from './positions.js';
import { TIMERS, timerId, type Timer } from './timers.js';

const SYSTEM = '-';
const PAGE = 500;

export interface AcceptedConsumer {
  /** Durable, `<service>.<name>`. */
  readonly name: string;
  readonly kind: 'view' | 'effect' | 'consumer';
  /** Last event it had seen, and where it goes on. */
  readonly saw: number;
  readonly now: number;
}

export interface Accepted {
  readonly log: string;
  /** False: nobody remembers anything else than what the log is. */
  readonly isNeeded: boolean;
  readonly epoch: number;
  /** Last event of the copy. */
  readonly g: number;
  /** Events that consumers had seen and the copy does not have. */
  readonly lost: number;
  readonly consumers: readonly AcceptedConsumer[];
  readonly timers: number;
  readonly parked: number;
  /** True: what the log's own service made of events that are lost was not put back with it. */
  readonly isLogOnly: boolean;
}

export interface Accepting {
  readonly engine: Engine;
  readonly logs: RestoredLogs;
  /** Manifests: they say which consumers are effects. */
  readonly services: readonly Service[];
  /** The service whose log it is. */
  readonly service: string;
}

interface Installed {
  readonly service: string;
  readonly documents: Documents;
  readonly tables: readonly Table[];
  readonly checkpoints: readonly Checkpoint[];
}

/** Accepts the log as it is. May be killed anywhere and done again. Throws Refused. */
export async function acceptRestored(accepting: Accepting): Promise<Accepted> {
  const { engine, logs, service } = accepting;
  const { log } = await engine.open(service);
  const head = await log.head();
  const installed = await installedOf(engine, await logs.services(), log.name);
  const known = await logs.epochsOf(service);
  const checkpoints = installed.flatMap((one) => one.checkpoints);
  for (const checkpoint of checkpoints) refuseStranger(checkpoint, known.identity);
  const seen = [...checkpoints, ...[(await logs.remembered(service)) ?? []].flat()];
  const { epoch } = known.identity;
  const isBeyond = seen.some((one) => one.epoch > epoch || (one.epoch === epoch && one.g > head.g));
  const isBegun = checkpoints.some((one) => one.epoch !== epoch);
  if (!isBeyond && !isBegun) return unneeded(log.name, epoch, head.g);
  const epochs = isBeyond
    ? await beginAnew({ accepting, known, seen: seen.map((one) => one.epoch), g: head.g })
    : known;
  const restoring = new Restoring(log.name, epochs, effectsOf(accepting.services));
  for (const one of installed) await restoring.bring(one);
  const lost = Math.max(
    0,
    ...seen.map((one) => one.g - commonTo(epochs.begins, one.epoch, epochs.identity.epoch)),
  );
  return {
    log: log.name,
    isNeeded: true,
    epoch: epochs.identity.epoch,
    g: head.g,
    lost,
    ...restoring.done,
    isLogOnly: restoring.done.consumers.some(
      ({ name, saw, now }) => name.startsWith(`${service}.`) && saw > now,
    ),
  };
}

const unneeded = (log: string, epoch: number, g: number): Accepted => ({
  ...{ log, isNeeded: false, epoch, g, lost: 0, consumers: [], timers: 0, parked: 0 },
  isLogOnly: false,
});

/**
 * Refuses a start in which a consumer of these services remembers more of one of their logs than it has: an event that
 * was added now would get a number that somebody has seen already.
 */
export async function refuseRestored(engine: Engine, services: readonly string[]): Promise<void> {
  for (const service of services) {
    const { log } = await engine.open(service);
    const head = await log.head();
    const installed = await installedOf(engine, services, log.name);
    const { id, epoch } = log.identity;
    const beyond = installed
      .flatMap(({ checkpoints }) => checkpoints)
      .find((one) => one.logId !== id || one.epoch !== epoch || one.g > head.g);
    if (beyond)
      throw new Refused(
        `${log.name} is not the log that ${beyond.name} has read to event ${beyond.g} of epoch ${beyond.epoch}: ` +
          `it is an older copy, or another log; it ends at event ${head.g} of epoch ${epoch}. Put the right one back, or ` +
          'accept it: npm run shouwen -- accept-restore --help.',
      );
  }
}

async function installedOf(
  engine: Engine,
  services: readonly string[],
  log: string,
): Promise<readonly Installed[]> {
  return Promise.all(
    services.map(async (service) => {
      const { documents } = await engine.open(service);
      const tables = await documents.tables();
      const all = await allOf<Checkpoint>({ documents, tables }, CHECKPOINTS.name);
      // An empty id stands for a log that nobody had heard of.
      const checkpoints = all.filter((one) => one.log === log && one.logId !== '');
      return { service, documents, tables, checkpoints };
    }),
  );
}

async function allOf<T>(
  { documents, tables }: Pick<Installed, 'documents' | 'tables'>,
  table: string,
): Promise<readonly T[]> {
  if (!tables.some(({ name }) => name === table)) return [];
  const all: T[] = [];
  let cursor: string | undefined;
  do {
    const from = cursor === undefined ? {} : { cursor };
    const page = await documents.find(table, SYSTEM, { limit: PAGE, ...from });
    all.push(...(page.items as T[]));
    cursor = page.next;
  } while (cursor !== undefined);
  return all;
}

function refuseStranger({ log, logId, name }: Checkpoint, { id }: LogIdentity): void {
  if (logId !== id)
    throw new Refused(
      `${log} is no copy of the log that ${name} has read, but another one; put the right one back.`,
    );
}

async function beginAnew(anew: {
  accepting: Accepting;
  known: Epochs;
  seen: readonly number[];
  g: number;
}): Promise<Epochs> {
  const { accepting, known, seen, g } = anew;
  const { id, epoch: of } = known.identity;
  const highest = Math.max(of, ...seen, ...known.begins.map(({ epoch }) => epoch));
  const begin: Begin = { epoch: highest + 1, of, g };
  await accepting.logs.begin(accepting.service, begin);
  return { identity: { id, epoch: begin.epoch }, begins: [...known.begins, begin] };
}

const effectsOf = (services: readonly Service[]): ReadonlySet<string> =>
  new Set(services.flatMap(({ name, effects }) => effects.map((one) => `${name}.${one.name}`)));

/** Brings the consumers of one service after another to the accepted epoch; the checkpoints are its last write. */
class Restoring {
  readonly done = { consumers: [] as AcceptedConsumer[], timers: 0, parked: 0 };

  constructor(
    private readonly log: string,
    private readonly epochs: Epochs,
    private readonly effects: ReadonlySet<string>,
  ) {}

  async bring(installed: Installed): Promise<void> {
    const { epoch } = this.epochs.identity;
    const old = installed.checkpoints.filter((one) => one.epoch !== epoch);
    if (old.length === 0) return;
    const common = Math.min(...old.map((one) => this.commonWith(one)));
    await this.dropTimers(installed, common);
    await this.dropParked(installed, common);
    const puts: Put[] = [];
    for (const name of new Set(old.map((one) => one.name))) {
      const checkpoints = old.filter((one) => one.name === name);
      if (name.includes('~')) puts.push(...checkpoints.map(removal));
      else if (this.sawMore(checkpoints) && isView(installed, name)) {
        await this.beginViewAnew(installed, name);
        this.tell('view', name, checkpoints, 0);
      } else puts.push(...this.setBack(name, checkpoints));
    }
    await installed.documents.write(puts);
  }

  private commonWith({ epoch }: Checkpoint): number {
    return commonTo(this.epochs.begins, epoch, this.epochs.identity.epoch);
  }

  private sawMore(checkpoints: readonly Checkpoint[]): boolean {
    return checkpoints.some((one) => one.g > this.commonWith(one));
  }

  /** What an effect has sent is not sent again: it goes on behind all that the copy has. */
  private setBack(name: string, checkpoints: readonly Checkpoint[]): Put[] {
    const isEffect = this.effects.has(name);
    const puts = checkpoints.map((one): Put => {
      const common = this.commonWith(one);
      const g = isEffect ? common : Math.min(one.g, common);
      const { epoch } = this.epochs.identity;
      return { ...placeOf(one), document: { ...one, epoch, g }, ifWas: one };
    });
    const now = Math.max(...puts.map(({ document }) => (document as Checkpoint).g));
    this.tell(isEffect ? 'effect' : 'consumer', name, checkpoints, now);
    return puts;
  }

  private tell(
    kind: AcceptedConsumer['kind'],
    name: string,
    checkpoints: readonly Checkpoint[],
    now: number,
  ): void {
    this.done.consumers.push({ name, kind, saw: Math.max(...checkpoints.map(({ g }) => g)), now });
  }

  private async dropTimers(installed: Installed, common: number): Promise<void> {
    const all = await allOf<Timer>(installed, TIMERS.name);
    const lost = all.filter(({ log, record }) => log === this.log && record.g > common);
    await this.drop(
      installed,
      lost.map((timer) => remove(TIMERS.name, timerId(timer))),
    );
    this.done.timers += lost.length;
  }

  /** Whoever waited behind a lost event of its key is first now. */
  private async dropParked(installed: Installed, common: number): Promise<void> {
    const all = await allOf<Parked>(installed, PARKED.name);
    const isLost = ({ log, g }: Parked) => log === this.log && g > common;
    const lost = all.filter(isLost);
    const puts = lost.map((one) => remove(PARKED.name, parkedId(one)));
    for (const { name, key } of lost.filter(({ isFirst }) => isFirst)) {
      const next = all.find((one) => one.name === name && one.key === key && !isLost(one));
      if (next)
        puts.push({ ...remove(PARKED.name, parkedId(next)), document: { ...next, isFirst: true } });
    }
    await this.drop(installed, puts);
    this.done.parked += lost.length;
  }

  private async drop({ documents }: Installed, puts: readonly Put[]): Promise<void> {
    for (let from = 0; from < puts.length; from += PAGE)
      await documents.write(puts.slice(from, from + PAGE));
  }

  /** The next generation of a view begins empty, at the beginning of all logs it reads. */
  private async beginViewAnew(installed: Installed, durable: string): Promise<void> {
    const { documents, tables, service } = installed;
    const view = durable.slice(service.length + 1);
    const generation = await generationOf(documents, view);
    const [old, next] = [tableOf(view, generation), tableOf(view, generation + 1)];
    const indexes = tables.find(({ name }) => name === old)?.indexes ?? [];
    await documents.drop(next);
    await documents.define({ name: next, indexes });
    const checkpoints = await allOf<Checkpoint>(installed, CHECKPOINTS.name);
    const parked = await allOf<Parked>(installed, PARKED.name);
    await documents.write([
      ...parked
        .filter(({ name }) => name === durable)
        .map((one) => remove(PARKED.name, parkedId(one))),
      ...checkpoints.filter(({ name }) => name === durable).map(removal),
      { ...remove(VIEWS.name, view), document: { generation: generation + 1 } },
    ]);
    await documents.drop(old);
  }
}

/** Every view has a table of the generation that serves. */
const isView = ({ service, tables }: Installed, durable: string): boolean =>
  tables.some(({ name }) => name.startsWith(`view:${durable.slice(service.length + 1)}:`));

const remove = (table: string, id: string): Put => ({ table, tenant: SYSTEM, id, document: null });
const placeOf = ({ name, log, partition }: Checkpoint) => ({
  table: CHECKPOINTS.name,
  tenant: SYSTEM,
  id: `${name}|${log}|${partition}`,
});
const removal = (one: Checkpoint): Put => ({ ...placeOf(one), document: null });
