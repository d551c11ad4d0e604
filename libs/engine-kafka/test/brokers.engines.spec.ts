// What a Kafka cluster does to events when brokers are lost or refuse: every note that was acknowledged is copied once
// at the other service, whoever led its partition.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import {
  copiesView,
  desk,
  noTrouble,
  shelf,
  takeNote,
  type CopyDocument,
} from '@shouwen/engine/contract/sample';
import { World, root } from '@shouwen/engine/contract/world';
import { ConfigResourceTypes, Kafka, logLevel } from 'kafkajs';
import { mongo, ownKafka, until, type Cluster, type MongoAddress } from '@shouwen/engines-local';
import type { KafkaEngine } from '../src/index.js';
import type { KafkaTransport } from '../src/kafka-transport.js';
import { partitioner } from '../src/topics.js';
import { ServerWorlds, prefixOf } from './server-worlds.js';
import { carriesAll, everyEvent } from './topic-proof.js';

const directory = mkdtempSync(join(tmpdir(), 'shouwen-brokers-'));
const topic = `${prefixOf(directory)}.desk.main.1`;
const TEXT = 'x'.repeat(400);
let server: MongoAddress;
let cluster: Cluster;
let worlds: ServerWorlds;
let desks: World;
let shelves: World;

beforeAll(async () => {
  [server, cluster] = await Promise.all([mongo({ members: 1 }), ownKafka({ brokers: 3 })]);
  worlds = await ServerWorlds.at(server.url, cluster.addresses);
  const openEngine = worlds.open.bind(worlds);
  desks = await World.open({ openEngine, directory, services: [desk] });
  shelves = await World.open({ openEngine, directory, services: [shelf()] });
});
afterAll(async () => {
  await shelves.stop();
  await desks.stop();
  rmSync(directory, { recursive: true, force: true });
  await worlds.close();
  await server.end();
  await cluster.end();
});

const acknowledged: string[] = [];
async function note(text = TEXT): Promise<void> {
  const { noteId } = await desks.send('desk', takeNote, { personId: 'p1', text });
  acknowledged.push(String(noteId));
}

/** Notes of several people at once. */
async function notes(count: number): Promise<void> {
  const { length } = acknowledged;
  const writers = Array.from({ length: 4 }, async () => {
    while (acknowledged.length < length + count) await note();
  });
  await Promise.all(writers);
}

/** How often each note was copied, as the documents of the other service say. */
async function copied(): Promise<Map<string, number>> {
  const copies = new Map<string, number>();
  const find = { limit: 1000 };
  for (let cursor: string | undefined, isMore = true; isMore; isMore = cursor !== undefined) {
    const from = cursor === undefined ? find : { ...find, cursor };
    const page = await shelves.runtime('shelf').find(copiesView(noTrouble()), from, root);
    for (const document of page.items as CopyDocument[])
      copies.set(document.copyId, document.copies);
    cursor = page.next;
  }
  return copies;
}
const arrives = () =>
  until('all is copied', async () => (await shelfCount()) >= acknowledged.length);

async function shelfCount(): Promise<number> {
  const { documents } = await shelves.engine.open('shelf');
  return documents.count('view:copies:1');
}

/** Every acknowledged note once in the log, in the topic and in the documents, and nothing else. */
async function isOnce(): Promise<void> {
  await arrives();
  await desks.settle();
  await shelves.settle();
  const events = await everyEvent((await desks.engine.open('desk')).log);
  const taken = events.filter(({ type }) => type === 'desk.note-taken').map(({ key }) => key);
  expect(taken.sort()).toEqual(acknowledged.sort());
  await carriesAll(cluster.addresses, topic, events);
  const copies = await copied();
  expect([...copies.keys()].sort()).toEqual(acknowledged);
  expect([...copies.values()].filter((count) => count !== 1)).toEqual([]);
}

it('goes on under load without the broker that leads, killed or deaf, and takes it back', async () => {
  await notes(40);
  await arrives();
  for (const blow of ['kill', 'freeze'] as const) {
    const leader = await cluster.leader(topic, 0);
    const { length } = acknowledged;
    const working = notes(120);
    await until('work goes on', async () => acknowledged.length > length + 40);
    await leader[blow]();
    await working;
    await arrives();
    if (blow === 'freeze') await leader.thaw();
    else await leader.restart();
  }
  await isOnce();
});

it('says what a partition refuses, loses and reorders nothing, and goes on once that is mended', async () => {
  await accepting(40_000);
  await note('x'.repeat(100_000));
  const refused = acknowledged.at(-1)!;
  for (let i = 0; i < 30; i++) await note();
  const { transport } = desks.engine as KafkaEngine;
  const says = async (): Promise<string> =>
    (await (transport as KafkaTransport).relayStatus())[0]!.error ?? '';
  await until('the relay says why', async () => (await says()).includes('larger'));
  const partitionOf = partitioner(3);
  const others = acknowledged.filter((id) => partitionOf(id) !== partitionOf(refused));
  await until('those of other partitions have come', async () => {
    const copies = await copied();
    return others.every((id) => copies.has(id));
  });
  expect((await copied()).has(refused)).toBe(false);
  await accepting(2 * 1024 * 1024);
  await isOnce();
});

/** What the topic takes from now on, in bytes of one batch of a partition. */
async function accepting(bytes: number): Promise<void> {
  const admin = new Kafka({ brokers: [...cluster.addresses], logLevel: logLevel.NOTHING }).admin();
  await admin.connect();
  const configEntries = [
    { name: 'max.message.bytes', value: String(bytes) },
    { name: 'min.insync.replicas', value: '2' },
    { name: 'retention.ms', value: '-1' },
  ];
  const topicOfNotes = { type: ConfigResourceTypes.TOPIC, name: topic, configEntries };
  await admin.alterConfigs({ validateOnly: false, resources: [topicOfNotes] });
  await admin.disconnect();
}
