// A process that a benchmark tells on its input what to do, a line of JSON each, and that answers each with a line:
// appends to a log, inserts the same rows without a log, relays a log, or folds one into a view.
// Arguments: MongoDB, brokers with commas between them, prefix, file of the master key.
import { createInterface } from 'node:readline';
import { setTimeout as pause } from 'node:timers/promises';
import { defineService, defineView, Runtime, type Append, type EventFrom } from '@shouwen/engine';
import { openKafkaEngine } from '@shouwen/engine-kafka';
import { COMMIT_INDEXES, commitOf, type Commit } from '@shouwen/engine-kafka/commits';
import { MongoClient } from 'mongodb';
import { anAppend, CALLERS, callerOf, Gauged, placeOf } from './rows.js';

export type Wish =
  | {
      readonly do: 'prepare';
      readonly log: string;
      readonly writer: number;
      readonly from: number;
      readonly count: number;
    }
  | { readonly do: 'append'; readonly log: string }
  | { readonly do: 'insert'; readonly group: number }
  | { readonly do: 'pace'; readonly log: string; readonly rate: number }
  | { readonly do: 'relay'; readonly log: string }
  | { readonly do: 'fold'; readonly as: string; readonly until: number };

export interface Told {
  readonly seconds: number;
  /** Milliseconds from when each was due until it was answered. */
  readonly waited?: readonly number[];
  readonly error?: string;
}

const [url, brokers, prefix, masterKeyFile] = process.argv.slice(2) as [
  string,
  string,
  string,
  string,
];
const engine = await openKafkaEngine({
  mongo: { url, prefix },
  kafka: { brokers: brokers.split(',') },
  masterKeyFile,
});
const client = await MongoClient.connect(url, {
  retryWrites: false,
  writeConcern: { w: 'majority', journal: true },
});
const bare = client.db(`${prefix}_bare`).collection<Commit>(`commits ${process.pid}`);
let rows: Append[] = [];
let inserted = 0;
const runtimes: Runtime[] = [];

/** Every caller has its own rows and waits for each answer. */
async function append(service: string): Promise<void> {
  const { log } = await engine.open(service);
  const own: Append[][] = Array.from({ length: CALLERS }, () => []);
  for (const row of rows) own[callerOf(placeOf(row.id))]!.push(row);
  await Promise.all(
    own.map(async (mine) => {
      for (const row of mine) await log.append(row);
    }),
  );
}

/** The same documents into a collection with the same indexes, ordered, `group` at a time. */
async function insert(group: number): Promise<void> {
  if (inserted === 0) await bare.createIndexes(COMMIT_INDEXES.map((index) => ({ ...index })));
  let previous: string | null = null;
  for (let i = 0; i < rows.length; i += group) {
    const docs = rows.slice(i, i + group).map((row) => {
      const n = ++inserted;
      const doc = commitOf(row, { n, g: n, previous, epoch: 1 });
      previous = row.id;
      return doc;
    });
    await bare.insertMany(docs, { ordered: true });
  }
}

/** Each at its own instant, whether or not those before it have been answered: what waits is seen to wait. */
async function pace(service: string, rate: number): Promise<number[]> {
  const { log } = await engine.open(service);
  const waited: number[] = [];
  const running: Promise<void>[] = [];
  const start = performance.now();
  for (let i = 0; i < rows.length;) {
    const now = performance.now() - start;
    for (; i < rows.length && (i * 1000) / rate <= now; i++) {
      const due = start + (i * 1000) / rate;
      running.push(log.append(rows[i]!).then(() => void waited.push(performance.now() - due)));
    }
    await pause(1);
  }
  await Promise.all(running);
  return waited;
}

async function relay(service: string): Promise<void> {
  const { log } = await engine.open(service);
  await engine.transport.publish(log);
  while (!(await engine.transport.isPublished(log))) await pause(20);
}

/** Folds the log that comes through Kafka into a view; answers the seconds from the first event to the last one. */
async function fold(name: string, until: number): Promise<number> {
  let seen = 0;
  let first = 0;
  const view = defineView<{ readonly sum: number }, EventFrom<typeof Gauged>>({
    name: 'gauges',
    on: [Gauged],
    id: ({ data }) => data.meter,
    evolve: (document, { data }) => {
      if (seen++ === 0) first = performance.now();
      return { sum: (document?.sum ?? 0) + data.value };
    },
    indexes: ['sum'],
    roles: ['administrator'],
    unit: 'unit',
  });
  const nothing = { routes: [], commands: [], reactions: [], effects: [] };
  const service = defineService({ name, views: [view], ...nothing });
  const runtime = new Runtime({ service, engine, standards: {} });
  await runtime.open();
  await runtime.start(() => Promise.reject(new Error('there is nothing to send')));
  runtimes.push(runtime);
  while (seen < until || !(await runtime.isSettled())) await pause(5);
  const seconds = (performance.now() - first) / 1000;
  await runtime.stop();
  return seconds;
}

async function fulfil(wish: Wish): Promise<Told> {
  const start = performance.now();
  const since = () => (performance.now() - start) / 1000;
  switch (wish.do) {
    case 'prepare': {
      const { writer, from, count, log } = wish;
      rows = Array.from({ length: count }, (_, i) => anAppend({ writer, count: from + i }, log));
      return { seconds: since() };
    }
    case 'append':
      await append(wish.log);
      return { seconds: since() };
    case 'insert':
      await insert(wish.group);
      return { seconds: since() };
    case 'pace': {
      const waited = await pace(wish.log, wish.rate);
      return { seconds: since(), waited };
    }
    case 'relay':
      await relay(wish.log);
      return { seconds: since() };
    case 'fold':
      return { seconds: await fold(wish.as, wish.until) };
  }
}

console.log('ready');
for await (const line of createInterface({ input: process.stdin })) {
  const told = await fulfil(JSON.parse(line) as Wish).catch((error: unknown): Told => ({
    seconds: 0,
    error: (error as Error).message,
  }));
  console.log(JSON.stringify(told));
}
await client.close();
await engine.close();
