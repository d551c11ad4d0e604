// Carries one log to its topic, in order, one batch at a time. It may die anywhere: it starts at the last checkpoint
// that all partitions had acknowledged, looks at the last record of each partition and sends only what is behind it.
//
//   leased → topic made or found → tails read → read log → send, all acknowledge → checkpoint → read log …
//                                      ↑ a send whose outcome is not known: new producer
import type { Kafka, Message, Producer } from 'kafkajs';
import type { Collection } from 'mongodb';
import { Fenced, Refused, Unavailable, type EventLog, type StoredEvent } from '@shouwen/engine';
import { Bell } from './bell.js';
import { sizeOf, wireRecord } from './cloud-event.js';
import { newestInTopic, refuseBehindTopic } from './log-and-topic.js';
import { TopicReader } from './topic-reader.js';
import { agreed, checkpointAnew, ensureTopic, partitioner, topicOf } from './topics.js';

/** Events read at a time. */
const PAGE = 512;
/** Bytes sent to one partition at a time. */
const PARTITION_BYTES = 512 * 1024;
/** A checkpoint is written after so many events or milliseconds: what lies behind it is compared, not sent again. */
const CHECKPOINT_EVENTS = 2_000;
const CHECKPOINT_TIME = 500;
/** Wakes for nothing this often, so that a lost lease is noticed. Milliseconds. */
const IDLE = 500;

export interface RelayCheckpoint {
  /** The topic. */
  readonly _id: string;
  /** Which making of the topic its records belong to. */
  readonly generation: string;
  /** Fixed when the topic was made: a key stays in its partition. */
  readonly partitions: number;
  /** Every event up to this number was acknowledged by its partition. */
  readonly g: number;
  /** Last event number of each partition up to `g`; 0 where there is none. */
  readonly ends: readonly number[];
  /** Counts writes: a relay that was overtaken finds another number here. */
  readonly revision: number;
}

export interface RelayOptions {
  readonly log: EventLog;
  readonly kafka: Kafka;
  readonly checkpoints: Collection<RelayCheckpoint>;
  readonly prefix: string;
  /** Partitions of a topic that is to be made. */
  readonly partitions: number;
  readonly onSent?: (sent: Sent) => void;
}

/** A batch that all its partitions have acknowledged. Instants are milliseconds since 1970. */
export interface Sent {
  readonly log: string;
  readonly topic: string;
  readonly events: readonly StoredEvent[];
  readonly from: number;
  readonly to: number;
}

interface Sending {
  readonly producer: Producer;
  /** Last event number that stands in each partition already. */
  readonly covered: readonly number[];
  readonly partitionOf: (key: string) => number;
}

export class Relay {
  readonly topic: string;
  /** Events up to this number are in the topic; null while this process does not hold the lease. */
  position: number | null = null;
  error: string | undefined;
  private checkpoint!: RelayCheckpoint;
  private ends: number[] = [];
  private writtenAt = 0;

  constructor(private readonly options: RelayOptions) {
    this.topic = topicOf(options.prefix, options.log.name, options.log.identity);
  }

  /** Works until the signal; throws when it cannot go on, to be started anew. */
  async run(signal: AbortSignal): Promise<void> {
    const { kafka } = this.options;
    const producer = kafka.producer({
      idempotent: true,
      maxInFlightRequests: 1,
      allowAutoTopicCreation: false,
      // As few as the driver allows: it repeats to a broker that is deaf, and asks nobody for another leader.
      retry: { retries: 1, initialRetryTime: 50 },
    });
    try {
      const { log, prefix } = this.options;
      await refuseBehindTopic(log, await newestInTopic(kafka, prefix, log.name));
      await this.begin();
      const covered = await this.compare();
      await producer.connect();
      this.error = undefined;
      const sending = { producer, covered, partitionOf: partitioner(this.checkpoint.partitions) };
      await this.carry(sending, signal);
      await this.save(true);
    } catch (error) {
      this.error = (error as Error).message;
      throw error;
    } finally {
      this.position = null;
      await producer.disconnect().catch(() => {});
    }
  }

  /** Finds or makes the topic and the checkpoint. */
  private async begin(): Promise<void> {
    const { kafka, checkpoints } = this.options;
    const admin = kafka.admin();
    try {
      await admin.connect();
      const { topic } = this;
      const known = await agreed(checkpoints, topic, this.options.partitions);
      const { partitions, isNew } = await ensureTopic(admin, topic, known.partitions);
      if (partitions !== known.partitions)
        throw new Refused(
          `${topic} has ${partitions} partitions, and ${known.partitions} are remembered: delete the topic, it is made again.`,
        );
      if (isNew) await this.beginAnew(partitions, known);
      else this.checkpoint = known;
    } finally {
      await admin.disconnect().catch(() => {});
    }
    this.ends = [...this.checkpoint.ends];
  }

  private async beginAnew(partitions: number, { revision }: RelayCheckpoint): Promise<void> {
    const anew = checkpointAnew(this.topic, partitions, revision + 1);
    await this.options.checkpoints.replaceOne({ _id: this.topic, revision }, anew);
    this.checkpoint = anew;
  }

  /**
   * Reads the last record of each partition. Where one lacks what it had acknowledged, Kafka has lost it: the log is
   * gone through from the beginning and the missing part sent again.
   */
  private async compare(): Promise<number[]> {
    const reader = new TopicReader(this.options.kafka, this.topic);
    try {
      const lasts = await reader.lasts();
      const covered = this.ends.map((_, partition) => lasts.get(partition)?.event.g ?? 0);
      const isLost = this.checkpoint.ends.some((end, partition) => covered[partition]! < end);
      if (isLost && covered.every((g) => g === 0))
        await this.beginAnew(this.checkpoint.partitions, this.checkpoint);
      if (isLost) this.ends = this.ends.map(() => 0);
      this.position = isLost ? 0 : this.checkpoint.g;
      return covered;
    } finally {
      await reader.close();
    }
  }

  private async carry(sending: Sending, signal: AbortSignal): Promise<void> {
    const { log } = this.options;
    const bell = new Bell();
    const hangUp = log.onAppend(() => bell.ring());
    signal.addEventListener('abort', () => bell.ring(), { once: true });
    try {
      while (!signal.aborted) {
        bell.reset();
        const events = await log.read(this.position!, PAGE);
        if (events.length === 0) {
          await this.save(false);
          await bell.wait(IDLE);
        } else this.position = await this.send(events, sending);
        if (this.position! - this.checkpoint.g >= CHECKPOINT_EVENTS) await this.save(true);
      }
    } finally {
      hangUp();
    }
  }

  /** Sends as much of the page as one batch may hold; answers the number of the last event that is through. */
  private async send(events: readonly StoredEvent[], sending: Sending): Promise<number> {
    const { log } = this.options;
    const { covered, partitionOf, producer } = sending;
    const ends = [...this.ends];
    const bytes = ends.map(() => 0);
    const messages: Message[] = [];
    const fresh: StoredEvent[] = [];
    let last = this.position!;
    for (const event of events) {
      const partition = partitionOf(event.key);
      const isThere = event.g <= covered[partition]!;
      const size = isThere ? 0 : sizeOf(event);
      if (bytes[partition]! > 0 && bytes[partition]! + size > PARTITION_BYTES) break;
      bytes[partition]! += size;
      if (!isThere) {
        const { generation } = this.checkpoint;
        const from = {
          log: log.name,
          identity: log.identity,
          generation,
          previous: ends[partition]!,
        };
        messages.push({ ...wireRecord(event, from), partition });
        fresh.push(event);
      }
      ends[partition] = last = event.g;
    }
    const from = Date.now();
    if (messages.length > 0) {
      const { topic } = this;
      const answers = await producer.sendBatch({ acks: -1, topicMessages: [{ topic, messages }] });
      // When it repeats, the driver forgets a partition whose leader is now a broker that has answered for others.
      const answered = new Set(answers.map(({ partition }) => partition));
      if (messages.some(({ partition }) => !answered.has(partition!)))
        throw new Unavailable(`${topic}: a partition has not answered for its part of a batch`);
      this.options.onSent?.({ log: log.name, topic, events: fresh, from, to: Date.now() });
    }
    this.ends = ends;
    return last;
  }

  /** Writes where all partitions stand, unless another relay has written since: then this one is overtaken. */
  private async save(isUrgent: boolean): Promise<void> {
    const { checkpoint } = this;
    const now = performance.now();
    const isDue = isUrgent || now - this.writtenAt > CHECKPOINT_TIME;
    if (this.position === checkpoint.g || !isDue) return;
    const next: RelayCheckpoint = {
      ...checkpoint,
      g: this.position!,
      ends: this.ends,
      revision: checkpoint.revision + 1,
    };
    const { _id, revision } = checkpoint;
    const { matchedCount } = await this.options.checkpoints.replaceOne({ _id, revision }, next);
    if (matchedCount !== 1) throw new Fenced(`${this.topic}: another relay has gone on from here`);
    this.checkpoint = next;
    this.writtenAt = now;
  }
}
