// A topic never holds what its log does not: where it does, the log is an older copy, and events that were added to it
// would get numbers that others have seen.
import type { Admin, Kafka } from 'kafkajs';
import { Refused, Unavailable, type EventLog, type LogIdentity } from '@shouwen/engine';
import { TopicReader } from './topic-reader.js';
import { newestOf } from './topics.js';

export interface InTopic {
  readonly topic: string;
  readonly epoch: number;
  /** Null where nothing was ever written to it. */
  readonly id: string | null;
  readonly g: number;
  readonly partitions: number;
}

/** What the topic of a log's newest epoch holds; null where there is none. Throws Unavailable. */
export async function newestInTopic(
  kafka: Kafka,
  prefix: string,
  log: string,
): Promise<InTopic | null> {
  const topic = newestOf(await topicsOf(kafka.admin()), prefix, log);
  if (topic === null) return null;
  const reader = new TopicReader(kafka, topic);
  try {
    const lasts = [...(await reader.lasts()).values()];
    return {
      topic,
      epoch: Number(topic.slice(topic.lastIndexOf('.') + 1)),
      id: lasts[0]?.identity.id ?? null,
      g: Math.max(0, ...lasts.map(({ event }) => event.g)),
      partitions: (await reader.offsets('next')).size,
    };
  } finally {
    await reader.close();
  }
}

async function topicsOf(admin: Admin): Promise<readonly string[]> {
  try {
    await admin.connect();
    return await admin.listTopics();
  } catch (error) {
    throw new Unavailable(`Kafka does not answer: ${(error as Error).message}`, { cause: error });
  } finally {
    await admin.disconnect().catch(() => {});
  }
}

/** The topic is read first: what the log gets meanwhile may be in neither. */
export async function refuseBehindTopic(log: EventLog, found: InTopic | null): Promise<void> {
  if (!found) return;
  const { g } = await log.head();
  refuseOther(log, found);
  if (found.epoch < log.identity.epoch) return;
  if (found.epoch > log.identity.epoch || found.g > g)
    throw new Refused(
      `${log.name} ends at event ${g} of epoch ${log.identity.epoch}, but the topic ${found.topic} holds event ${found.g}: ` +
        'the log was cut or is an older copy. Put the right one back, or accept it: npm run shouwen -- accept-restore --help.',
    );
}

export function refuseOther(
  { name, identity }: { readonly name: string; readonly identity: LogIdentity },
  { topic, id }: InTopic,
): void {
  if (id !== null && id !== identity.id)
    throw new Refused(
      `The topic ${topic} holds another log of the name ${name}; delete that topic, or set MONGO_PREFIX to another name.`,
    );
}
