// One subscription on another service's log: all partitions in turn, each from where the subscription's checkpoint
// says. What comes twice is passed over; what is missing shows in the number that each record gives of the one before.
import type { Delivery, Standing } from '@shouwen/engine';
import { Bell } from './bell.js';
import type { Received } from './cloud-event.js';
import type { OtherLogs } from './other-logs.js';
import { isOutOfRange } from './topic-reader.js';
import type { TopicTail } from './topic-tail.js';

/** Events delivered at a time. */
const PAGE = 256;
/** After a delivery that failed: the first pause, doubled up to the longest. Milliseconds. */
const FIRST_PAUSE = 50;
const LONGEST_PAUSE = 5_000;
/** Looks this often whether there is a topic, or another one. Milliseconds. */
const IDLE = 1_000;

export interface ConsumptionOptions {
  readonly log: string;
  readonly others: OtherLogs;
  readonly position: (partition: number) => Promise<Standing>;
  readonly deliver: (delivery: Delivery) => Promise<void>;
}

interface Place {
  /** Offset to read from. */
  offset: number;
  /** Number of the last event that was delivered. */
  g: number;
}

export class Consumption {
  private readonly places = new Map<number, Place>();
  private readonly bell = new Bell();
  private tail: TopicTail | null = null;
  private hangUp: () => void = () => {};
  private isStopped = false;
  private readonly finished: Promise<void>;

  constructor(private readonly options: ConsumptionOptions) {
    this.finished = this.run();
  }

  async stop(): Promise<void> {
    this.isStopped = true;
    this.bell.ring();
    await this.finished;
  }

  private async run(): Promise<void> {
    let wait = FIRST_PAUSE;
    while (!this.isStopped) {
      this.bell.reset();
      if (this.isStopped) break;
      try {
        const isMore = await this.round();
        wait = FIRST_PAUSE;
        if (!isMore) await this.bell.wait(IDLE);
      } catch {
        // The consumer has said why in its own state; here it only means: the same again, later.
        await this.pause(wait);
        wait = Math.min(wait * 2, LONGEST_PAUSE);
      }
    }
    this.hangUp();
  }

  /** One page of each partition that has any. */
  private async round(): Promise<boolean> {
    const tail = await this.options.others.tailOf(this.options.log);
    if (tail !== this.tail) this.turnTo(tail);
    if (!tail) return false;
    let isMore = false;
    for (const partition of tail.partitions) {
      const records = await this.records(tail, partition);
      if (this.isStopped) return false;
      if (records.length === 0) continue;
      await this.handOver(partition, records);
      isMore = true;
    }
    return isMore;
  }

  private turnTo(tail: TopicTail | null): void {
    this.hangUp();
    this.places.clear();
    this.tail = tail;
    this.hangUp = tail?.listen(() => this.bell.ring()) ?? (() => {});
  }

  private async records(tail: TopicTail, partition: number): Promise<readonly Received[]> {
    const place = this.places.get(partition) ?? (await this.begin(tail, partition));
    this.places.set(partition, place);
    const { offset } = place;
    try {
      const near = tail.after(partition, offset);
      return (near ?? (await fetchOne(tail, partition, offset))).slice(0, PAGE);
    } catch (error) {
      // The topic was made anew, or is shorter than it was: from its beginning, and what is known is passed over.
      if (isOutOfRange(error)) this.places.delete(partition);
      throw error;
    }
  }

  /** The stored place holds only if the record there is still the one that was done last. */
  private async begin(tail: TopicTail, partition: number): Promise<Place> {
    const { g, place } = await this.options.position(partition);
    const [generation, offset] = place?.split('|') ?? [];
    const { next } = tail.end(partition);
    if (isAtEnd({ g, offset }, tail.end(partition))) return { offset: next, g };
    if (generation !== undefined && generation === tail.generation) {
      const [record] = await fetchOne(tail, partition, Number(offset)).catch((error: unknown) => {
        if (isOutOfRange(error)) return [];
        throw error;
      });
      if (record?.event.g === g && record.generation === generation)
        return { offset: record.offset + 1, g };
    }
    return { offset: (await tail.reader.offsets('first')).get(partition) ?? 0, g };
  }

  private async handOver(partition: number, records: readonly Received[]): Promise<void> {
    const place = this.places.get(partition)!;
    const page: Received[] = [];
    let { offset, g } = place;
    for (const record of records) {
      // A page ends where the chain does, so that the next one begins with what is missing, and says so.
      if (record.event.g > g && page.length > 0 && record.previous !== g) break;
      offset = record.offset + 1;
      if (record.event.g <= g) continue;
      page.push(record);
      g = record.event.g;
    }
    const [first] = page;
    if (first)
      await this.options.deliver({
        log: this.options.log,
        identity: first.identity,
        partition,
        previous: first.previous,
        events: page.map(({ event }) => event),
        places: page.map((record) => `${record.generation}|${record.offset}`),
      });
    Object.assign(place, { offset, g });
  }

  private async pause(ms: number): Promise<void> {
    const until = performance.now() + ms;
    // Rings are no reason to try again sooner; a stop is.
    while (!this.isStopped && performance.now() < until) {
      this.bell.reset();
      await this.bell.wait(until - performance.now());
    }
  }
}

/** The last record may be an older one that a second relay repeated: what it says counts only where it stood. */
const isAtEnd = (
  { g, offset }: { g: number; offset: string | undefined },
  end: { readonly g: number; readonly next: number },
): boolean => g > 0 && g === end.g && (offset === undefined || Number(offset) === end.next - 1);

const fetchOne = async (tail: TopicTail, partition: number, offset: number) =>
  (await tail.reader.fetch(new Map([[partition, offset]]), 0)).get(partition) ?? [];
