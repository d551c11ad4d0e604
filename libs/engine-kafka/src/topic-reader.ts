// Reads a topic at any offset. Kafka's consumer groups hand out partitions and remember offsets; here leases and
// checkpoints do, so what is left is asking the leader of a partition for records.
import { setTimeout as pause } from 'node:timers/promises';
import type { Kafka } from 'kafkajs';
import { Corrupt, Unavailable } from '@shouwen/engine';
import { received, type Received, type ReceivedRecord } from './cloud-event.js';

const PARTITION_BYTES = 2 * 1024 * 1024;
const ATTEMPTS = 4;
/** How long a closing reader waits for answers that are on their way. Milliseconds. */
const LAST_ANSWER = 2_000;
/** Milliseconds between attempts, times their number. */
const PAUSE = 100;

interface FetchedPartition {
  readonly partition: number;
  readonly messages: readonly (ReceivedRecord & { readonly isControlRecord?: boolean })[];
}

interface Broker {
  fetch(request: object): Promise<{
    readonly responses: readonly { readonly partitions: readonly FetchedPartition[] }[];
  }>;
}

/** What kafkajs 2.2.4 itself builds its consumers on. It has no public way to read without a group. */
interface Cluster {
  connect(): Promise<void>;
  disconnect(): Promise<void>;
  refreshMetadata(): Promise<void>;
  addTargetTopic(topic: string): Promise<void>;
  findTopicPartitionMetadata(topic: string): readonly { readonly partitionId: number }[];
  findLeaderForPartitions(
    topic: string,
    partitions: readonly number[],
  ): Readonly<Record<string, readonly number[]>>;
  findBroker(of: { nodeId: string }): Promise<Broker>;
  fetchTopicsOffset(of: readonly object[]): Promise<
    readonly {
      readonly partitions: readonly { readonly partition: number; readonly offset: string }[];
    }[]
  >;
}

type CreateCluster = (options: object) => Cluster;

function clusterOf(kafka: Kafka): Cluster {
  const name = Object.getOwnPropertySymbols(kafka).find(
    ({ description }) => description === 'private:Kafka:createCluster',
  );
  const create = name && (kafka as unknown as Record<symbol, CreateCluster>)[name];
  if (!create) throw new Error('This release of kafkajs is not the one that is known (2.2.4).');
  return create({ metadataMaxAge: 30_000, allowAutoTopicCreation: false, isolationLevel: 0 });
}

/** A partition and the offset to read from. */
export type Places = ReadonlyMap<number, number>;

export class TopicReader {
  private cluster: Cluster;
  private connecting: Promise<void> | null = null;
  private readonly running = new Set<Promise<unknown>>();
  /** One after the other: two that find no connection would each make one, and kafkajs forgets the first. */
  private fetching: Promise<unknown> = Promise.resolve();
  private isClosed = false;

  constructor(
    private readonly kafka: Kafka,
    readonly topic: string,
  ) {
    this.cluster = clusterOf(kafka);
  }

  /** Offsets of the next record of each partition, or of the first one that is kept. */
  async offsets(which: 'next' | 'first'): Promise<Map<number, number>> {
    return this.asked(async () => {
      const partitions = this.cluster
        .findTopicPartitionMetadata(this.topic)
        .map(({ partitionId }) => ({ partition: partitionId }));
      const wish = { topic: this.topic, partitions, fromBeginning: which === 'first' };
      const [found] = await this.cluster.fetchTopicsOffset([wish]);
      const pairs = found!.partitions.map(
        ({ partition, offset }) => [partition, Number(offset)] as const,
      );
      return new Map(pairs.sort(([a], [b]) => a - b));
    });
  }

  /** Records from the given offsets on; waits at most `wait` ms for the first one. */
  async fetch(
    from: Places,
    wait: number,
    bytes = PARTITION_BYTES,
  ): Promise<Map<number, Received[]>> {
    if (from.size === 0) return new Map();
    const fetch = () => this.asked(() => this.fetchNow(from, { wait, bytes }));
    const mine = this.fetching.then(fetch, fetch);
    this.fetching = mine;
    return mine;
  }

  /** The last record of each partition that has one. */
  async lasts(): Promise<Map<number, Received>> {
    const [next, first] = await Promise.all([this.offsets('next'), this.offsets('first')]);
    const lasts = new Map<number, Received>();
    const missing = new Map<number, number>();
    for (const [partition, offset] of next)
      if (offset > (first.get(partition) ?? 0)) missing.set(partition, offset - 1);
    // An answer is limited in bytes and may leave partitions out.
    for (let rounds = 0; missing.size > 0; rounds++) {
      if (rounds > next.size)
        throw new Unavailable(`${this.topic}: the last records of some partitions do not come`);
      const found = await this.fetch(missing, 100);
      for (const [partition, records] of found) {
        const last = records.at(-1);
        if (last) lasts.set(partition, last);
        if (last) missing.delete(partition);
      }
    }
    return lasts;
  }

  /** Lets what is asked be answered first: kafkajs forgets connections that are made while it disconnects. */
  async close(): Promise<void> {
    this.isClosed = true;
    const answered = new AbortController();
    await Promise.race([
      Promise.allSettled([...this.running]),
      pause(LAST_ANSWER, undefined, { signal: answered.signal }).catch(() => {}),
    ]);
    answered.abort();
    await this.connecting?.catch(() => {});
    await this.cluster.disconnect().catch(() => {});
  }

  private async fetchNow(
    from: Places,
    most: { wait: number; bytes: number },
  ): Promise<Map<number, Received[]>> {
    const leaders = this.cluster.findLeaderForPartitions(this.topic, [...from.keys()]);
    const answers = await Promise.all(
      Object.entries(leaders).map(async ([nodeId, partitions]) => {
        const broker = await this.cluster.findBroker({ nodeId });
        return broker.fetch(this.request(from, partitions, most));
      }),
    );
    const records = new Map<number, Received[]>();
    for (const { responses } of answers)
      for (const { partition, messages } of responses.flatMap((one) => one.partitions))
        records.set(partition, wanted(messages, from.get(partition)!));
    return records;
  }

  private request(
    from: Places,
    partitions: readonly number[],
    { wait, bytes }: { wait: number; bytes: number },
  ): object {
    return {
      replicaId: -1,
      isolationLevel: 0,
      maxWaitTime: wait,
      minBytes: 1,
      maxBytes: 4 * PARTITION_BYTES,
      topics: [
        {
          topic: this.topic,
          partitions: partitions.map((partition) => ({
            partition,
            fetchOffset: String(from.get(partition)!),
            maxBytes: bytes,
          })),
        },
      ],
    };
  }

  private async asked<T>(ask: () => Promise<T>): Promise<T> {
    const asking = this.insisting(ask);
    this.running.add(asking);
    return asking.finally(() => this.running.delete(asking));
  }

  /** Leaders move and connections break: the second attempt knows where things are now. */
  private async insisting<T>(ask: () => Promise<T>): Promise<T> {
    for (let attempts = 1; ; attempts++)
      try {
        await this.connect();
        if (this.isClosed) throw new Unavailable(`${this.topic} is not read any more`);
        return await ask();
      } catch (error) {
        if (error instanceof Corrupt || isOutOfRange(error)) throw error;
        if (attempts === ATTEMPTS || this.isClosed)
          throw new Unavailable(`Kafka does not answer: ${(error as Error).message}`, {
            cause: error,
          });
        await pause(PAUSE * attempts);
        if (!this.isClosed) await this.lookAgain();
      }
  }

  private async lookAgain(): Promise<void> {
    if (this.connecting) await this.cluster.refreshMetadata().catch(() => this.reconnect());
    else await this.reconnect();
  }

  private async connect(): Promise<void> {
    this.connecting ??= (async () => {
      await this.cluster.connect();
      await this.cluster.addTargetTopic(this.topic);
    })();
    await this.connecting.catch((error: unknown) => {
      this.connecting = null;
      throw error;
    });
  }

  /** By other connections: the driver would ask a broker that is alive and deaf for ever. */
  private async reconnect(): Promise<void> {
    const deaf = this.cluster;
    this.connecting = null;
    this.cluster = clusterOf(this.kafka);
    await deaf.disconnect().catch(() => {});
  }
}

/** An answer begins with the batch that holds the offset, and so may begin before it. */
const wanted = (messages: FetchedPartition['messages'], from: number): Received[] =>
  messages
    .filter(({ offset, isControlRecord }) => !isControlRecord && Number(offset) >= from)
    .map(received);

export const isOutOfRange = (error: unknown): boolean =>
  (error as { type?: string }).type === 'OFFSET_OUT_OF_RANGE';
