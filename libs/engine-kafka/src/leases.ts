// Who of several processes does a piece of work. Each process says now and then that it is there and which works it
// has; one look shows it who else is there, and works of a group are shared out evenly. A lease runs out by the
// servers' clock, so that processes whose clocks differ agree. Nothing rests on any of this: checkpoints are
// conditional, a runner that lost its lease without knowing writes nothing.
//
//   wanted ── free, and fewer than my share ──► mine ── lost, claimed by another, more than my share ──► wanted
import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import type { AnyBulkWriteOperation, Collection, Document } from 'mongodb';
import { Unavailable, type Holding, type LeasedWork, type Leases } from '@shouwen/engine';
import { Bell } from './bell.js';
import { isDuplicateKey } from './mongo.js';

/** Milliseconds without a sign of life after which somebody else may take over. */
const RUNS_OUT = 10_000;
/** Milliseconds between two looks. */
const LOOK = 1_000;
/** Work that ended of itself is taken up again after this. Milliseconds. */
const AGAIN = 200;
/** How long a claim waits for the process that has the work. Milliseconds. */
const PATIENCE = 30_000;
/** A lease that nobody has looked at for so long is forgotten. Seconds. */
const FORGOTTEN = 3_600;

export interface Lease {
  readonly _id: string;
  readonly group: string;
  /** The process that has it; empty: nobody. */
  readonly holder: string;
  /** Where that process runs: whoever starts there comes in its place at once. */
  readonly seat: string;
  readonly until: Date;
  /** A member is a process that takes part in the group, not a work. */
  readonly isMember: boolean;
  /** The process that asks to have it next. */
  readonly wantedBy?: string | null;
}

type Seen = Omit<Lease, 'until'> & { readonly isAlive: boolean };

interface Wanted extends LeasedWork {
  /** Present while it runs here. */
  running: { readonly ending: AbortController; readonly finished: Promise<void> } | null;
  /** Claims for which it must stay. */
  pins: number;
  decide: (isMine: boolean) => void;
}

export interface LeasesOptions {
  readonly runsOut?: number;
  /**
   * Names the one place that two processes cannot take at the same time, such as host and port. A process that comes
   * up there need not wait until what its killed forerunner had runs out.
   */
  readonly seat?: string;
}

export class MongoLeases implements Leases {
  private readonly me = randomUUID();
  private readonly seat: string;
  private readonly runsOut: number;
  private readonly wanted = new Map<string, Wanted>();
  private seen: readonly Seen[] = [];
  private readonly bell = new Bell();
  private expiry: NodeJS.Timeout | undefined;
  private isClosing = false;
  private finished: Promise<void> | null = null;

  constructor(
    private readonly leases: Collection<Lease>,
    { runsOut = RUNS_OUT, seat }: LeasesOptions = {},
  ) {
    this.runsOut = runsOut;
    this.seat = seat ?? this.me;
  }

  hold(work: LeasedWork): Holding {
    let decide: (isMine: boolean) => void = () => {};
    const decided = new Promise<boolean>((resolve) => (decide = resolve));
    const wanted: Wanted = { ...work, running: null, pins: 0, decide };
    this.wanted.set(work.name, wanted);
    this.finished ??= this.run();
    this.bell.ring();
    const stop = async () => {
      this.wanted.delete(work.name);
      decide(false);
      await this.letGo(wanted);
    };
    return { decided, stop };
  }

  isHeld(name: string): boolean {
    return this.seen.some(({ _id, holder, isAlive }) => _id === name && holder !== '' && isAlive);
  }

  async claim(name: string): Promise<() => void> {
    const wanted = this.wanted.get(name);
    if (!wanted) throw new Unavailable(`${name} is not what this process does`);
    wanted.pins++;
    const letGo = () => void wanted.pins--;
    const until = performance.now() + PATIENCE;
    while (!wanted.running) {
      if (performance.now() > until || this.isClosing) {
        letGo();
        const holder = this.seen.find(({ _id }) => _id === name)?.seat ?? 'nobody';
        throw new Unavailable(`${name} runs at ${holder}, which does not hand it over`);
      }
      await this.leases
        .updateOne({ _id: name, holder: { $ne: this.me } }, { $set: { wantedBy: this.me } })
        .catch(() => {});
      this.bell.ring();
      await pause(AGAIN);
    }
    return letGo;
  }

  async close(): Promise<void> {
    this.isClosing = true;
    this.bell.ring();
    await this.finished;
    clearTimeout(this.expiry);
    await Promise.all([...this.wanted.values()].map((wanted) => this.letGo(wanted)));
    await this.leases.deleteMany({ holder: this.me, isMember: true }).catch(() => {});
  }

  private async run(): Promise<void> {
    await this.leases
      .createIndex({ until: 1 }, { expireAfterSeconds: FORGOTTEN })
      .catch(() => undefined);
    while (!this.isClosing) {
      this.bell.reset();
      // Servers that are away are asked again; what is held here runs out meanwhile by the timer below.
      await this.look().catch(() => {});
      if (!this.isClosing) await this.bell.wait(Math.min(LOOK, this.runsOut / 4));
    }
  }

  private async look(): Promise<void> {
    const asked = performance.now();
    const all = [...this.wanted.values()];
    const groups = [...new Set(all.map(({ group }) => group))];
    if (groups.length === 0) return;
    await this.leases.bulkWrite(this.signsOfLife(groups), { ordered: false });
    this.seen = await this.leases
      .find({ group: { $in: groups } })
      .project<Seen>(SEEN)
      .toArray();
    this.expireAt(asked + this.runsOut);
    await Promise.all(groups.map((group) => this.share(all.filter((one) => one.group === group))));
    // Whoever came while the servers were asked is looked at next time.
    for (const one of all) one.decide(one.running !== null);
  }

  private signsOfLife(groups: readonly string[]): AnyBulkWriteOperation<Lease>[] {
    const { me: holder, seat } = this;
    const until = { $add: ['$$NOW', this.runsOut] };
    const mine = [...this.wanted.values()].filter(({ running }) => running).map(({ name }) => name);
    return [
      ...groups.map((group) => ({
        updateOne: {
          filter: { _id: `member ${group} ${holder}` },
          update: [{ $set: { group, holder, seat, until, isMember: true } }],
          upsert: true,
        },
      })),
      {
        updateMany: {
          filter: { _id: { $in: mine }, holder },
          update: [{ $set: { until } }],
        },
      },
    ];
  }

  /** Everything that this process has ends where it cannot say in time that it is still there. */
  private expireAt(until: number): void {
    clearTimeout(this.expiry);
    this.expiry = setTimeout(
      () => {
        for (const { running } of this.wanted.values()) running?.ending.abort();
      },
      Math.max(until - performance.now(), 0),
    );
    this.expiry.unref();
  }

  /** Gives away what is others', and takes what is free, up to an even share of the group. */
  private async share(works: readonly Wanted[]): Promise<void> {
    const { group } = works[0]!;
    const others = this.seen.filter(
      (one) => one.isMember && one.isAlive && one.group === group && one.seat !== this.seat,
    );
    const members = 1 + new Set(others.map(({ seat }) => seat)).size;
    const share = Math.ceil(works.length / members);
    const present = new Set(others.map(({ holder }) => holder));
    const seen = new Map(this.seen.map((one) => [one._id, one]));
    let count = 0;
    for (const work of works.filter(({ running }) => running)) {
      const lease = seen.get(work.name);
      const isClaimed = Boolean(lease?.wantedBy && present.has(lease.wantedBy));
      const isLost = lease?.holder !== this.me;
      const isSurplus = count >= share || isClaimed;
      if (isLost || (isSurplus && work.pins === 0)) void this.letGo(work);
      else count++;
    }
    const free = works
      .filter(({ name, running }) => !running && this.isFree(seen.get(name), present))
      .sort((one, other) => other.pins - one.pins);
    const claimed = free.filter(({ pins }) => pins > 0).length;
    await Promise.all(
      free.slice(0, Math.max(share - count, claimed)).map((work) => this.take(work)),
    );
  }

  private isFree(lease: Seen | undefined, present: ReadonlySet<string>): boolean {
    if (!lease) return true;
    const { holder, isAlive, seat, wantedBy } = lease;
    if (wantedBy && wantedBy !== this.me && present.has(wantedBy)) return false;
    return !isAlive || holder === '' || holder === this.me || seat === this.seat;
  }

  private async take(work: Wanted): Promise<void> {
    if (!(await this.acquire(work))) return;
    // It may have been given up while the servers were asked.
    if (this.isClosing || this.wanted.get(work.name) !== work) return this.release(work.name);
    this.start(work);
  }

  private start(work: Wanted): void {
    const ending = new AbortController();
    const { signal } = ending;
    const finished = (async () => {
      while (!signal.aborted) {
        await work.run(signal).catch(() => {});
        await pause(AGAIN, undefined, { signal }).catch(() => {});
      }
      work.running = null;
    })();
    work.running = { ending, finished };
  }

  private async letGo(work: Wanted): Promise<void> {
    const { running } = work;
    if (!running) return;
    running.ending.abort();
    await running.finished;
    await this.release(work.name);
    this.bell.ring();
  }

  /** True when the lease is this process's for the next while. */
  private async acquire({ name, group }: LeasedWork): Promise<boolean> {
    const { me: holder, seat } = this;
    const until = { $add: ['$$NOW', this.runsOut] };
    const taken = [{ $set: { group, holder, seat, until, isMember: false, wantedBy: null } }];
    if (!this.seen.some(({ _id }) => _id === name)) return this.make(name, taken);
    const isFree = {
      $or: [
        { $in: ['$holder', ['', holder]] },
        { $eq: ['$seat', seat] },
        { $lt: ['$until', '$$NOW'] },
      ],
    };
    const { matchedCount } = await this.leases.updateOne({ _id: name, $expr: isFree }, taken);
    return matchedCount === 1;
  }

  /** False where another process has made it at the same moment. */
  private async make(name: string, taken: Document[]): Promise<boolean> {
    try {
      await this.leases.updateOne({ _id: name, holder: '' }, taken, { upsert: true });
      return true;
    } catch (error) {
      if (isDuplicateKey(error)) return false;
      throw error;
    }
  }

  private async release(name: string): Promise<void> {
    const nobody = { holder: '', seat: '', until: new Date() };
    await this.leases.updateOne({ _id: name, holder: this.me }, { $set: nobody }).catch(() => {});
  }
}

const SEEN = {
  group: 1,
  holder: 1,
  seat: 1,
  isMember: 1,
  wantedBy: 1,
  isAlive: { $gt: ['$until', '$$NOW'] },
} as const;
