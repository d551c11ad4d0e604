// The log of one service in one collection: a document a commit, its number the key. Appending is compare-and-swap on
// the tail; reading shows only what a majority has.
import type { Collection } from 'mongodb';
import {
  Unavailable,
  type Append,
  type CommitHeader,
  type EventLog,
  type LogIdentity,
  type StoredEvent,
} from '@shouwen/engine';
import { AppendQueue } from './append-queue.js';
import { HEADER, RUN, assertChain, eventsOf, headerOf, type Commit } from './commits.js';
import { Doorbell } from './doorbell.js';
import { LogTail } from './log-tail.js';
import { attempt, jitter } from './mongo.js';

/** How long a commit that only the primary has may take until a majority has it. Milliseconds. */
const MAJORITY = 10_000;

export class MongoLog implements EventLog {
  private readonly doorbell: Doorbell;
  private readonly tail = new LogTail();
  private readonly queue: AppendQueue;
  private readonly reads = new Map<string, Promise<readonly StoredEvent[]>>();
  private asking: Promise<{ n: number; g: number }> | null = null;
  /** Event behind which nothing stood, and the ring since which that holds. */
  private last = { g: -1, rings: -1 };

  constructor(
    readonly name: string,
    readonly identity: LogIdentity,
    private readonly commits: Collection<Commit>,
  ) {
    this.doorbell = new Doorbell(commits, (n) => this.tail.isConfirmed && n <= this.tail.head!.n);
    this.queue = new AppendQueue({
      commits,
      epoch: identity.epoch,
      tail: this.tail,
      ring: () => this.doorbell.ring(),
    });
  }

  /** Those who ask in the same turn share one question. */
  head(): Promise<{ n: number; g: number }> {
    this.asking ??= new Promise<void>((next) => setImmediate(next)).then(() => {
      this.asking = null;
      return this.askHead();
    });
    return this.asking;
  }

  append(append: Append): Promise<{ header: CommitHeader; isDuplicate: boolean }> {
    return this.queue.add(append);
  }

  /** What only the primary has may still be rolled back: it is told once a majority has it. */
  async lookUp(commitId: string): Promise<CommitHeader | null> {
    const isThere = await attempt(() =>
      this.commits.findOne(
        { id: commitId },
        { projection: { _id: 1 }, readConcern: { level: 'local' } },
      ),
    );
    return isThere ? this.confirm(commitId) : null;
  }

  async readStream(stream: string, after: number): Promise<readonly StoredEvent[]> {
    const run = { stream, from: { $gt: after - RUN }, to: { $gt: after } };
    const found = await attempt(() =>
      this.commits.find({ segments: { $elemMatch: run } }).toArray(),
    );
    return found
      .sort((a, b) => a._id - b._id)
      .flatMap(eventsOf)
      .filter((event) => event.stream === stream && event.version > after);
  }

  /** Those who stand at the same place, as all subscriptions at the head do, share one read. */
  async read(g: number, limit: number): Promise<readonly StoredEvent[]> {
    const known = this.tail.eventsAfter(g, limit);
    if (known) return known;
    const { rings, isHeard } = this.doorbell;
    // Each subscription that is done with an event asks once more; it will ring when there is something.
    if (isHeard && this.last.g === g && this.last.rings === rings) return [];
    // A read that began before the last ring may have missed what was rung for.
    const place = `${g}|${limit}|${rings}`;
    const running = this.reads.get(place);
    if (running) return running;
    const read = attempt(() => this.fetch(g, limit)).finally(() => this.reads.delete(place));
    this.reads.set(place, read);
    const events = await read;
    if (events.length === 0) this.last = { g, rings };
    return events;
  }

  /** What was learned otherwise is there to be read, rung for or not. */
  private learn(g: number): void {
    if (g > this.last.g) this.last = { g: -1, rings: -1 };
  }

  onAppend(ring: () => void): () => void {
    return this.doorbell.listen(ring);
  }

  /** A new primary may lack what the old one showed. */
  forgetTail(): void {
    this.tail.forget();
  }

  /** Writes what waits, then lets go. */
  async close(): Promise<void> {
    await this.queue.drain();
    await this.doorbell.close();
  }

  private async askHead(): Promise<{ n: number; g: number }> {
    const last = await attempt(() =>
      this.commits.findOne({}, { sort: { _id: -1 }, projection: { last: 1 } }),
    );
    if (!last) return { n: 0, g: 0 };
    this.learn(last.last);
    return { n: last._id, g: last.last };
  }

  private async fetch(g: number, limit: number): Promise<readonly StoredEvent[]> {
    const events: StoredEvent[] = [];
    const page: Commit[] = [];
    const found = this.commits
      .find({ last: { $gt: g } })
      .sort({ last: 1 })
      .limit(limit)
      .batchSize(Math.min(limit, 1_000));
    for await (const commit of found) {
      page.push(commit);
      events.push(...eventsOf(commit));
      if (events.length >= limit + page[0]!.last - page[0]!.g) break;
    }
    assertChain(this.name, page);
    return events.filter((event) => event.g > g).slice(0, limit);
  }

  private async confirm(commitId: string): Promise<CommitHeader | null> {
    const until = performance.now() + MAJORITY;
    for (let attempts = 0; performance.now() < until; attempts++) {
      const found = await attempt(() =>
        this.commits.findOne({ id: commitId }, { projection: HEADER }),
      );
      if (found) {
        this.learn(found.last);
        return headerOf(found);
      }
      const isThere = await attempt(() =>
        this.commits.findOne(
          { id: commitId },
          { projection: { _id: 1 }, readConcern: { level: 'local' } },
        ),
      );
      if (!isThere) return null;
      await jitter(attempts);
    }
    throw new Unavailable(
      'This was written, but not yet to most of the servers; repeat it with the same key in a moment.',
    );
  }
}
