// Several processes run one service that reads another one's events. Whichever of them is lost with work in flight,
// every event has each of its effects exactly once, whatever the number of partitions.
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { afterAll, afterEach, beforeAll, expect, it } from '@jest/globals';
import type { StoredEvent } from '@shouwen/engine';
import { amendNote, desk, takeNote } from '@shouwen/engine/contract/sample';
import { World } from '@shouwen/engine/contract/world';
import { kafka, mongo, until, type KafkaAddress, type MongoAddress } from '@shouwen/engines-local';
import { MongoClient, type Document } from 'mongodb';
import type { Sum } from './counting-shelf.js';
import { ServerWorlds, prefixOf } from './server-worlds.js';
import { everyEvent } from './topic-proof.js';

/** A frozen process may hold documents until the servers end its transaction, a minute later. */
const PATIENCE = 180;

let server: MongoAddress;
let cluster: KafkaAddress;
let client: MongoClient;
let worlds: ServerWorlds;
let desks: World;
const replicas: Replica[] = [];

beforeAll(async () => {
  [server, cluster] = await Promise.all([mongo({ members: 3 }), kafka({ brokers: 1 })]);
  client = await MongoClient.connect(server.url);
});
afterAll(async () => {
  await client.close();
  await Promise.all([server.end(), cluster.end()]);
});
afterEach(async () => {
  await Promise.all(replicas.splice(0).map((one) => one.hit('SIGKILL')));
  await desks.close();
  await worlds.close();
});

/** A city of its own: the desk runs here, the shelf in as many processes as are called. */
async function begin(partitions: number): Promise<void> {
  const directory = mkdtempSync(join(tmpdir(), 'shouwen-replicas-'));
  worlds = await ServerWorlds.at(server.url, cluster.addresses, partitions);
  const openEngine = worlds.open.bind(worlds);
  desks = await World.open({ openEngine, directory, services: [desk] });
}

class Replica {
  /** Consumers that it says are at home here. */
  runs: readonly string[] = [];
  private readonly child: ChildProcess;
  private output: string[] = [];

  constructor(seat: string) {
    const script = './libs/engine-kafka/test/replica-process.ts';
    const args = ['--import', './libs/tooling/source.mjs', script, desks.directory, seat];
    const env = { ...process.env, MONGO: server.url, KAFKA: cluster.addresses.join() };
    this.child = spawn(process.execPath, args, { env, stdio: ['pipe', 'pipe', 'pipe'] });
    for (const stream of [this.child.stdout!, this.child.stderr!])
      createInterface({ input: stream }).on('line', (line) => {
        this.output.push(line);
        if (line.startsWith('runs ')) this.runs = line.slice(5).split(',').filter(Boolean);
      });
    this.child.stdin!.on('error', () => undefined);
    replicas.push(this);
  }

  get isAlive(): boolean {
    return this.child.exitCode === null && this.child.signalCode === null;
  }

  async hit(signal: 'SIGKILL' | 'SIGSTOP' | 'SIGCONT'): Promise<void> {
    if (!this.isAlive) return;
    const gone = once(this.child, 'close');
    this.child.kill(signal);
    if (signal === 'SIGKILL') await gone;
  }

  /** In order: what is in hand is finished. */
  async stop(): Promise<void> {
    const gone = once(this.child, 'close');
    this.child.stdin!.end();
    await gone;
    expect(this.output.at(-1)).toBe('done');
  }

  async has(count: (running: number) => boolean): Promise<void> {
    await until(
      'consumers are at home here',
      async () => {
        if (!this.isAlive) throw new Error(this.output.join('\n'));
        return count(this.runs.length);
      },
      PATIENCE,
    );
  }
}

const ALL = 5;
let acknowledged: string[] = [];

/** Notes of several people at once, each amended; due at once. */
async function notes(count: number): Promise<void> {
  const end = acknowledged.length + count;
  const writers = Array.from({ length: 4 }, async () => {
    while (acknowledged.length < end) {
      const dueAt = '2026-01-15T07:00:00.000Z';
      const { noteId } = await desks.send('desk', takeNote, { personId: 'p1', dueAt });
      await desks.send('desk', amendNote, { noteId, weight: 1 });
      acknowledged.push(String(noteId));
    }
  });
  await Promise.all(writers);
}

const shelfOf = () => desks.engine.open('shelf');
const sum = async (): Promise<Sum> => {
  const { documents } = await shelfOf();
  const nothing = { taken: 0, amended: 0 };
  return ((await documents.get('view:sum:1', 'main', 'all')) ?? nothing) as Sum;
};

const counted = (log: readonly StoredEvent[], what: string): Map<string, number> => {
  const counts = new Map<string, number>();
  for (const { type, key, data } of log)
    if (`${type} ${data}`.includes(what)) counts.set(key, (counts.get(key) ?? 0) + 1);
  return counts;
};

/** Each note twice copied, once due, posted once, and counted once in the one document; nothing parked. */
async function isOnce(): Promise<void> {
  const { log, documents } = await shelfOf();
  const [taken, events] = [acknowledged.length, async () => everyEvent(log)];
  const delivered = async () => counted(await events(), 'delivered').size;
  await until('every letter is posted', async () => (await delivered()) >= taken, PATIENCE);
  const isCounted = async () => (await sum()).taken + (await sum()).amended >= 2 * taken;
  await until('every note is counted', isCounted, PATIENCE);
  const own = await everyEvent((await desks.engine.open('desk')).log);
  expect(counted(own, 'note-taken').size).toBe(taken);
  const each = (times: number) => new Map(acknowledged.map((id) => [id, times]));
  const due = async () => counted(await events(), 'copy-due').size;
  await until('every due instant has come', async () => (await due()) >= taken, PATIENCE);
  const all = await events();
  expect(counted(all, 'copy-kept')).toEqual(each(2));
  expect(counted(all, 'copy-due')).toEqual(each(1));
  expect(counted(all, '"attempted"')).toEqual(each(1));
  expect(counted(all, '"delivered"')).toEqual(each(1));
  expect(await sum()).toEqual({ taken, amended: taken });
  expect(await documents.count('$parked')).toBe(0);
}

/** Strikes while notes come in, and waits until the others have taken over. */
async function withWorkInFlight(blow: () => Promise<void>, others: Replica): Promise<void> {
  const { length } = acknowledged;
  const working = notes(80);
  await until('work is in flight', async () => acknowledged.length > length + 20);
  await blow();
  await working;
  await others.has((running) => running === ALL);
}

async function two(): Promise<[Replica, Replica]> {
  acknowledged = [];
  const pair: [Replica, Replica] = [new Replica('one'), new Replica('two')];
  for (const one of pair) await one.has((running) => running > 0 && running < ALL);
  return pair;
}

it('does everything once over 1 partition although a replica is killed, and another comes', async () => {
  await begin(1);
  const [one, other] = await two();
  await withWorkInFlight(() => one.hit('SIGKILL'), other);
  const third = new Replica('three');
  await third.has((running) => running > 0);
  await notes(20);
  await isOnce();
});

it('does everything once over 3 partitions although a replica is frozen, which then must not go on', async () => {
  await begin(3);
  const [one, other] = await two();
  await withWorkInFlight(() => one.hit('SIGSTOP'), other);
  // Whatever it had in hand it must find to be another's now; then it takes its share again.
  await one.hit('SIGCONT');
  await notes(40);
  await other.has((running) => running < ALL);
  await one.has((running) => running > 0 && running < ALL);
  await isOnce();
});

it('does everything once over 12 partitions although a replica stops, and each in turn is new', async () => {
  await begin(12);
  const [one, other] = await two();
  await withWorkInFlight(() => one.stop(), other);
  const third = new Replica('three');
  await third.has((running) => running > 0);
  await withWorkInFlight(() => other.stop(), third);
  await isOnce();
});

it('does nothing twice although a replica is killed between what it did and its positions', async () => {
  await begin(3);
  acknowledged = [];
  const one = new Replica('one');
  await notes(10);
  await isOnce();
  const before = await sum();
  const letGo = await holdPositions();
  await notes(20);
  const { log } = await shelfOf();
  const copied = async () => counted(await everyEvent(log), 'copy-kept').size;
  // The commands of reactions are recorded in the log by now; the documents wait for the positions.
  await until('work is done', async () => (await copied()) > before.taken, PATIENCE);
  expect(await sum()).toEqual(before);
  await one.hit('SIGKILL');
  await letGo();
  const next = new Replica('one');
  await next.has((running) => running === ALL);
  await isOnce();
});

/** Keeps everybody from writing a position of the shelf. Answers how to let go. */
async function holdPositions(): Promise<() => Promise<void>> {
  const db = client.db(`${prefixOf(desks.directory)}_shelf_main`);
  const table = await db.collection<Document & { _id: string }>('tables').findOne({
    _id: '$checkpoints',
  });
  const session = client.startSession();
  session.startTransaction();
  const positions = db.collection(String(table!['collection']));
  await until('nobody else writes them', async () =>
    positions.updateMany({}, { $set: { held: true } }, { session }).then(
      () => true,
      async () => {
        await session.abortTransaction();
        session.startTransaction();
        return false;
      },
    ),
  );
  return async () => {
    await session.abortTransaction();
    await session.endSession();
  };
}
