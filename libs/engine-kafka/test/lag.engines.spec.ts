// Since when the oldest event waits that a consumer has not done: asked of a topic whose older records nobody holds in
// memory, for standings with and without a place, of a topic as it is and of one that was made anew.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from '@jest/globals';
import { hashOf, nameBased, type Delivery, type EventLog, type Standing } from '@shouwen/engine';
import { kafka, mongo, until, type KafkaAddress, type MongoAddress } from '@shouwen/engines-local';
import type { KafkaEngine } from '../src/index.js';
import { ServerWorlds } from './server-worlds.js';

const FIRST = Date.parse('2026-01-15T08:00:00.000Z');
/** More than a reader holds in memory of one partition. */
const EVENTS = 4_000;
let servers: [MongoAddress, KafkaAddress];
let worlds: ServerWorlds;
let directory: string;
let owner: KafkaEngine;
let log: EventLog;
let reader: KafkaEngine;

const open = () => worlds.open({ directory, from: new Date(FIRST).toISOString() });
/** Event n was recorded n seconds after the first instant. */
const recordedAt = (n: number) => new Date(FIRST + n * 1_000).toISOString();

beforeAll(async () => {
  servers = await Promise.all([mongo({ members: 1 }), kafka({ brokers: 1 })]);
  worlds = await ServerWorlds.at(servers[0].url, servers[1].addresses);
});
afterAll(async () => {
  await worlds.close();
  await Promise.all(servers.map((server) => server.end()));
});
beforeEach(async () => {
  directory = mkdtempSync(join(tmpdir(), 'shouwen-lag-'));
  owner = await open();
  ({ log } = await owner.open('desk'));
  await owner.transport.publish(log);
});
afterEach(async () => {
  await reader.close();
  await owner.close();
  rmSync(directory, { recursive: true, force: true });
});

async function append(n: number): Promise<void> {
  const event = {
    ...{ stream: `note-${n}`, version: 1, id: `note-${n}-1`, type: 'desk.note-taken', v: 2 },
    ...{ key: `key-${n % 50}`, occurredAt: recordedAt(n), recordedAt: recordedAt(n) },
    ...{ data: JSON.stringify({ n }), meta: '{"actor":"1","tenant":"main","correlation":"c"}' },
  };
  await log.append({
    id: nameBased('018f4b3c0000', directory, event.stream),
    at: recordedAt(n),
    fingerprint: null,
    expects: [{ stream: event.stream, version: 0 }],
    events: [{ ...event, hash: hashOf(event) }],
  });
}

/** The events of each partition, with the standing that each leaves behind, as a consumer is given them. */
async function everything(): Promise<ReadonlyMap<number, { standing: Standing; at: string }[]>> {
  const seen = new Map<number, { standing: Standing; at: string }[]>();
  let count = 0;
  const consumer = await reader.transport.consume(
    'desk.main',
    'spec',
    async () => ({ g: 0 }),
    async ({ partition, events, places }: Delivery) => {
      const list = seen.get(partition) ?? [];
      seen.set(partition, list);
      events.forEach(({ g, recordedAt: at }, i) =>
        list.push({ standing: { g, place: places![i]! }, at }),
      );
      count += events.length;
    },
  );
  await until('everything has come', async () => count === EVENTS);
  await consumer.stop();
  return seen;
}

it('answers the instant of the first event behind each standing, wherever it lies', async () => {
  for (let n = 0; n < EVENTS; n += 500)
    await Promise.all(Array.from({ length: 500 }, (_, i) => append(n + i + 1)));
  await until('the log is carried', () => owner.transport.isPublished(log));
  reader = await open();
  const seen = await everything();
  await reader.close();
  // Another one, that has held nothing in memory yet.
  reader = await open();
  const since = (standings: ReadonlyMap<number, Standing>) =>
    reader.transport.behindSince('desk.main', standings);
  const done = new Map([...seen].map(([p, list]) => [p, list.at(-1)!.standing] as const));
  expect(await since(done)).toBeNull();
  expect(await since(new Map())).toBe((await log.read(0, 1))[0]!.recordedAt);
  for (const [partition, list] of seen)
    for (const at of [0, 1, Math.floor(list.length / 2), list.length - 2]) {
      const { standing } = list[at]!;
      const next = list[at + 1]!.at;
      const placed = new Map([...done, [partition, standing] as const]);
      expect(await since(placed)).toBe(next);
      const unplaced = new Map([...done, [partition, { g: standing.g }] as const]);
      expect(await since(unplaced)).toBe(next);
      const ofAnother = { ...standing, place: `another|${list.length}` };
      expect(await since(new Map([...done, [partition, ofAnother] as const]))).toBe(next);
    }
});

it('answers nothing of a log that nobody has heard of', async () => {
  reader = await open();
  expect(await reader.transport.behindSince('shelf.main', new Map())).toBeNull();
  expect(await reader.transport.relayStatus()).toEqual([]);
});

it('tells of a relay how far the log is carried', async () => {
  await append(1);
  await until('the log is carried', () => owner.transport.isPublished(log));
  reader = await open();
  const [status, ...others] = await owner.transport.relayStatus();
  expect(others).toEqual([]);
  expect(status).toMatchObject({ log: 'desk.main', behind: 0, behindSince: null });
  expect(status!.position).toBe((await log.head()).g);
});
