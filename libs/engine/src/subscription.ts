// One durable consumer: it reads logs in order, remembers how far in the same transaction as what it made of them,
// and sets aside, key by key, what its handler cannot digest.
import type { EventContract, Recorded } from './event.js';
import { decode, withPersonal } from './codec.js';
import { Corrupt, Fenced, Refused, Unavailable } from './errors.js';
import { positionToken } from './identifiers.js';
import { inTime, recordedAfter, secondsSince } from './lag.js';
import type { Part } from './leases.js';
import type { Delivery, Documents, Engine, Put, Store, StoredEvent } from './ports.js';
import { LAZY, Positions, type Heads } from './positions.js';
import { pump } from './pump.js';
import { Parking, type Parked } from './parking.js';

/** Events looked at in one go where another process reads for this one. */
const PAGE = 500;

/** `standby`: another process does it, or nobody yet. `stopped`: it cannot go on, `error` says why. */
export type SubscriptionState = 'standby' | 'starting' | 'running' | 'paused' | 'stopped';

export interface SubscriptionStatus {
  readonly name: string;
  readonly kind: string;
  readonly log: string;
  /** Last event number that is done. */
  readonly position: number;
  /**
   * Events of the log that are not done yet; over several partitions the most that any of them may lack. Null where
   * another process knows it, or where nobody says where the log ends.
   */
  readonly behind: number | null;
  /** Age of the oldest event that is not done; 0 when nothing is behind, null where `behind` is. */
  readonly lagSeconds: number | null;
  /** A view on its service's own log: the position token up to which its answers hold. */
  readonly readTo?: string;
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
  /** Done before it starts from what is stored. */
  readonly prepare?: () => Promise<void>;
  /** What the events lead to. Throwing for one event parks it; Unavailable and Busy pause instead. */
  readonly handle: (work: Work) => Promise<readonly Put[]>;
  /** Told once what they led to is written. */
  readonly written?: () => void;
}

/** For the keys of a page in log order: the places to take, in the order to handle them. */
export type Order = (keys: readonly string[]) => readonly number[];

export interface Work {
  readonly events: readonly Recorded[];
  /** The events as the log has them, in the same order. */
  readonly stored: readonly StoredEvent[];
  readonly parking: Parking;
}

type Progress = Pick<SubscriptionStatus, 'position' | 'behind' | 'lagSeconds' | 'readTo'>;

const NOTHING_BEHIND = { behind: 0, lagSeconds: 0 };

/** Tells where a log ends. */
export type HeadsOf = (log: string) => Promise<Heads>;

export class Subscription implements Part {
  readonly parking: Parking;
  readonly positions: Positions;
  state: SubscriptionState = 'standby';
  error: string | undefined;
  private readonly contracts: ReadonlyMap<string, EventContract>;
  private readonly running: { stop(): Promise<void> }[] = [];
  private turn: Promise<unknown> = Promise.resolve();
  private limits: ReadonlyMap<string, number> | null = null;
  private giveUp: () => void = () => {};
  /** False: another process does it, or nobody. */
  isHere = false;

  constructor(readonly options: SubscriptionOptions) {
    const { name, on, store } = options;
    this.contracts = new Map(on.map((contract) => [contract.type, contract]));
    this.parking = new Parking(name, store.documents);
    this.positions = new Positions(name, store.documents);
  }

  /** The logs it reads. What the engine itself records stands in every log and calls for none of its own. */
  get logs(): string[] {
    const { store, on } = this.options;
    const group = store.log.name.split('.')[1];
    const services = on.map(({ type }) => type.split('.')[0]!).filter((name) => name !== 'engine');
    return [...new Set(services)].map((service) => `${service}.${group}`);
  }

  /** Starts from what is stored. Where it must not read on, `state` and `error` say so. Throws Fenced, Unavailable. */
  async begin(giveUp: () => void): Promise<void> {
    this.giveUp = giveUp;
    this.state = 'starting';
    this.error = undefined;
    try {
      await this.options.prepare?.();
      await this.parking.load();
      const startsAtHead = !this.options.fromBeginning;
      const heads = await Promise.all(this.logs.map((log) => this.headsToStart(log)));
      await this.positions.takeOver(heads, startsAtHead);
      this.isHere = true;
      for (const log of this.logs) this.running.push(await this.readFrom(log));
      // A first delivery may have said otherwise meanwhile.
      if (this.state === 'starting') this.state = 'running';
    } catch (error) {
      this.error = (error as Error).message;
      this.state = error instanceof Refused ? 'stopped' : 'paused';
      if (!(error instanceof Refused)) throw error;
    }
  }

  async halt(): Promise<void> {
    await Promise.all(this.running.splice(0).map((one) => one.stop()));
    // A position that cannot be written now is read again from the last one that was.
    await this.exclusively(() => this.positions.saveLazily(0)).catch(() => {});
    this.isHere = false;
    if (this.state !== 'paused') this.state = 'standby';
  }

  /** Runs alone: no delivery happens meanwhile. */
  exclusively<T>(work: () => Promise<T>): Promise<T> {
    const mine = this.turn.then(work, work);
    this.turn = mine.catch(() => {});
    return mine;
  }

  /** The last event of its service's own log that is done, here or in another process. */
  async readTo(): Promise<number> {
    const { log } = this.options.store;
    if (this.isHere) return this.positions.least(log.name);
    let g = await this.positions.elsewhere(log.name);
    // Events that it does not read move a position that is written now and then only.
    for (let events = await log.read(g, PAGE); events.length > 0; events = await log.read(g, PAGE))
      for (const event of events) {
        if (this.contracts.has(event.type)) return g;
        ({ g } = event);
      }
    return g;
  }

  async status(): Promise<SubscriptionStatus[]> {
    const { name, kind } = this.options;
    return Promise.all(
      this.logs.map(async (log) => {
        const { state, parking } = this;
        const error = this.error === undefined ? {} : { error: this.error };
        return {
          name,
          kind,
          log,
          ...(await this.progress(log)),
          state,
          parked: parking.size,
          ...error,
        };
      }),
    );
  }

  /** True when nothing of its logs is left to do. */
  async isThrough(headsOf: HeadsOf): Promise<boolean> {
    for (const log of this.logs) {
      const { ends } = await headsOf(log);
      for (const [partition, end] of ends)
        if (this.positions.at(log, partition) < end) return false;
    }
    return true;
  }

  /** Deliveries beyond these positions are refused: a rebuild stops exactly where the serving view stands. */
  limit(positions: ReadonlyMap<string, number> | null): void {
    this.limits = positions;
  }

  /** One log that cannot be asked keeps nobody from hearing of the others. */
  private async progress(log: string): Promise<Progress> {
    const isView = this.options.kind === 'view' && log === this.options.store.log.name;
    const readTo = isView ? await inTime(this.token()) : null;
    const lag = this.isHere ? await inTime(this.lag(log)) : null;
    const position = async () =>
      this.isHere ? this.positions.least(log) : await inTime(this.positions.elsewhere(log));
    return {
      ...(lag ?? { position: (await position()) ?? 0, behind: null, lagSeconds: null }),
      ...(readTo === null ? {} : { readTo }),
    };
  }

  private async token(): Promise<string> {
    const { name, identity } = this.options.store.log;
    return positionToken({ log: name, epoch: identity.epoch, g: await this.readTo() });
  }

  private async lag(log: string): Promise<Progress> {
    const { ends } = await this.headsOf(log);
    const at = (partition: number) => this.positions.at(log, partition);
    const late = [...ends].filter(([p, end]) => at(p) < end);
    if (late.length === 0) return { position: Math.max(0, ...ends.values()), ...NOTHING_BEHIND };
    return {
      // A partition that is read to its end says nothing about how far the others are.
      position: Math.min(...late.map(([p]) => at(p))),
      behind: Math.max(...late.map(([p, end]) => end - at(p))),
      lagSeconds: secondsSince(
        await this.behindSince(log, [...ends.keys()]),
        this.options.engine.time.now(),
      ),
    };
  }

  private async behindSince(log: string, partitions: readonly number[]): Promise<string | null> {
    const { store, engine } = this.options;
    if (log === store.log.name) return recordedAfter(store.log, this.positions.at(log, 0));
    const standings = partitions.map((p) => [p, this.positions.standing(log, p)] as const);
    return engine.transport.behindSince(log, new Map(standings));
  }

  /** Its service's own log is read directly; where it ends is not the transport's matter. */
  async headsOf(log: string): Promise<Heads> {
    const { store, engine } = this.options;
    if (log !== store.log.name) return { log, ...(await engine.transport.heads(log)) };
    const ends = new Map([[0, (await store.log.head()).g]]);
    return { log, identity: store.log.identity, ends };
  }

  /** Without the transport it reads what has been read before, once there is more; a new name must know where today is. */
  private async headsToStart(log: string): Promise<Heads> {
    try {
      return await this.headsOf(log);
    } catch (error) {
      if (!(error instanceof Unavailable) || !this.options.fromBeginning) throw error;
      return { log, identity: { id: '', epoch: 0 }, ends: new Map() };
    }
  }

  private async readFrom(log: string): Promise<{ stop(): Promise<void> }> {
    const { store, engine, name } = this.options;
    const deliver = (delivery: Delivery) => this.exclusively(() => this.deliver(delivery));
    if (log === store.log.name) return pump(store.log, this.positions.at(log, 0), deliver);
    const standing = async (partition: number) => this.positions.standing(log, partition);
    return engine.transport.consume(log, name, standing, deliver);
  }

  private async deliver(delivery: Delivery): Promise<void> {
    if (this.state === 'stopped') throw new Fenced(this.error ?? 'stopped');
    try {
      await this.take(delivery);
      if (this.state === 'paused') this.state = 'running';
      this.error = undefined;
    } catch (error) {
      this.error = (error as Error).message;
      const isEnd = [Fenced, Corrupt, Refused].some((kind) => error instanceof kind);
      this.state = isEnd ? 'stopped' : 'paused';
      if (error instanceof Fenced) this.giveUp();
      throw error;
    }
  }

  private async take(delivery: Delivery): Promise<void> {
    const { log, partition, previous } = delivery;
    this.positions.open(delivery);
    this.positions.insistOn(delivery);
    const at = this.positions.at(log, partition);
    if (previous > at)
      throw new Corrupt(
        `${log}: events between ${at} and ${previous} did not arrive; nothing is skipped`,
      );
    const limit = this.limits?.get(`${log}|${partition}`) ?? Infinity;
    const fresh = delivery.events.filter(({ g }) => g > at && g <= limit);
    const end = fresh.at(-1);
    if (!end) return;
    const place = delivery.places?.[delivery.events.indexOf(end)];
    const last = { g: end.g, ...(place === undefined ? {} : { place }) };
    const stored = this.ordered(fresh.filter(({ type }) => this.contracts.has(type)));
    if (stored.length > 0) {
      const events = await this.open(stored, log);
      const puts = await this.options.handle({ events, stored, parking: this.parking });
      await this.positions.save(puts, delivery, last);
      this.options.written?.();
    } else {
      this.positions.move(delivery, last);
      await this.positions.saveLazily(LAZY);
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

  /** Forgets the checkpoints of a rebuild that is done or given up. */
  async forget(): Promise<void> {
    const puts = [await this.positions.removals(), await this.parking.removals()].flat();
    await this.documents.write(puts);
  }

  get documents(): Documents {
    return this.options.store.documents;
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
