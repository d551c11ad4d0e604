import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setImmediate as turn } from 'node:timers/promises';
import { expect, it, beforeEach, afterEach } from '@jest/globals';
import { hashOf } from '../codec.js';
import { nameBased } from '../identifiers.js';
import type { Append, Engine, EventLog, NewEvent } from '../ports.js';
import type { OpenEngine } from './world.js';

const AT = '2026-01-15T08:00:00.000Z';

/** A plain event of a stream, as the codec would make it. */
function anEvent(
  stream: string,
  version: number,
  data: object | string = { x: version },
): NewEvent {
  const event = {
    stream,
    version,
    id: `${stream}-${version}`,
    type: 'desk.note-taken',
    v: 2,
    key: stream,
    occurredAt: AT,
    recordedAt: AT,
    data: typeof data === 'string' ? data : JSON.stringify(data),
    meta: '{"actor":"1","tenant":"main","correlation":"c"}',
  };
  return { ...event, hash: hashOf(event) };
}

let count = 0;
const anAppend = (stream: string, version: number, override: Partial<Append> = {}): Append => ({
  id: nameBased('018f4b3c0000', 'append', String(++count)),
  at: AT,
  fingerprint: null,
  expects: [{ stream, version: version - 1 }],
  events: [anEvent(stream, version)],
  ...override,
});

export function logContract(openEngine: OpenEngine): void {
  let directory: string;
  let engine: Engine;
  let log: EventLog;

  const open = async () => {
    engine = await openEngine({ directory, from: AT });
    ({ log } = await engine.open('desk'));
  };
  beforeEach(async () => {
    directory = mkdtempSync(join(tmpdir(), 'shouwen-log-'));
    await open();
  });
  afterEach(async () => {
    await engine.close();
    rmSync(directory, { recursive: true, force: true });
  });
  const all = () => log.read(0, 10_000);

  it('numbers commits and events densely from 1', async () => {
    await log.append(anAppend('a', 1));
    const { header } = await log.append(
      anAppend('b', 1, { events: [anEvent('b', 1), anEvent('b', 2), anEvent('b', 3)] }),
    );
    expect(header).toMatchObject({ n: 2, g: 2, count: 3 });
    expect(await log.head()).toEqual({ n: 2, g: 4 });
    expect((await all()).map(({ g }) => g)).toEqual([1, 2, 3, 4]);
  });

  it('reads a stream from where a reader stands', async () => {
    const three = [anEvent('a', 1), anEvent('a', 2), anEvent('b', 1)];
    await log.append(anAppend('a', 1, { events: three }));
    await log.append(anAppend('a', 3));
    const after = async (version: number) =>
      (await log.readStream('a', version)).map((event) => event.version);
    expect(await after(0)).toEqual([1, 2, 3]);
    expect(await after(1)).toEqual([2, 3]);
    expect(await after(3)).toEqual([]);
  });

  it('keeps every field and the exact JSON text', async () => {
    const odd = '{"b":1,  "a":1.0, "数":"\\u6570\\ud83d\\ude00", "e":1e3}';
    const event = anEvent('a', 1, odd);
    await log.append(anAppend('a', 1, { events: [event] }));
    const [stored] = await log.readStream('a', 0);
    expect(stored).toEqual({ ...event, g: 1, n: 1 });
    expect(hashOf(stored!)).toBe(stored!.hash);
  });

  it('keeps hostile JSON as it is', async () => {
    const deep = `${'['.repeat(200)}${']'.repeat(200)}`;
    const texts = [
      '{"_bsontype":"ObjectID","$where":"1","__proto__":{"x":1},"a.b":1}',
      '{"nul":"a\\u0000b","lone":"\\ud800"}',
      deep,
      JSON.stringify({ big: '数'.repeat(80_000) }),
    ];
    for (const [i, text] of texts.entries())
      await log.append(anAppend(`s${i}`, 1, { events: [anEvent(`s${i}`, 1, text)] }));
    expect((await all()).map(({ data }) => data)).toEqual(texts);
  });

  it('refuses an event above 256 KiB and a commit above 1 MiB, and writes nothing', async () => {
    const large = JSON.stringify({ t: 'x'.repeat(300_000) });
    await expect(
      log.append(anAppend('a', 1, { events: [anEvent('a', 1, large)] })),
    ).rejects.toMatchObject({
      code: 'event.too-large',
    });
    const text = JSON.stringify({ t: '数'.repeat(80_000) });
    const events = [1, 2, 3, 4, 5].map((version) => anEvent('a', version, text));
    await expect(log.append(anAppend('a', 1, { events }))).rejects.toMatchObject({
      code: 'commit.too-large',
    });
    expect(await log.head()).toEqual({ n: 0, g: 0 });
  });

  it('answers the first commit when its id comes again, and appends nothing', async () => {
    const append = anAppend('a', 1);
    const first = await log.append(append);
    const second = await log.append({ ...append, events: [anEvent('z', 1)], expects: [] });
    expect(first.isDuplicate).toBe(false);
    expect(second).toEqual({ header: first.header, isDuplicate: true });
    expect(await log.head()).toEqual({ n: 1, g: 1 });
  });

  it('appends once when the same id comes twice in one group', async () => {
    const append = anAppend('a', 1);
    const results = await Promise.all([log.append(append), log.append(append), log.append(append)]);
    expect(results.filter(({ isDuplicate }) => !isDuplicate)).toHaveLength(1);
    expect(new Set(results.map(({ header }) => header.n))).toEqual(new Set([1]));
    expect(await log.head()).toEqual({ n: 1, g: 1 });
  });

  it('finds a commit by its id', async () => {
    const append = anAppend('a', 1, { fingerprint: 'f' });
    await log.append(append);
    expect(await log.lookUp(append.id)).toEqual({
      n: 1,
      g: 1,
      count: 1,
      id: append.id,
      at: AT,
      fingerprint: 'f',
    });
    expect(await log.lookUp('018f4b3c-0000-8000-8000-000000000000')).toBeNull();
  });

  it('refuses a version that has moved on', async () => {
    await log.append(anAppend('a', 1));
    await expect(log.append(anAppend('a', 1))).rejects.toThrow('expected 0');
    await expect(log.append(anAppend('a', 3))).rejects.toThrow('expected 2');
    expect(await log.head()).toEqual({ n: 1, g: 1 });
  });

  it('lets one of many writers at the same version win', async () => {
    const results = await Promise.allSettled(
      Array.from({ length: 50 }, () => log.append(anAppend('a', 1))),
    );
    expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    expect(await log.readStream('a', 0)).toHaveLength(1);
  });

  it('writes several streams in one commit or none of them', async () => {
    await log.append(anAppend('b', 1));
    const both = (b: number) =>
      anAppend('a', 1, {
        events: [anEvent('a', 1), anEvent('b', b)],
        expects: [
          { stream: 'a', version: 0 },
          { stream: 'b', version: b - 1 },
        ],
      });
    await expect(log.append(both(1))).rejects.toThrow();
    expect(await log.readStream('a', 0)).toEqual([]);
    const { header } = await log.append(both(2));
    expect((await all()).filter(({ n }) => n === header.n).map(({ stream }) => stream)).toEqual([
      'a',
      'b',
    ]);
  });

  it('holds conditions on streams that the commit does not write', async () => {
    await log.append(anAppend('post', 1));
    const onCondition = (version: number) =>
      anAppend('a', 1, {
        expects: [
          { stream: 'a', version: 0 },
          { stream: 'post', version },
        ],
      });
    await expect(log.append(onCondition(0))).rejects.toThrow('expected 0');
    await log.append(onCondition(1));
    expect(await log.readStream('post', 0)).toHaveLength(1);
  });

  it('does not let one bad append among 256 take the others with it', async () => {
    await log.append(anAppend('taken', 1));
    const appends = Array.from({ length: 256 }, (_, i) =>
      i === 100 ? anAppend('taken', 1) : anAppend(`s${i}`, 1),
    );
    const results = await Promise.allSettled(appends.map((append) => log.append(append)));
    expect(results.filter(({ status }) => status === 'rejected')).toHaveLength(1);
    expect(results[100]!.status).toBe('rejected');
    expect((await all()).map(({ g }) => g)).toEqual(Array.from({ length: 256 }, (_, i) => i + 1));
  });

  it('rings after commits became visible, until hung up', async () => {
    const heads: ReturnType<EventLog['head']>[] = [];
    const hangUp = log.onAppend(() => void heads.push(log.head()));
    const seen = async () => (await Promise.all(heads)).map(({ g }) => g);
    await log.append(anAppend('a', 1));
    await log.append(anAppend('b', 1));
    while (!(await seen()).includes(2)) await turn();
    hangUp();
    const { length } = heads;
    await log.append(anAppend('c', 1));
    await log.head();
    expect(heads).toHaveLength(length);
  });

  it('keeps id, epoch, head and events over a restart', async () => {
    await log.append(anAppend('a', 1));
    const before = { identity: log.identity, events: await all() };
    await engine.close();
    await open();
    expect({ identity: log.identity, events: await all() }).toEqual(before);
    expect((await log.append(anAppend('a', 2))).header).toMatchObject({ n: 2, g: 2 });
  });

  it('writes what was accepted before it closes', async () => {
    const waiting = Array.from({ length: 100 }, (_, i) => log.append(anAppend(`s${i}`, 1)));
    const closed = engine.close();
    await Promise.all(waiting);
    await closed;
    await open();
    expect(await log.head()).toEqual({ n: 100, g: 100 });
  });

  it('gives each log an id of its own', async () => {
    const other = await engine.open('shelf');
    expect(other.log.identity.id).not.toBe(log.identity.id);
    expect(log.identity.epoch).toBe(1);
  });
}
