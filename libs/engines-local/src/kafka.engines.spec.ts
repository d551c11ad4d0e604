import { Kafka, Partitioners, logLevel } from 'kafkajs';
import type { Producer } from 'kafkajs';
import { ownKafka } from './kafka.js';
import type { Cluster } from './kafka.js';
import { until } from './until.js';

const topic = 'attack';
const createPartitioner = Partitioners.DefaultPartitioner;

let cluster: Cluster;
let client: Kafka;
let producer: Producer;

beforeAll(async () => {
  cluster = await ownKafka({ brokers: 3 });
  client = clientOf(cluster.addresses);
  const admin = client.admin();
  await admin.connect();
  await admin.createTopics({ topics: [{ topic, numPartitions: 1, replicationFactor: 3 }] });
  await admin.disconnect();
  producer = client.producer({ idempotent: true, createPartitioner });
  await producer.connect();
});

afterAll(async () => {
  await producer.disconnect();
  await cluster.end();
});

function clientOf(brokers: readonly string[]): Kafka {
  return new Kafka({
    brokers: [...brokers],
    logLevel: logLevel.NOTHING,
    // Soon tired of a broker that is deaf, and never of trying again.
    requestTimeout: 2_000,
    retry: { retries: 100, maxRetryTime: 500 },
  });
}

const send = (value: string) => producer.send({ topic, acks: -1, messages: [{ value }] });

async function received(count: number): Promise<string[]> {
  const consumer = client.consumer({ groupId: `count-${count}` });
  const values: string[] = [];
  await consumer.connect();
  try {
    await consumer.subscribe({ topic, fromBeginning: true });
    await new Promise<void>((resolve, reject) => {
      const eachMessage = async ({ message }: { message: { value: Buffer | null } }) => {
        values.push(String(message.value));
        if (values.length === count) resolve();
      };
      consumer.run({ eachMessage }).catch(reject);
    });
  } finally {
    await consumer.disconnect();
  }
  return values;
}

describe('a cluster of three brokers', () => {
  it('goes on when the leader is killed, and takes it back with its files', async () => {
    await send('before');
    const leader = await cluster.leader(topic);
    await leader.kill();
    await send('without the first leader');
    expect(await cluster.leader(topic)).not.toBe(leader);
    await leader.restart();
    await send('with all');
    expect(await received(3)).toEqual(['before', 'without the first leader', 'with all']);
  });

  it('finds another leader when the one it has is frozen', async () => {
    const leader = await cluster.leader(topic);
    await leader.freeze();
    try {
      await until('another leads', async () => (await cluster.leader(topic)) !== leader);
      // The driver asks nobody for the new leader as long as the old one merely says nothing, and gives up for good
      // where its first question meets the deaf one: a new producer asks the others.
      const others = cluster.addresses.filter((address) => address !== leader.address);
      const other = clientOf(others).producer({ createPartitioner });
      await other.connect();
      await other.send({ topic, acks: -1, messages: [{ value: 'while one is deaf' }] });
      await other.disconnect();
      expect(await leader.isAlive()).toBe(true);
    } finally {
      await leader.thaw();
    }
    expect((await received(4)).at(-1)).toBe('while one is deaf');
  });
});
