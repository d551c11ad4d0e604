// One topic for each log and epoch. It is made by the relay of the log; nobody else writes to it.
import { randomUUID } from 'node:crypto';
import { Partitioners, type Admin } from 'kafkajs';
import type { Collection } from 'mongodb';
import type { LogIdentity } from '@shouwen/engine';
import { attempt, isDuplicateKey } from './mongo.js';
import type { RelayCheckpoint } from './relay.js';

/** Bytes of one record at most: an event of 256 KiB as text takes more on the wire. */
const RECORD_BYTES = 2 * 1024 * 1024;
const REPLICAS = 3;

export const topicOf = (
  prefix: string,
  log: string,
  { epoch }: Pick<LogIdentity, 'epoch'>,
): string => `${prefix}.${log}.${epoch}`;

/** The newest epoch's topic of a log among these; null where there is none yet. */
export function newestOf(topics: readonly string[], prefix: string, log: string): string | null {
  const stem = `${prefix}.${log}.`;
  const epochs = topics
    .filter((topic) => topic.startsWith(stem) && /^\d+$/.test(topic.slice(stem.length)))
    .map((topic) => Number(topic.slice(stem.length)));
  return epochs.length ? `${stem}${Math.max(...epochs)}` : null;
}

/** Makes the topic where it is missing. Answers how many partitions it has. */
export async function ensureTopic(
  admin: Admin,
  topic: string,
  wished: number,
): Promise<{ readonly partitions: number; readonly isNew: boolean }> {
  const isThere = (await admin.listTopics()).includes(topic);
  if (!isThere) {
    const { brokers } = await admin.describeCluster();
    const replicas = Math.min(REPLICAS, brokers.length);
    const isMade = await admin.createTopics({
      waitForLeaders: true,
      topics: [
        {
          topic,
          numPartitions: wished,
          replicationFactor: replicas,
          configEntries: [
            { name: 'retention.ms', value: '-1' },
            { name: 'retention.bytes', value: '-1' },
            { name: 'cleanup.policy', value: 'delete' },
            { name: 'max.message.bytes', value: String(RECORD_BYTES) },
            { name: 'min.insync.replicas', value: String(Math.min(2, replicas)) },
          ],
        },
      ],
    });
    if (isMade) return { partitions: wished, isNew: true };
  }
  const { topics } = await admin.fetchTopicMetadata({ topics: [topic] });
  return { partitions: topics[0]!.partitions.length, isNew: false };
}

/**
 * What is remembered of a topic, from before it is made: into how many partitions its keys are divided is agreed once,
 * by whoever comes first, because checkpoints rest on it.
 */
export async function agreed(
  checkpoints: Collection<RelayCheckpoint>,
  topic: string,
  wished: number,
): Promise<RelayCheckpoint> {
  const known = await attempt(() => checkpoints.findOne({ _id: topic }));
  if (known) return known;
  const { _id, ...anew } = checkpointAnew(topic, wished, 1);
  await attempt(() =>
    checkpoints.updateOne({ _id }, { $setOnInsert: anew }, { upsert: true }),
  ).catch((error: unknown) => {
    // Of two that began at once, one has made it.
    if (!isDuplicateKey((error as Error).cause)) throw error;
  });
  return (await attempt(() => checkpoints.findOne({ _id: topic })))!;
}

/** Nothing of the log is in the topic yet. */
export const checkpointAnew = (
  topic: string,
  partitions: number,
  revision: number,
): RelayCheckpoint => ({
  _id: topic,
  generation: newGeneration(),
  partitions,
  g: 0,
  ends: Array.from({ length: partitions }, () => 0),
  revision,
});

export const newGeneration = (): string => randomUUID();

/** The partition of a key, as Kafka's own clients choose it. */
export function partitioner(partitions: number): (key: string) => number {
  const choose = Partitioners.DefaultPartitioner();
  const partitionMetadata = Array.from({ length: partitions }, (_, partitionId) => ({
    partitionErrorCode: 0,
    partitionId,
    leader: 0,
    replicas: [],
    isr: [],
  }));
  return (key) => choose({ topic: '', partitionMetadata, message: { key, value: null } });
}
