// The end of another service's topic, read once for all subscriptions of this process: the newest records in memory,
// where each partition ends, a doorbell.
import { setTimeout as pause } from 'node:timers/promises';
import type { Kafka } from 'kafkajs';
import { Unavailable, type LogIdentity } from '@shouwen/engine';
import type { Received } from './cloud-event.js';
import { isOutOfRange, TopicReader } from './topic-reader.js';

/** Newest records of a partition held in memory. */
const RECENT = 1_024;
/** How long a fetch waits for something new. Milliseconds. */
const WAIT = 250;
const AGAIN = 500;
/** The tail has caught up with what the brokers say within this, or they count as away. Milliseconds. */
const PATIENCE = 10_000;

interface End {
  /** Offset of the next record. */
  next: number;
  /** Number of the last event. */
  g: number;
  recent: Received[];
}

export class TopicTail {
  private readonly ends = new Map<number, End>();
  private readonly following: TopicReader;
  /** Fetches that do not wait, for those who are behind the tail. */
  readonly reader: TopicReader;
  private readonly listeners = new Set<() => void>();
  private isClosed = false;
  private finished: Promise<void> = Promise.resolve();
  private asking: Promise<Map<number, number>> | null = null;

  private constructor(
    kafka: Kafka,
    readonly topic: string,
  ) {
    this.following = new TopicReader(kafka, topic);
    this.reader = new TopicReader(kafka, topic);
  }

  identity!: LogIdentity;
  generation = '';

  /** Null: nothing was ever written to it, so it is not known yet whose it is. */
  static async open(kafka: Kafka, topic: string): Promise<TopicTail | null> {
    const tail = new TopicTail(kafka, topic);
    try {
      if (await tail.begin()) return tail;
      await tail.close();
      return null;
    } catch (error) {
      await tail.close();
      throw error;
    }
  }

  get partitions(): readonly number[] {
    return [...this.ends.keys()];
  }

  /** Where each partition ends: at least what the brokers had when this was asked. */
  async heads(): Promise<ReadonlyMap<number, number>> {
    const next = await this.nextOffsets();
    const until = performance.now() + PATIENCE;
    while (
      [...next].some(([partition, offset]) => (this.ends.get(partition)?.next ?? 0) < offset)
    ) {
      if (performance.now() > until || this.isClosed)
        throw new Unavailable(`${this.topic} cannot be read to its end`);
      await this.rings(WAIT);
    }
    return new Map([...this.ends].map(([partition, { g }]) => [partition, g]));
  }

  /** What is known without asking: the last event and the next offset of a partition. */
  end(partition: number): Readonly<Pick<End, 'g' | 'next'>> {
    return this.ends.get(partition) ?? { g: 0, next: 0 };
  }

  /** Records from an offset on; null: they lie further back than what is held here. */
  after(partition: number, offset: number): readonly Received[] | null {
    const { next, recent } = this.ends.get(partition)!;
    if (offset >= next) return [];
    const first = recent[0]?.offset;
    if (first === undefined || offset < first) return null;
    return recent.slice(recent.findIndex((record) => record.offset >= offset));
  }

  /** The newest records of a partition, as far back as they are held here. */
  recent(partition: number): readonly Received[] {
    return this.ends.get(partition)?.recent ?? [];
  }

  listen(ring: () => void): () => void {
    this.listeners.add(ring);
    return () => this.listeners.delete(ring);
  }

  async close(): Promise<void> {
    this.isClosed = true;
    this.ring();
    await Promise.all([this.following.close(), this.reader.close()]);
    await this.finished;
  }

  private async begin(): Promise<boolean> {
    const lasts = await this.following.lasts();
    const [some] = lasts.values();
    if (!some) return false;
    this.identity = some.identity;
    this.generation = some.generation;
    for (const partition of (await this.following.offsets('next')).keys()) {
      const last = lasts.get(partition);
      this.ends.set(partition, {
        next: last ? last.offset + 1 : 0,
        g: last?.event.g ?? 0,
        recent: [],
      });
    }
    this.finished = this.follow();
    return true;
  }

  private async follow(): Promise<void> {
    while (!this.isClosed)
      try {
        const from = new Map([...this.ends].map(([partition, { next }]) => [partition, next]));
        this.add(await this.following.fetch(from, WAIT));
      } catch (error) {
        if (isOutOfRange(error)) await this.resume().catch(() => {});
        if (!this.isClosed) await pause(AGAIN);
      }
  }

  private add(fetched: ReadonlyMap<number, readonly Received[]>): void {
    let isNew = false;
    for (const [partition, records] of fetched) {
      const end = this.ends.get(partition);
      const last = records.at(-1);
      if (!end || !last) continue;
      isNew = true;
      end.recent.push(...records);
      if (end.recent.length > 2 * RECENT) end.recent = end.recent.slice(-RECENT);
      end.next = last.offset + 1;
      end.g = Math.max(end.g, last.event.g);
      this.generation = last.generation;
    }
    if (isNew) this.ring();
  }

  /** The topic was made anew behind us and is shorter than it was. */
  private async resume(): Promise<void> {
    const next = await this.reader.offsets('next');
    for (const [partition, end] of this.ends)
      if (end.next > (next.get(partition) ?? 0)) Object.assign(end, { next: 0, recent: [] });
  }

  private ring(): void {
    for (const listener of [...this.listeners]) listener();
  }

  private async rings(atMost: number): Promise<void> {
    let hangUp = () => {};
    const rung = new Promise<void>((next) => (hangUp = this.listen(next)));
    await Promise.race([rung, pause(atMost, undefined, { ref: false })]);
    hangUp();
  }

  /** Those who ask in the same turn share one question to the brokers. */
  private nextOffsets(): Promise<Map<number, number>> {
    this.asking ??= new Promise<void>((next) => setImmediate(next)).then(() => {
      this.asking = null;
      return this.reader.offsets('next');
    });
    return this.asking;
  }
}
