// One durable consumer: it reads logs in order, remembers how far in the same transaction as what it made of them,
// and sets aside, key by key, what its handler cannot digest.
import type { EventContract, Recorded } from './event.js';
import { decode, withPersonal } from './codec.js';
import { Corrupt, Fenced } from './errors.js';
import type { Delivery, Documents, Engine, LogIdentity, Put, Store, StoredEvent } from './ports.js';
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
  /** Events of the log that are not done yet. */
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
}

interface Progress {
  /** Written with documents; null before the first write. */
  saved: Checkpoint | null;
  g: number;
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
    for (const log of this.logs) await this.startOn(log);
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
    const { name, kind, engine } = this.options;
    return Promise.all(
      this.logs.map(async (log) => {
        const { ends } = await engine.transport.heads(log);
        const position = this.position(log);
        const behind = [...ends].reduce((sum, [p, end]) => sum + end - this.at(log, p), 0);
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
      const { ends } = await this.options.engine.transport.heads(log);
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

  private async startOn(log: string): Promise<void> {
    const { store, engine, name } = this.options;
    const { identity, ends } = await engine.transport.heads(log);
    for (const [partition, end] of ends) await this.load(log, partition, identity, end);
    if (this.state === 'stopped') return;
    const deliver = (delivery: Delivery) => this.exclusively(() => this.deliver(delivery));
    this.running.push(
      log === store.log.name
        ? pump(store.log, this.at(log, 0), deliver)
        : await engine.transport.consume(log, name, async (p) => this.at(log, p), deliver),
    );
  }

  /** Where it stood; a new name starts at the beginning or, if a later release added it, at the head of today. */
  private async load(
    log: string,
    partition: number,
    identity: LogIdentity,
    end: number,
  ): Promise<void> {
    const { store, name, fromBeginning } = this.options;
    const id = `${name}|${log}|${partition}`;
    const saved = (await store.documents.get(CHECKPOINTS.name, SYSTEM, id)) as Checkpoint | null;
    if (saved) this.refuseOtherEpoch(saved, identity, end);
    const g = saved?.g ?? (fromBeginning ? 0 : end);
    const progress = { saved, g };
    this.progress.set(`${log}|${partition}`, progress);
    if (!saved && !fromBeginning)
      await this.save([this.checkpoint({ log, identity, partition }, g)], progress);
  }

  private refuseOtherEpoch(saved: Checkpoint, { id, epoch }: LogIdentity, end: number): void {
    const isSame = saved.logId === id && saved.epoch === epoch;
    if (isSame && saved.g <= end) return;
    this.state = 'stopped';
    this.error = isSame
      ? `${saved.log} ends at event ${end}, but ${saved.name} has read event ${saved.g}: the log was cut or is an ` +
        `older copy. Restore it as a new epoch, or put the right file back.`
      : `${saved.log} is another log or epoch (${epoch}) than the one ${saved.name} remembers (${saved.epoch}). ` +
        `A restored log is accepted by the restore step of the runbook.`;
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
    const { log, partition, previous } = delivery;
    const at = this.at(log, partition);
    if (previous > at)
      throw new Corrupt(
        `${log}: events between ${at} and ${previous} did not arrive; nothing is skipped`,
      );
    const limit = this.limits?.get(log) ?? Infinity;
    const fresh = delivery.events.filter(({ g }) => g > at && g <= limit);
    const last = fresh.at(-1)?.g;
    if (last === undefined) return;
    const stored = this.ordered(fresh.filter(({ type }) => this.contracts.has(type)));
    const progress = this.progress.get(`${log}|${partition}`)!;
    if (stored.length > 0) {
      const events = await this.open(stored, log);
      const puts = await this.options.handle({ events, stored, parking: this.parking });
      await this.save([...puts, this.checkpoint(delivery, last)], progress);
    } else {
      progress.g = last;
      await this.saveLazily(LAZY);
    }
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
    g: number,
  ): Put {
    const { name } = this.options;
    const document: Checkpoint = {
      name,
      log,
      partition,
      logId: identity.id,
      epoch: identity.epoch,
      g,
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
    progress.g = progress.saved.g;
  }

  private async saveLazily(least: number): Promise<void> {
    for (const [key, progress] of this.progress) {
      if (progress.g - (progress.saved?.g ?? 0) <= least) continue;
      const [log, partition] = key.split('|') as [string, string];
      const { identity } = await this.options.engine.transport.heads(log);
      await this.save(
        [this.checkpoint({ log, identity, partition: Number(partition) }, progress.g)],
        progress,
      );
    }
  }

  /** What a finished rebuild hands to the serving view: its positions become this one's. */
  async adopt(other: Subscription, puts: readonly Put[]): Promise<void> {
    const all: Put[] = [...puts];
    const adopted: { progress: Progress; checkpoint: Checkpoint }[] = [];
    for (const [key, { saved }] of other.progress) {
      const mine = this.progress.get(key);
      if (!mine || !saved) continue;
      const checkpoint = { ...saved, name: this.options.name, g: mine.g };
      const { log, partition } = saved;
      const id = `${this.options.name}|${log}|${partition}`;
      all.push({
        table: CHECKPOINTS.name,
        tenant: SYSTEM,
        id,
        document: checkpoint,
        ifWas: mine.saved,
      });
      adopted.push({ progress: mine, checkpoint });
    }
    await this.options.store.documents.write(all);
    for (const { progress, checkpoint } of adopted) progress.saved = checkpoint;
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

  /** Positions by log, as they are now. */
  positions(): ReadonlyMap<string, number> {
    return new Map(this.logs.map((log) => [log, this.position(log)]));
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
