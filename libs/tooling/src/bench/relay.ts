// The relay against a loop that sends the very same messages with nothing else to do.
import { setTimeout as pause } from 'node:timers/promises';
import type { Admin, Kafka, KafkaMessage, Message } from 'kafkajs';
import { median, seconds, type Figure } from './figures.js';
import { withChildren, type LogChild } from './log-child.js';
import { bareKafka, withServers, type Servers } from './servers.js';
import { Writers } from './writers.js';

const ROUNDS = 3;
/** Messages in one sendBatch of the loop: as many as the relay reads at a time. */
const BATCH = 512;
const LOOK = 10;

type Carried = Message & { readonly partition: number };

/** Last event number of every record ever written to a topic, as the broker says; 0 while there is no topic. */
async function countOf(admin: Admin, topic: string): Promise<number> {
  const ends = await admin.fetchTopicOffsets(topic).catch(() => []);
  return ends.reduce((sum, { offset }) => sum + Number(offset), 0);
}

/**
 * Events a second that come to the topics of these logs, from the first batch on until all are there: leasing and
 * making the topics happen once in the life of an installation.
 */
export async function relayed(
  servers: Servers,
  logs: readonly string[],
  options: { each: number; children: readonly LogChild[] },
): Promise<number> {
  const { each, children } = options;
  const admin = bareKafka(servers.brokers).admin();
  await admin.connect();
  const asked = Promise.all(children.map((child, i) => child.ask({ do: 'relay', log: logs[i]! })));
  const count = async () => {
    const counts = logs.map((log) => countOf(admin, topicOf(servers, log)));
    return (await Promise.all(counts)).reduce((sum, one) => sum + one, 0);
  };
  try {
    let [first, firstAt] = [0, 0];
    for (;;) {
      const [there, now] = [await count(), performance.now()];
      if (first === 0 && there > 0) [first, firstAt] = [there, now];
      if (there >= each * logs.length) return rateOf(there - first, now - firstAt);
      await Promise.race([pause(LOOK), asked.then(() => pause(LOOK))]);
    }
  } finally {
    await asked;
    await admin.disconnect();
  }
}

const rateOf = (events: number, ms: number): number => (events * 1000) / Math.max(ms, 1);

const topicOf = ({ prefix }: Servers, log: string): string => `${prefix}.${log}.main.1`;

/** Everything that a topic holds, in the order in which it was sent. */
async function read(kafka: Kafka, topic: string, total: number): Promise<readonly Carried[]> {
  const found: { partition: number; message: KafkaMessage }[] = [];
  const consumer = kafka.consumer({ groupId: `read-${topic}`, maxWaitTimeInMs: 100 });
  await consumer.connect();
  await consumer.subscribe({ topic, fromBeginning: true });
  await new Promise<void>((resolve, reject) => {
    consumer
      .run({
        eachBatch: async ({ batch: { partition, messages } }) => {
          for (const message of messages) found.push({ partition, message });
          if (found.length >= total) resolve();
        },
      })
      .catch(reject);
  });
  await consumer.disconnect();
  const sequence = ({ message }: { message: KafkaMessage }) =>
    Number(String(message.headers!['ce_sequence']));
  return found
    .sort((a, b) => sequence(a) - sequence(b))
    .map(({ partition, message: { key, value, headers } }) => ({
      ...{ partition, key, value },
      headers: headers!,
    }));
}

/** Events a second of the bare loop. */
async function loop(kafka: Kafka, topic: string, messages: readonly Carried[]): Promise<number> {
  const producer = kafka.producer({
    ...{ idempotent: true, maxInFlightRequests: 1, allowAutoTopicCreation: false },
  });
  await producer.connect();
  const batches: Carried[][] = [];
  for (let i = 0; i < messages.length; i += BATCH) batches.push(messages.slice(i, i + BATCH));
  // As with the relay: what comes before the first acknowledgement is not counted.
  await producer.sendBatch({ acks: -1, topicMessages: [{ topic, messages: batches[0]! }] });
  const taken = await seconds(async () => {
    for (const batch of batches.slice(1))
      await producer.sendBatch({ acks: -1, topicMessages: [{ topic, messages: batch }] });
  });
  await producer.disconnect();
  return (messages.length - batches[0]!.length) / taken;
}

async function bareTopic(kafka: Kafka, topic: string, like: string): Promise<void> {
  const admin = kafka.admin();
  await admin.connect();
  const { topics } = await admin.fetchTopicMetadata({ topics: [like] });
  const numPartitions = topics[0]!.partitions.length;
  await admin.createTopics({ waitForLeaders: true, topics: [{ topic, numPartitions }] });
  await admin.disconnect();
}

export async function relayFigures({ events }: { events: number }): Promise<Figure[]> {
  return withServers(async (servers) => {
    const kafka = bareKafka(servers.brokers);
    const [values, bases]: [number[], number[]] = [[], []];
    let bytes = 0;
    for (let round = 0; round <= ROUNDS; round++) {
      console.error(`  round ${round} of ${ROUNDS}`);
      const log = `gauge${String.fromCharCode(97 + round)}`;
      const topic = topicOf(servers, log);
      const value = await withChildren(servers, 1, async (children) => {
        await new Writers(children, 1, log).append(events);
        return relayed(servers, [log], { each: events, children });
      });
      const messages = await read(kafka, topic, events);
      bytes = sizeOf(messages[0]!);
      await bareTopic(kafka, `${topic}.bare`, topic);
      const base = await loop(kafka, `${topic}.bare`, messages);
      // The first round warms up the broker; both sides send with a fresh producer in each.
      if (round > 0) bases.push(base);
      if (round > 0) values.push(value);
    }
    const [value, baseline] = [median(values), median(bases)];
    return [
      {
        id: 'relay',
        what:
          `a log of ${events} events to its topic, acks all, one batch in flight; baseline a kafkajs loop that is given ` +
          `the same messages, sendBatch of ${BATCH}; ${bytes} bytes a message, same partitions, both sides`,
        value: Math.round(value),
        unit: 'events/s',
        baseline: Math.round(baseline),
        ratio: Math.round((value / baseline) * 100) / 100,
        target: null,
      },
    ];
  });
}

function sizeOf({ key, value, headers }: Carried): number {
  const texts = [key, value, ...Object.entries(headers ?? {}).flat()];
  return texts.reduce((sum: number, text) => sum + Buffer.byteLength(String(text ?? '')), 0);
}
