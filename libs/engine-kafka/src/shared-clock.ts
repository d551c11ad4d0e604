// The simulated clock of training mode, shared by all processes of an installation: one document says the instant, and
// an advance answers once every process that is alive has taken it over.
import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import type { Collection, Db } from 'mongodb';
import { Unavailable, type Time } from '@shouwen/engine';
import { attempt } from './mongo.js';

/** Milliseconds between two looks at the clock. */
const LOOK = 25;
/** A process says this often that it is alive, and counts as gone after not having said so for long. */
const ALIVE = 2_000;
const GONE = 8_000;
/** The others take an advance over within this, or it is told who does not. Milliseconds. */
const PATIENCE = 20_000;

interface Clock {
  readonly _id: string;
  /** Milliseconds since 1970. */
  readonly now: number;
  /** Servers' time at which a follower last said so. */
  readonly seenAt?: Date;
}

const CLOCK = 'clock';

export class SharedClock implements Time {
  readonly mode = 'training';
  private readonly me = `follower ${randomUUID()}`;
  private readonly sleepers = new Set<{ at: number; ring: () => void }>();
  private readonly closing = new AbortController();
  private following: Promise<void> = Promise.resolve();
  private said = 0;

  private constructor(
    private readonly clocks: Collection<Clock>,
    private current: number,
  ) {}

  /** `from`: ISO 8601 instant of a new clock; an existing one goes on where it stands. */
  static async open(db: Db, from: string): Promise<SharedClock> {
    const now = Date.parse(from);
    if (Number.isNaN(now)) throw new Error(`${from} is not an instant.`);
    const clocks = db.collection<Clock>('clock');
    const stands = await attempt(() =>
      clocks.findOneAndUpdate(
        { _id: CLOCK },
        { $setOnInsert: { now } },
        { upsert: true, returnDocument: 'after' },
      ),
    );
    const clock = new SharedClock(clocks, stands!.now);
    await attempt(() => clock.say());
    clock.following = clock.follow();
    return clock;
  }

  now(): number {
    return this.current;
  }

  wake(at: number, ring: () => void): () => void {
    const sleeper = { at, ring };
    this.sleepers.add(sleeper);
    if (at <= this.current) queueMicrotask(() => this.ringDue());
    return () => this.sleepers.delete(sleeper);
  }

  /** Moves on to the instant (ms), here and in every other process that is alive; never back. */
  async advance(to: number): Promise<void> {
    if (to < this.current) throw new Error('the training clock does not go back');
    await attempt(() => this.clocks.updateOne({ _id: CLOCK }, { $max: { now: to } }));
    this.moveTo(to);
    const until = performance.now() + PATIENCE;
    while ((await this.behind(to)) > 0) {
      if (performance.now() > until)
        throw new Unavailable('a process does not follow the training clock; look which one hangs');
      await pause(LOOK);
    }
  }

  async close(): Promise<void> {
    this.closing.abort();
    await this.following;
    await this.clocks.deleteOne({ _id: this.me }).catch(() => {});
  }

  private async behind(to: number): Promise<number> {
    const isAlive = { $gt: ['$seenAt', { $subtract: ['$$NOW', GONE] }] };
    return attempt(() =>
      this.clocks.countDocuments({
        _id: { $nin: [CLOCK, this.me] },
        now: { $lt: to },
        $expr: isAlive,
      }),
    );
  }

  private async follow(): Promise<void> {
    const { signal } = this.closing;
    while (!signal.aborted) {
      await pause(LOOK, undefined, { signal, ref: false }).catch(() => {});
      if (signal.aborted) return;
      try {
        const clock = await this.clocks.findOne({ _id: CLOCK });
        const isMoved = clock !== null && clock.now > this.current;
        if (isMoved) this.moveTo(clock.now);
        if (isMoved || performance.now() - this.said > ALIVE) await this.say();
      } catch {
        // Away: the clock stands until the servers are back.
      }
    }
  }

  private async say(): Promise<void> {
    await this.clocks.updateOne(
      { _id: this.me },
      [{ $set: { now: this.current, seenAt: '$$NOW' } }],
      { upsert: true },
    );
    this.said = performance.now();
  }

  private moveTo(instant: number): void {
    if (instant > this.current) this.current = instant;
    for (const sleeper of [...this.sleepers])
      if (sleeper.at <= this.current && this.sleepers.delete(sleeper)) sleeper.ring();
  }

  private ringDue(): void {
    this.moveTo(this.current);
  }
}
