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
    // A read that began before the last ring may have missed what was rung for.
    const place = `${g}|${limit}|${this.doorbell.rings}`;
    const running = this.reads.get(place);
    if (running) return running;
    const read = attempt(() => this.fetch(g, limit)).finally(() => this.reads.delete(place));
    this.reads.set(place, read);
    return read;
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
    return last ? { n: last._id, g: last.last } : { n: 0, g: 0 };
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
      if (found) return headerOf(found);
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
