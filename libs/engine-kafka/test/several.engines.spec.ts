// What several processes share: one log with one order, leases, keys, a clock, documents.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from '@jest/globals';
import { hashOf, nameBased, type Append, type EventLog, type StoredEvent } from '@shouwen/engine';
import { mongo, until, type MongoAddress } from '@shouwen/engines-local';
import type { KafkaEngine, SharedClock } from '../src/index.js';
import { ServerWorlds } from './server-worlds.js';

const AT = '2026-01-15T08:00:00.000Z';
let server: MongoAddress;
let worlds: ServerWorlds;
let directory: string;
let engines: KafkaEngine[];

beforeAll(async () => {
  server = await mongo({ members: 1 });
  worlds = await ServerWorlds.at(server.url);
});
afterAll(async () => {
  await worlds.close();
  await server.end();
});
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'shouwen-several-'));
  engines = [];
});
afterEach(async () => {
  for (const engine of engines) await engine.close();
  rmSync(directory, { recursive: true, force: true });
});

const open = async (count: number): Promise<KafkaEngine[]> => {
  while (engines.length < count) engines.push(await worlds.open({ directory, from: AT }));
  return engines;
};
const logsOf = async (count: number): Promise<EventLog[]> =>
  Promise.all((await open(count)).map(async (engine) => (await engine.open('desk')).log));

let made = 0;
function anAppend(stream: string, version: number, more: Partial<Append> = {}): Append {
  const event = {
    stream,
    version,
    id: `${stream}-${version}`,
    type: 'desk.note-taken',
    v: 2,
    key: stream,
    occurredAt: AT,
    recordedAt: AT,
    data: '{}',
    meta: '{"actor":"1","tenant":"main","correlation":"c"}',
  };
  return {
    id: nameBased('018f4b3c0000', 'several', directory, String(++made)),
    at: AT,
    fingerprint: null,
    expects: [{ stream, version: version - 1 }],
    events: [{ ...event, hash: hashOf(event) }],
    ...more,
  };
}

async function all(log: EventLog): Promise<StoredEvent[]> {
  const events: StoredEvent[] = [];
  for (;;) {
    const page = await log.read(events.length, 500);
    if (page.length === 0) return events;
    events.push(...page);
  }
}

it('gives four writers one dense order, and keeps every acknowledged commit once', async () => {
  const logs = await logsOf(4);
  const answers = await Promise.all(
    logs.flatMap((log, w) =>
      Array.from({ length: 300 }, (_, i) => log.append(anAppend(`s${w}-${i}`, 1))),
    ),
  );
  const numbers = answers.map(({ header }) => header.n).sort((a, b) => a - b);
  expect(numbers).toEqual(Array.from({ length: 1200 }, (_, i) => i + 1));
  for (const log of logs) {
    const seen = await all(log);
    expect(seen.map(({ g }) => g)).toEqual(numbers);
    expect(new Set(seen.map(({ id }) => id)).size).toBe(1200);
  }
});

it('lets one of several writers at the same version win, and tells the others what stands there', async () => {
  const logs = await logsOf(3);
  for (let version = 1; version <= 20; version++) {
    const results = await Promise.allSettled(logs.map((log) => log.append(anAppend('a', version))));
    expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  }
  expect((await logs[0]!.readStream('a', 0)).map(({ version }) => version)).toEqual(
    Array.from({ length: 20 }, (_, i) => i + 1),
  );
});

it('sees what another process has written before it judges an expectation', async () => {
  const [one, other] = (await logsOf(2)) as [EventLog, EventLog];
  await other.append(anAppend('a', 1));
  await one.append(anAppend('b', 1));
  await other.append(anAppend('a', 2));
  // The first one last knew version 1 of the stream.
  const onCondition = (version: number) =>
    anAppend('c', 1, {
      expects: [
        { stream: 'c', version: 0 },
        { stream: 'a', version },
      ],
    });
  await expect(one.append(onCondition(1))).rejects.toThrow('is at version 2, expected 1');
  expect((await one.append(onCondition(2))).header.n).toBe(4);
});

it('answers a commit id that another process has used with the first commit', async () => {
  const [one, other] = (await logsOf(2)) as [EventLog, EventLog];
  const append = anAppend('a', 1);
  const first = await one.append(append);
  expect(await other.append(append)).toEqual({ header: first.header, isDuplicate: true });
  expect(await other.append({ ...append, expects: [], events: anAppend('z', 1).events })).toEqual({
    header: first.header,
    isDuplicate: true,
  });
  expect(await other.head()).toEqual({ n: 1, g: 1 });
});

it('rings in every process when one has appended', async () => {
  const [one, other] = (await logsOf(2)) as [EventLog, EventLog];
  const seen: number[] = [];
  const hangUp = other.onAppend(() => void other.head().then(({ g }) => seen.push(g)));
  await one.append(anAppend('a', 1));
  await until('the other process has seen it', async () => seen.includes(1));
  hangUp();
});

it('refuses a batch of a process whose checkpoint another one has moved', async () => {
  const [one, other] = await Promise.all(
    (await open(2)).map(async (engine) => (await engine.open('desk')).documents),
  );
  const table = { name: 'view:notes:1', indexes: ['status'] };
  await one!.define(table);
  await other!.define(table);
  const put = (id: string, document: object, ifWas?: object | null) => ({
    table: table.name,
    tenant: 'main',
    id,
    document,
    ...(ifWas === undefined ? {} : { ifWas }),
  });
  await one!.write([put('checkpoint', { g: 1 }, null)]);
  const results = await Promise.allSettled(
    [one!, other!].map((documents, i) =>
      documents.write([put(`of ${i}`, {}), put('checkpoint', { g: 2, by: i }, { g: 1 })]),
    ),
  );
  expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  expect(await one!.count(table.name)).toBe(2);
});

it('keeps names and values that mean something to MongoDB as they are', async () => {
  const [engine] = await open(1);
  const { documents } = await engine!.open('desk');
  const hostile = JSON.parse(
    '{"_id":{"$gt":""},"$where":"1","a.b":{"$ne":1},"_bsontype":"ObjectID","__proto__":{"x":1},"n\\u0000l":"\\ud800"}',
  ) as object;
  await documents.define({ name: 'view:$x.y:1', indexes: ['$where', 'n\u0000l'] });
  const at = { table: 'view:$x.y:1', tenant: 'main' };
  await documents.write([{ ...at, id: '$where.\u0000', document: hostile }]);
  expect(JSON.stringify(await documents.get(at.table, 'main', '$where.\u0000'))).toBe(
    JSON.stringify(hostile),
  );
  const found = await documents.find(at.table, 'main', { where: { $where: { is: '1' } } });
  expect(found.items).toHaveLength(1);
});

it('makes one key a subject, and lets go of it everywhere once it is erased', async () => {
  const [one, other] = (await open(2)).map(({ keys }) => keys);
  const [mine, theirs] = await Promise.all([one!.ensure(['p', 'q']), other!.ensure(['p', 'q'])]);
  for (const subject of ['p', 'q'])
    expect(mine.get(subject)!.equals(theirs.get(subject)!)).toBe(true);
  await one!.erase('p');
  await one!.erase('p');
  expect((await one!.find(['p'])).get('p')).toBe('erased');
  await until(
    'the other process knows',
    async () => (await other!.find(['p'])).get('p') === 'erased',
  );
  await expect(other!.ensure(['p'])).rejects.toMatchObject({ code: 'subject.erased' });
});

it('refuses a keyring with another master key', async () => {
  await open(1);
  rmSync(join(directory, 'master.key'));
  await expect(open(2)).rejects.toThrow('MASTER_KEY_FILE');
});

it('moves the training clock in every process before an advance is answered', async () => {
  const [one, other] = (await open(2)).map(({ time }) => time as SharedClock);
  const rung: string[] = [];
  other!.wake(Date.parse('2026-01-15T10:00:00Z'), () => rung.push('other'));
  await one!.advance(Date.parse('2026-01-15T09:00:00Z'));
  expect([other!.now(), rung]).toEqual([Date.parse('2026-01-15T09:00:00Z'), []]);
  await one!.advance(Date.parse('2026-01-15T11:00:00Z'));
  expect(rung).toEqual(['other']);
  await expect(other!.advance(Date.parse(AT))).rejects.toThrow('does not go back');
});

it('leases a piece of work to one process at a time, and to the next when that one lets go', async () => {
  const [one, other] = (await open(2)).map(({ leases }) => leases);
  const story: string[] = [];
  const work = (who: string) => (signal: AbortSignal) => {
    story.push(`${who} begins`);
    return new Promise<void>((ended) =>
      signal.addEventListener('abort', () => {
        story.push(`${who} ends`);
        ended();
      }),
    );
  };
  const first = one!.hold({ group: 'g', name: 'work', run: work('one') });
  await until('the first has it', async () => story.length === 1);
  const second = other!.hold({ group: 'g', name: 'work', run: work('other') });
  expect(await second.decided).toBe(false);
  await first.stop();
  await until('the second has it', async () => story.length === 3);
  await second.stop();
  expect(story).toEqual(['one begins', 'one ends', 'other begins', 'other ends']);
});
