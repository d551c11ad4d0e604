// One durable consumer: it reads logs in order, remembers how far in the same transaction as what it made of them,
// and sets aside, key by key, what its handler cannot digest.
import type { EventContract, Recorded } from './event.js';
import { decode, withPersonal } from './codec.js';
import { Corrupt, Fenced } from './errors.js';
import type {
  Delivery,
  Documents,
  Engine,
  LogIdentity,
  Put,
  Standing,
  Store,
  StoredEvent,
} from './ports.js';
import { pump } from './pump.js';
import { Parking, type Parked } from './parking.js';

/** Tables of the engine beside those of the views. */
export const CHECKPOINTS = { name: '$checkpoints', indexes: ['name'] };
/** A position that moved without a matching event is written after this many. Events read twice do no harm. */
const LAZY = 2_000;

export type SubscriptionState = 'starting' | 'running' | 'paused' | 'rebuilding' | 'stopped';

export interface SubscriptionStatus {
  readonly name: string;
  readonly kind: string;
  readonly log: string;
  /** Last event number that is done. */
  readonly position: number;
  /** Events of the log that are not done yet; over several partitions the most that any of them may lack. */
  readonly behind: number;
  readonly state: SubscriptionState;
  readonly parked: number;
  readonly error?: string;
}

export interface SubscriptionOptions {
  /** Durable, `<service>.<name>`. */
  readonly name: string;
  readonly kind: 'view' | 'reaction' | 'timer' | 'effect';
  readonly on: readonly EventContract[];
  readonly personal: boolean;
  readonly store: Store;
  readonly engine: Engine;
  /** True: reads from the beginning; false: a name that a later release added starts at the head. */
  readonly fromBeginning: boolean;
  /** Another order of the events of a page, the same within each key. Specs use it to shuffle. */
  readonly order?: Order;
  /** What the events lead to. Throwing for one event parks it; Unavailable and Busy pause instead. */
  readonly handle: (work: Work) => Promise<readonly Put[]>;
}

/** For the keys of a page in log order: the places to take, in the order to handle them. */
export type Order = (keys: readonly string[]) => readonly number[];

export interface Work {
  readonly events: readonly Recorded[];
  /** The events as the log has them, in the same order. */
  readonly stored: readonly StoredEvent[];
  readonly parking: Parking;
}

interface Checkpoint {
  readonly name: string;
  readonly log: string;
  readonly partition: number;
  readonly logId: string;
  readonly epoch: number;
  readonly g: number;
  readonly place?: string;
}

interface Progress {
  readonly identity: LogIdentity;
  /** Written with documents; null before the first write. */
  saved: Checkpoint | null;
  g: number;
  place?: string;
}

const SYSTEM = '-';

export class Subscription {
  readonly parking: Parking;
  state: SubscriptionState = 'starting';
  error: string | undefined;
  private readonly contracts: ReadonlyMap<string, EventContract>;
  private readonly progress = new Map<string, Progress>();
  private readonly running: { stop(): Promise<void> }[] = [];
  private turn: Promise<unknown> = Promise.resolve();
  private limits: ReadonlyMap<string, number> | null = null;

  constructor(readonly options: SubscriptionOptions) {
    this.contracts = new Map(options.on.map((contract) => [contract.type, contract]));
    this.parking = new Parking(options.name, options.store.documents);
  }

  /** The logs it reads. What the engine itself records stands in every log and calls for none of its own. */
  get logs(): string[] {
    const { store, on } = this.options;
    const group = store.log.name.split('.')[1];
    const services = on.map(({ type }) => type.split('.')[0]!).filter((name) => name !== 'engine');
    return [...new Set(services)].map((service) => `${service}.${group}`);
  }

  async start(): Promise<void> {
    await this.parking.load();
    await Promise.all(this.logs.map((log) => this.startOn(log)));
    if (this.state === 'starting') this.state = 'running';
  }

  async stop(): Promise<void> {
    await Promise.all(this.running.splice(0).map((one) => one.stop()));
    // A position that cannot be written now is read again from the last one that was.
    await this.exclusively(() => this.saveLazily(0)).catch(() => {});
    this.state = 'stopped';
  }

  /** Runs alone: no delivery happens meanwhile. */
  exclusively<T>(work: () => Promise<T>): Promise<T> {
    const mine = this.turn.then(work, work);
    this.turn = mine.catch(() => {});
    return mine;
  }

  position(log: string): number {
    let least = Infinity;
    for (const [key, { g }] of this.progress)
      if (key.startsWith(`${log}|`)) least = Math.min(least, g);
    return least === Infinity ? 0 : least;
  }

  async status(): Promise<SubscriptionStatus[]> {
    const { name, kind } = this.options;
    return Promise.all(
      this.logs.map(async (log) => {
        const { ends } = await this.heads(log);
        const late = [...ends].filter(([p, end]) => this.at(log, p) < end);
        // A partition that is read to its end says nothing about how far the others are.
        const position = late.length
          ? Math.min(...late.map(([p]) => this.at(log, p)))
          : Math.max(0, ...ends.values());
        const behind = Math.max(0, ...late.map(([p, end]) => end - this.at(log, p)));
        const error = this.error === undefined ? {} : { error: this.error };
        return {
          name,
          kind,
          log,
          position,
          behind,
          state: this.state,
          parked: this.parking.size,
          ...error,
        };
      }),
    );
  }

  /** True when nothing of its logs is left to do. */
  async isThrough(): Promise<boolean> {
    for (const log of this.logs) {
      const { ends } = await this.heads(log);
      for (const [partition, end] of ends) if (this.at(log, partition) < end) return false;
    }
    return true;
  }

  /** Deliveries beyond these positions are refused: a rebuild stops exactly where the serving view stands. */
  limit(positions: ReadonlyMap<string, number> | null): void {
    this.limits = positions;
  }

  private at(log: string, partition: number): number {
    return this.progress.get(`${log}|${partition}`)?.g ?? 0;
  }

  /** Its service's own log is read directly; where it ends is not the transport's matter. */
  private async heads(
    log: string,
  ): Promise<{ identity: LogIdentity; ends: ReadonlyMap<number, number> }> {
    const { store, engine } = this.options;
    if (log !== store.log.name) return engine.transport.heads(log);
    return { identity: store.log.identity, ends: new Map([[0, (await store.log.head()).g]]) };
  }

  private standing(log: string, partition: number): Standing {
    const { g, place } = this.progress.get(`${log}|${partition}`) ?? { g: 0 };
    return { g, ...(place === undefined ? {} : { place }) };
  }

  private async startOn(log: string): Promise<void> {
    const { store, engine, name } = this.options;
    const { identity, ends } = await this.heads(log);
    await Promise.all(
      [...ends].map(([partition, end]) => this.load(log, partition, identity, end)),
    );
    if (this.state === 'stopped') return;
    const deliver = (delivery: Delivery) => this.exclusively(() => this.deliver(delivery));
    this.running.push(
      log === store.log.name
        ? pump(store.log, this.at(log, 0), deliver)
        : await engine.transport.consume(log, name, async (p) => this.standing(log, p), deliver),
    );
  }

  /** Where it stood; a new name starts at the beginning or, if a later release added it, at the head of today. */
  private async load(
    log: string,
    partition: number,
    identity: LogIdentity,
    end: number | null,
  ): Promise<void> {
    const { store, name, fromBeginning } = this.options;
    const id = `${name}|${log}|${partition}`;
    const saved = (await store.documents.get(CHECKPOINTS.name, SYSTEM, id)) as Checkpoint | null;
    if (saved) this.refuseOtherEpoch(saved, identity, end ?? Infinity);
    const g = saved?.g ?? (fromBeginning ? 0 : (end ?? 0));
    const place = saved?.place === undefined ? {} : { place: saved.place };
    const progress: Progress = { identity, saved, g, ...place };
    this.progress.set(`${log}|${partition}`, progress);
    if (!saved && !fromBeginning)
      await this.save([this.checkpoint({ log, identity, partition }, { g })], progress);
  }

  private refuseOtherEpoch(saved: Checkpoint, { id, epoch }: LogIdentity, end: number): void {
    const isSame = saved.logId === id && saved.epoch === epoch;
    if (isSame && saved.g <= end) return;
    this.state = 'stopped';
    this.error = isSame
      ? `${saved.log} ends at event ${end}, but ${saved.name} has read event ${saved.g}: the log was cut or is an ` +
        `older copy. Restore it as a new epoch, or put the right file back.`
      : otherEpoch(saved.log, { id, epoch }, saved.name, saved);
  }

  private async deliver(delivery: Delivery): Promise<void> {
    if (this.state === 'stopped') throw new Fenced(this.error ?? 'stopped');
    try {
      await this.take(delivery);
      if (this.state === 'paused') this.state = 'running';
      this.error = undefined;
    } catch (error) {
      this.error = (error as Error).message;
      this.state = error instanceof Fenced || error instanceof Corrupt ? 'stopped' : 'paused';
      throw error;
    }
  }

  private async take(delivery: Delivery): Promise<void> {
    const { log, partition, previous, identity } = delivery;
    const progress = await this.progressOf(delivery);
    if (progress.identity.id !== identity.id || progress.identity.epoch !== identity.epoch)
      throw new Fenced(otherEpoch(log, identity, this.options.name, progress.identity));
    const at = progress.g;
    if (previous > at)
      throw new Corrupt(
        `${log}: events between ${at} and ${previous} did not arrive; nothing is skipped`,
      );
    const limit = this.limits?.get(`${log}|${partition}`) ?? Infinity;
    const fresh = delivery.events.filter(({ g }) => g > at && g <= limit);
    const end = fresh.at(-1);
    if (!end) return;
    const place = delivery.places?.[delivery.events.indexOf(end)];
    const last: Standing = { g: end.g, ...(place === undefined ? {} : { place }) };
    const stored = this.ordered(fresh.filter(({ type }) => this.contracts.has(type)));
    if (stored.length > 0) {
      const events = await this.open(stored, log);
      const puts = await this.options.handle({ events, stored, parking: this.parking });
      await this.save([...puts, this.checkpoint(delivery, last)], progress);
    } else {
      Object.assign(progress, last);
      await this.saveLazily(LAZY);
    }
  }

  /** A log that was not there at the start begins when its first events come. */
  private async progressOf({ log, partition, identity }: Delivery): Promise<Progress> {
    const place = `${log}|${partition}`;
    if (!this.progress.has(place)) await this.load(log, partition, identity, null);
    if (this.state === 'stopped') throw new Fenced(this.error ?? 'stopped');
    return this.progress.get(place)!;
  }

  private ordered(stored: StoredEvent[]): StoredEvent[] {
    const { order } = this.options;
    return order ? order(stored.map(({ key }) => key)).map((place) => stored[place]!) : stored;
  }

  async open(stored: readonly StoredEvent[], log: string): Promise<Recorded[]> {
    const events = stored.map((event) => decode(event, log, this.contracts));
    if (!this.options.personal) return events;
    return Promise.all(events.map((event) => withPersonal(event, this.options.engine.keys)));
  }

  private checkpoint(
    { log, identity, partition }: Pick<Delivery, 'log' | 'identity' | 'partition'>,
    standing: Standing,
  ): Put {
    const { name } = this.options;
    const document: Checkpoint = {
      name,
      log,
      partition,
      logId: identity.id,
      epoch: identity.epoch,
      ...standing,
    };
    const { saved } = this.progress.get(`${log}|${partition}`) ?? { saved: null };
    return {
      table: CHECKPOINTS.name,
      tenant: SYSTEM,
      id: `${name}|${log}|${partition}`,
      document,
      ifWas: saved,
    };
  }

  private async save(puts: readonly Put[], progress: Progress): Promise<void> {
    await this.options.store.documents.write(puts);
    progress.saved = puts.at(-1)!.document as Checkpoint;
    const { g, place } = progress.saved;
    Object.assign(progress, { g }, place === undefined ? {} : { place });
  }

  private async saveLazily(least: number): Promise<void> {
    for (const [key, progress] of this.progress) {
      if (progress.g - (progress.saved?.g ?? 0) <= least) continue;
      const [log, partition] = key.split('|') as [string, string];
      const from = { log, identity: progress.identity, partition: Number(partition) };
      const standing = this.standing(log, from.partition);
      await this.save([this.checkpoint(from, standing)], progress);
    }
  }

  /** What a finished rebuild hands to the serving view: its positions become this one's. */
  async adopt(other: Subscription, puts: readonly Put[]): Promise<void> {
    const all: Put[] = [...puts];
    const adopted: { progress: Progress; checkpoint: Checkpoint }[] = [];
    for (const [key, theirs] of other.progress) {
      const mine = this.progress.get(key);
      if (!mine || !theirs.saved) continue;
      // What the other one read beyond this one is in its documents already.
      const { g, place } = theirs.g > mine.g ? theirs : mine;
      const at: Standing = { g, ...(place === undefined ? {} : { place }) };
      const { log, partition } = theirs.saved;
      const put = this.checkpoint({ log, identity: mine.identity, partition }, at);
      all.push(put);
      adopted.push({ progress: mine, checkpoint: put.document as Checkpoint });
    }
    await this.options.store.documents.write(all);
    for (const { progress, checkpoint } of adopted) {
      const { g, place } = checkpoint;
      Object.assign(progress, { saved: checkpoint, g }, place === undefined ? {} : { place });
    }
  }

  /** Forgets the checkpoints of a rebuild that is done or given up. */
  async forget(): Promise<void> {
    const { documents } = this.options.store;
    const puts = [...this.progress.keys()].map((key) => ({
      table: CHECKPOINTS.name,
      tenant: SYSTEM,
      id: `${this.options.name}|${key}`,
      document: null,
    }));
    await documents.write([...puts, ...(await this.parking.removals())]);
  }

  get documents(): Documents {
    return this.options.store.documents;
  }

  /** Positions by log and partition, as they are now. */
  positions(): ReadonlyMap<string, number> {
    return new Map([...this.progress].map(([place, { g }]) => [place, g]));
  }

  /** A parked event goes through the handler once more. */
  async again(parked: Parked): Promise<readonly Put[]> {
    const [event] = await this.open([parked.record], parked.log);
    return this.options.handle({
      events: [event!],
      stored: [parked.record],
      parking: this.parking.without(),
    });
  }
}

const otherEpoch = (
  log: string,
  { epoch }: LogIdentity,
  name: string,
  known: { readonly epoch: number },
): string =>
  `${log} is another log or epoch (${epoch}) than the one ${name} remembers (${known.epoch}). ` +
  `A restored log is accepted by the restore step of the runbook.`;
