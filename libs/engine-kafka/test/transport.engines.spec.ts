// What is peculiar to Kafka: relays that die, topics that are lost, records that others can read.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from '@jest/globals';
import { Kafka, logLevel, type Admin } from 'kafkajs';
import { MongoClient } from 'mongodb';
import { hashOf, nameBased, type Delivery, type EventLog, type Standing } from '@shouwen/engine';
import { mongo, ownKafka, until, type Cluster, type MongoAddress } from '@shouwen/engines-local';
import { wireRecord } from '../src/cloud-event.js';
import type { KafkaEngine } from '../src/index.js';
import type { KafkaTransport } from '../src/kafka-transport.js';
import { Relay, type RelayCheckpoint } from '../src/relay.js';
import { ServerWorlds, prefixOf } from './server-worlds.js';

const AT = '2026-01-15T08:00:00.000Z';
const TRACE = '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01';
let server: MongoAddress;
let cluster: Cluster;
let worlds: ServerWorlds;
let client: MongoClient;
let directory: string;
let owner: KafkaEngine;
let log: EventLog;
let reader: KafkaEngine;

const open = () => worlds.open({ directory, from: AT });
const openOwner = async () => {
  owner = await open();
  ({ log } = await owner.open('desk'));
  await owner.transport.publish(log);
};
const kafka = () => new Kafka({ brokers: [...cluster.addresses], logLevel: logLevel.NOTHING });
const topic = (epoch = 1) => `${prefixOf(directory)}.desk.main.${epoch}`;
const checkpoints = () =>
  client.db(`${prefixOf(directory)}_desk_main`).collection<RelayCheckpoint>('relay');

beforeAll(async () => {
  [server, cluster] = await Promise.all([mongo({ members: 1 }), ownKafka({ brokers: 1 })]);
  worlds = await ServerWorlds.at(server.url, cluster.addresses);
  client = await MongoClient.connect(server.url);
});
afterAll(async () => {
  await client.close();
  await worlds.close();
  await server.end();
  await cluster.end();
});
beforeEach(async () => {
  directory = mkdtempSync(join(tmpdir(), 'shouwen-transport-'));
  await openOwner();
  reader = await open();
});
afterEach(async () => {
  await reader.close();
  await owner.close();
  rmSync(directory, { recursive: true, force: true });
});

let made = 0;
async function append(count: number, keys = 5, data: object = {}): Promise<void> {
  await Promise.all(
    Array.from({ length: count }, () => {
      const stream = `note-${++made}`;
      const event = {
        stream,
        version: 1,
        id: `${stream}-1`,
        type: 'desk.note-taken',
        v: 2,
        key: `key-${made % keys}`,
        occurredAt: AT,
        recordedAt: AT,
        data: JSON.stringify({ number: made, ...data }),
        meta: JSON.stringify({ actor: '1', tenant: 'main', correlation: 'c', traceparent: TRACE }),
      };
      return log.append({
        id: nameBased('018f4b3c0000', directory, stream),
        at: AT,
        fingerprint: null,
        expects: [{ stream, version: 0 }],
        events: [{ ...event, hash: hashOf(event) }],
      });
    }),
  );
}

/** Reads as a subscription would: remembers where it stands, and refuses what is missing. */
class Subscriber {
  readonly seen: { readonly g: number; readonly key: string }[] = [];
  readonly alarms: string[] = [];
  private running: { stop(): Promise<void> } | null = null;

  constructor(readonly standings = new Map<number, Standing>()) {}

  async start(): Promise<this> {
    this.running = await reader.transport.consume(
      'desk.main',
      'spec',
      async (partition) => this.standings.get(partition) ?? { g: 0 },
      (delivery) => this.take(delivery),
    );
    return this;
  }

  async stop(): Promise<void> {
    await this.running?.stop();
  }

  async has(count: number): Promise<void> {
    await until(`${count} events have arrived`, async () => this.seen.length >= count);
    expect(this.alarms).toEqual([]);
  }

  private async take({ partition, previous, events, places }: Delivery): Promise<void> {
    const { g: at } = this.standings.get(partition) ?? { g: 0 };
    if (previous > at) {
      this.alarms.push(`${previous} after ${at}`);
      throw new Error('something is missing');
    }
    for (const { g, key } of events) if (g > at) this.seen.push({ g, key });
    this.standings.set(partition, { g: events.at(-1)!.g, place: places!.at(-1)! });
  }
}

const numbersOf = ({ seen }: Subscriber) => seen.map(({ g }) => g).sort((a, b) => a - b);
const upTo = (end: number, from = 1) => Array.from({ length: end - from + 1 }, (_, i) => from + i);

/** A client of its own: one that knew a topic which is gone by now gets no answer about any other. */
async function asked<T>(ask: (admin: Admin) => Promise<T>): Promise<T> {
  const admin = kafka().admin();
  try {
    await admin.connect();
    return await ask(admin);
  } finally {
    await admin.disconnect();
  }
}
const topics = () => asked((admin) => admin.listTopics());

async function recordsIn(name: string): Promise<number> {
  const ends = await asked((admin) => admin.fetchTopicOffsets(name));
  return ends.reduce((sum, { offset }) => sum + Number(offset), 0);
}
const carried = () => until('all is carried', () => owner.transport.isPublished(log));

it('delivers every event once, in order of its key', async () => {
  const subscriber = await new Subscriber().start();
  await append(300);
  await subscriber.has(300);
  await subscriber.stop();
  expect(numbersOf(subscriber)).toEqual(upTo(300));
  for (const key of upTo(4, 0).map((n) => `key-${n}`)) {
    const ofKey = subscriber.seen.filter((one) => one.key === key).map(({ g }) => g);
    expect(ofKey).toEqual([...ofKey].sort((a, b) => a - b));
  }
});

it('goes on where a subscription stood, in the topic too', async () => {
  const first = await new Subscriber().start();
  await append(60);
  await first.has(60);
  await first.stop();
  await append(40);
  await carried();
  const second = await new Subscriber(first.standings).start();
  await second.has(40);
  await second.stop();
  expect(numbersOf(second)).toEqual(upTo(100, 61));
});

it('carries 256 events of 4.5 KB on one key in their order', async () => {
  const subscriber = await new Subscriber().start();
  await append(256, 1, { text: 'x'.repeat(4_500) });
  await subscriber.has(256);
  await subscriber.stop();
  expect(subscriber.seen.map(({ g }) => g)).toEqual(upTo(256));
});

it('sends nothing twice when the relay was killed between sending and its checkpoint', async () => {
  await append(80);
  await carried();
  await owner.close();
  const [known] = await checkpoints().find().toArray();
  const ends = known!.ends.map(() => 0);
  await checkpoints().updateOne({ _id: topic() }, { $set: { g: 0, ends } });
  await openOwner();
  await append(20);
  await carried();
  expect(await recordsIn(topic())).toBe(100);
  const subscriber = await new Subscriber().start();
  await subscriber.has(100);
  await subscriber.stop();
  expect(numbersOf(subscriber)).toEqual(upTo(100));
});

it('sends again what Kafka has lost, and readers take each event once', async () => {
  const subscriber = await new Subscriber().start();
  await append(50);
  await subscriber.has(50);
  await subscriber.stop();
  await owner.close();
  await asked((admin) => admin.deleteTopics({ topics: [topic()] }));
  await until('it is gone', async () => !(await topics()).includes(topic()));
  await openOwner();
  await append(30);
  await carried();
  expect(await recordsIn(topic())).toBe(80);
  await reader.close();
  reader = await open();
  await subscriber.start();
  await subscriber.has(80);
  await subscriber.stop();
  expect(numbersOf(subscriber)).toEqual(upTo(80));
});

it('keeps the order, and loses nothing, with a second relay that believes to be the only one', async () => {
  await append(20);
  await carried();
  const zombie = new Relay({
    log,
    kafka: kafka(),
    checkpoints: checkpoints(),
    prefix: prefixOf(directory),
    partitions: 3,
  });
  const stopping = new AbortController();
  const ended = zombie.run(stopping.signal).catch((error: Error) => error.message);
  const subscriber = await new Subscriber().start();
  for (let i = 0; i < 10; i++) await append(100);
  await subscriber.has(1_020);
  await subscriber.stop();
  stopping.abort();
  expect([undefined, expect.stringContaining('another relay')]).toContainEqual(await ended);
  expect(numbersOf(subscriber)).toEqual(upTo(1_020));
});

it('stops with an alarm where a record says that another one came before it', async () => {
  const subscriber = await new Subscriber().start();
  await append(10);
  await subscriber.has(10);
  const [some] = await log.read(9, 1);
  const partition = [...subscriber.standings].find(([, { g }]) => g === 10)![0];
  const from = { log: log.name, identity: log.identity, generation: 'x', previous: 11 };
  const producer = kafka().producer();
  await producer.connect();
  const forged = { ...wireRecord({ ...some!, g: 12 }, from), partition };
  await producer.send({ topic: topic(), messages: [forged] });
  await producer.disconnect();
  await until('the alarm', async () => subscriber.alarms.includes('11 after 10'));
  await subscriber.stop();
  expect(numbersOf(subscriber)).toEqual(upTo(10));
});

it('tells a reader of a new epoch, in a topic of its own', async () => {
  await append(10);
  await carried();
  const before = await reader.transport.heads('desk.main');
  expect(before.identity).toEqual(log.identity);
  await owner.close();
  await client
    .db(`${prefixOf(directory)}_desk_main`)
    .collection<{ _id: string }>('log')
    .updateOne({ _id: 'identity' }, { $set: { epoch: 2 } });
  await openOwner();
  await carried();
  const isTold = async () => (await reader.transport.heads('desk.main')).identity.epoch === 2;
  await until('the reader is told', isTold);
  const { ends } = await reader.transport.heads('desk.main');
  expect(Math.max(...ends.values())).toBe(10);
  expect((await topics()).filter((name) => name.startsWith(prefixOf(directory)))).toEqual(
    expect.arrayContaining([topic(1), topic(2)]),
  );
});

it('knows of no partition while nobody has published, and reads on when somebody does', async () => {
  expect((await reader.transport.heads('shelf.main')).ends.size).toBe(0);
  const seen: number[] = [];
  const running = await reader.transport.consume(
    'shelf.main',
    'spec',
    async () => ({ g: 0 }),
    async ({ events }) => void seen.push(...events.map(({ g }) => g)),
  );
  ({ log } = await owner.open('shelf'));
  await owner.transport.publish(log);
  await append(3);
  await until('they have come', async () => seen.length === 3);
  await running.stop();
});

it('writes CloudEvents that any consumer can read', async () => {
  await append(1);
  const consumer = kafka().consumer({ groupId: `spec-${made}` });
  await carried();
  await consumer.connect();
  await consumer.subscribe({ topic: topic(), fromBeginning: true });
  const records: { key: string; value: string; headers: Record<string, string> }[] = [];
  await consumer.run({
    eachMessage: async ({ message }) => {
      const headers = Object.entries(message.headers ?? {}).map(([k, v]) => [k, String(v)]);
      records.push({
        key: String(message.key),
        value: String(message.value),
        headers: Object.fromEntries(headers) as Record<string, string>,
      });
    },
  });
  await until('it has come', async () => records.length === 1);
  await consumer.disconnect();
  const [stored] = await log.read(0, 1);
  expect(records[0]).toMatchObject({
    key: stored!.key,
    value: stored!.data,
    headers: {
      'content-type': 'application/json',
      ce_specversion: '1.0',
      ce_id: stored!.id,
      ce_source: '/desk.main',
      ce_type: 'desk.note-taken',
      ce_time: AT,
      ce_partitionkey: stored!.key,
      ce_sequence: '1',
      ce_previous: '0',
      traceparent: TRACE,
    },
  });
});

it('carries on by itself after the broker was away for longer than anybody waits, nothing lost or twice', async () => {
  const subscriber = await new Subscriber().start();
  await append(40);
  await subscriber.has(40);
  await cluster.brokers[0]!.kill();
  await append(40);
  await until('the relay has given up', async () => {
    const [status] = await (owner.transport as KafkaTransport).relayStatus();
    return status!.behind === 40 && status!.error !== undefined;
  });
  await expect(reader.transport.heads('desk.main')).rejects.toMatchObject({
    code: 'engine.unavailable',
  });
  await cluster.brokers[0]!.restart();
  await append(20);
  await subscriber.has(100);
  await subscriber.stop();
  expect(numbersOf(subscriber)).toEqual(upTo(100));
});
