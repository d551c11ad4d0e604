// Who of several processes does a piece of work. A lease runs out by the servers' clock, so that processes whose clocks
// differ agree. Nothing rests on it: checkpoints are conditional, a runner that lost its lease writes nothing.
import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import type { Collection } from 'mongodb';
import { attempt, isDuplicateKey } from './mongo.js';

/** Milliseconds without renewal after which somebody else may take over. */
const RUNS_OUT = 10_000;
/** Work that ended of itself is taken up again after this. Milliseconds. */
const AGAIN = 200;

export interface Lease {
  readonly _id: string;
  readonly holder: string;
  readonly until: Date;
  /** Counts holders. */
  readonly term: number;
}

export interface Holding {
  stop(): Promise<void>;
}

export class Leases {
  private readonly me = randomUUID();
  private readonly held = new Set<Holding>();

  constructor(
    private readonly leases: Collection<Lease>,
    private readonly runsOut = RUNS_OUT,
  ) {}

  /**
   * Does `work` whenever this process holds the lease. The signal aborts when the lease is lost; work that ends of
   * itself is started again. Answers how to let go.
   */
  hold(name: string, work: (signal: AbortSignal) => Promise<void>): Holding {
    const stopping = new AbortController();
    const finished = this.compete(name, work, stopping.signal);
    const holding: Holding = {
      stop: async () => {
        this.held.delete(holding);
        stopping.abort();
        await finished;
      },
    };
    this.held.add(holding);
    return holding;
  }

  async close(): Promise<void> {
    await Promise.all([...this.held].map((one) => one.stop()));
  }

  /** True when the lease is this process's for the next while. */
  async acquire(name: string): Promise<boolean> {
    const isFree = {
      $or: [{ $eq: ['$holder', this.me] }, { $lt: ['$until', '$$NOW'] }],
    };
    const taken = {
      holder: this.me,
      until: { $add: ['$$NOW', this.runsOut] },
      term: {
        $add: [
          { $ifNull: ['$term', 0] },
          { $cond: [{ $eq: [{ $ifNull: ['$holder', ''] }, this.me] }, 0, 1] },
        ],
      },
    };
    const take = async () =>
      (await this.leases.updateOne({ _id: name, $expr: isFree }, [{ $set: taken }])).matchedCount;
    if (await take()) return true;
    return (await this.isMade(name)) && (await take()) === 1;
  }

  /** True when nobody has ever held it and it was made just now. */
  private async isMade(name: string): Promise<boolean> {
    if (await this.leases.findOne({ _id: name }, { projection: { _id: 1 } })) return false;
    try {
      await this.leases.insertOne({ _id: name, holder: '', until: new Date(0), term: 0 });
      return true;
    } catch (error) {
      if (isDuplicateKey(error)) return false;
      throw error;
    }
  }

  async release(name: string): Promise<void> {
    await attempt(() => this.leases.deleteOne({ _id: name, holder: this.me }));
  }

  private async compete(
    name: string,
    work: (signal: AbortSignal) => Promise<void>,
    stopping: AbortSignal,
  ): Promise<void> {
    while (!stopping.aborted) {
      const asked = performance.now();
      const isMine = await this.acquire(name).catch(() => false);
      if (isMine) await this.workUntilLost({ name, work, stopping, until: asked + this.runsOut });
      await sleep(isMine ? AGAIN : this.renewal, stopping);
    }
    await this.release(name).catch(() => {});
  }

  private get renewal(): number {
    return this.runsOut / 4;
  }

  private async workUntilLost(task: {
    name: string;
    work: (signal: AbortSignal) => Promise<void>;
    stopping: AbortSignal;
    until: number;
  }): Promise<void> {
    const { name, work, stopping } = task;
    const ended = new AbortController();
    const signal = AbortSignal.any([stopping, ended.signal]);
    const working = work(signal)
      .catch(() => {})
      .finally(() => ended.abort());
    let { until } = task;
    while (!signal.aborted) {
      await sleep(this.renewal, signal);
      if (signal.aborted) break;
      const asked = performance.now();
      const answer = await Promise.race([
        this.acquire(name).catch(() => null),
        sleep(Math.max(until - asked, 0), signal).then(() => null),
      ]);
      if (answer) until = asked + this.runsOut;
      else if (answer === false || performance.now() >= until) ended.abort();
    }
    await working;
  }
}

const sleep = (ms: number, signal: AbortSignal): Promise<void> =>
  pause(ms, undefined, { signal }).catch(() => {});
