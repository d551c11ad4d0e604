// What a replica set does to the log when members stop: nobody is told "recorded" before a majority has it, nothing
// acknowledged is lost, nothing stands there twice.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { hashOf, nameBased, type Append, type EventLog, type StoredEvent } from '@shouwen/engine';
import { ownMongo, until, type ReplicaSet } from '@shouwen/engines-local';
import type { KafkaEngine } from '../src/index.js';
import { ServerWorlds } from './server-worlds.js';

const AT = '2026-01-15T08:00:00.000Z';
let set: ReplicaSet;
let worlds: ServerWorlds;
let directory: string;
let engines: KafkaEngine[];
let logs: EventLog[];

beforeAll(async () => {
  set = await ownMongo({ members: 3 });
  worlds = await ServerWorlds.at(set.url);
  directory = mkdtempSync(join(tmpdir(), 'shouwen-failover-'));
  engines = [
    await worlds.open({ directory, from: AT }),
    await worlds.open({ directory, from: AT }),
  ];
  logs = await Promise.all(engines.map(async (engine) => (await engine.open('desk')).log));
});
afterAll(async () => {
  for (const engine of engines) await engine.close();
  rmSync(directory, { recursive: true, force: true });
  await worlds.close();
  await set.end();
});

let made = 0;
function anAppend(stream = `s${++made}`): Append {
  const event = {
    stream,
    version: 1,
    id: `${stream}-1`,
    type: 'desk.note-taken',
    v: 2,
    key: stream,
    occurredAt: AT,
    recordedAt: AT,
    data: '{}',
    meta: '{"actor":"1","tenant":"main","correlation":"c"}',
  };
  return {
    id: nameBased('018f4b3c0000', directory, stream),
    at: AT,
    fingerprint: null,
    expects: [{ stream, version: 0 }],
    events: [{ ...event, hash: hashOf(event) }],
  };
}

/** The same append under the same id until somebody knows. */
async function insist(log: EventLog, append: Append): Promise<number> {
  const { header } = await until('it is known', async () =>
    log.append(append).catch((error: { code?: string }) => {
      if (error.code === 'engine.unavailable') return null;
      throw error;
    }),
  );
  return header.n;
}

async function all(): Promise<StoredEvent[]> {
  const events: StoredEvent[] = [];
  for (;;) {
    const page = await logs[0]!.read(events.length, 500);
    if (page.length === 0) return events;
    events.push(...page);
  }
}

async function holds(acknowledged: readonly Append[]): Promise<void> {
  const events = await all();
  expect(events.map(({ g }) => g)).toEqual(events.map((_, i) => i + 1));
  const ids = events.map(({ id }) => id);
  expect(new Set(ids).size).toBe(ids.length);
  const there = new Set(ids);
  expect(acknowledged.filter(({ events: [event] }) => !there.has(event!.id))).toEqual([]);
}

it('acknowledges nothing that only the primary has, and finds out by the same id afterwards', async () => {
  const before = Array.from({ length: 50 }, () => anAppend());
  await Promise.all(before.map((append, i) => logs[i % 2]!.append(append)));
  const primary = await set.primary();
  const others = await set.secondaries();
  await Promise.all(others.map((member) => member.freeze()));
  const unknown = anAppend();
  const answer = await logs[0]!.append(unknown).catch((error: { code?: string }) => error.code);
  expect(answer).toBe('engine.unavailable');
  // Only the one that was primary has it: nobody is shown it.
  const shown = await logs[1]!.read(50, 10).catch(() => []);
  expect(shown).toEqual([]);
  await primary.kill();
  await Promise.all(others.map((member) => member.thaw()));
  const more = Array.from({ length: 50 }, () => anAppend());
  await Promise.all(more.map((append, i) => insist(logs[i % 2]!, append)));
  await insist(logs[1]!, unknown);
  await primary.restart();
  await holds([...before, unknown, ...more]);
});

it('loses and repeats nothing while the primary is killed again and again under load', async () => {
  const acknowledged: Append[] = [];
  let isOver = false;
  const writers = logs.flatMap((log) =>
    Array.from({ length: 8 }, async () => {
      while (!isOver) {
        const append = anAppend();
        await insist(log, append);
        acknowledged.push(append);
      }
    }),
  );
  for (let blows = 0; blows < 3; blows++) {
    const { length } = acknowledged;
    await until('work goes on', async () => acknowledged.length > length + 100);
    const primary = await set.primary();
    await primary.kill();
    await until('another one is elected', async () => (await set.primary()) !== primary);
    await primary.restart();
  }
  isOver = true;
  await Promise.all(writers);
  await holds(acknowledged);
});

it('writes documents once although the primary dies under them and nobody is found for a while', async () => {
  const { documents } = await engines[0]!.open('desk');
  const table = { name: 'view:counts:1', indexes: [] };
  await documents.define(table);
  const at = { table: table.name, tenant: 'main', id: 'count' };
  let count = 0;
  let isOver = false;
  const counting = (async () => {
    while (!isOver) {
      const ifWas = count === 0 ? null : { count };
      try {
        await documents.write([{ ...at, document: { count: count + 1 }, ifWas }]);
        count += 1;
      } catch (error) {
        // Whoever is told "away" has written nothing: the same condition must hold the next time.
        expect(error).toMatchObject({ code: 'engine.unavailable' });
      }
    }
  })();
  for (let blows = 0; blows < 3; blows++) {
    const counted = count;
    await until('it counts', async () => count > counted + 20);
    const [primary, others] = [await set.primary(), await set.secondaries()];
    await Promise.all([primary.kill(), ...others.map((member) => member.freeze())]);
    await until('the driver gives up looking for a primary', () => isAway(engines[1]!));
    await Promise.all(others.map((member) => member.thaw()));
    await primary.restart();
  }
  const counted = count;
  await until('it counts on', async () => count > counted + 20);
  isOver = true;
  await counting;
  expect(await documents.get(table.name, 'main', 'count')).toEqual({ count });
});

const isAway = async (engine: KafkaEngine): Promise<boolean> => {
  const { documents } = await engine.open('desk');
  return documents.tables().then(
    () => false,
    (error: { code?: string }) => error.code === 'engine.unavailable',
  );
};
