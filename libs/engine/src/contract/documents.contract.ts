import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from '@jest/globals';
import type { Documents, Engine, Find, Put } from '../ports.js';
import type { OpenEngine } from './world.js';

const TABLE = {
  name: 'view:tickets:1',
  indexes: ['status', 'dueAt', 'unit', 'place.floor', 'isOpen'],
};

export function documentContract(openEngine: OpenEngine): void {
  let directory: string;
  let engine: Engine;
  let documents: Documents;
  beforeEach(async () => {
    directory = mkdtempSync(join(tmpdir(), 'shouwen-documents-'));
    engine = await openEngine({ directory, from: '2026-01-15T08:00:00.000Z' });
    ({ documents } = await engine.open('desk'));
    await documents.define(TABLE);
  });
  afterEach(async () => {
    await engine.close();
    rmSync(directory, { recursive: true, force: true });
  });
  const put = (id: string, document: object | null, more: Partial<Put> = {}): Put => ({
    table: TABLE.name,
    tenant: 'main',
    id,
    document,
    ...more,
  });
  const ids = async (find: Find, tenant: string | null = 'main') =>
    (await documents.find(TABLE.name, tenant, find)).items.map((d) => (d as { id: string }).id);
  const fill = () =>
    documents.write(
      ['a', 'b', 'c', 'd', 'e'].map((id, i) =>
        put(id, {
          id,
          status: i < 3 ? 'open' : 'closed',
          dueAt: `2026-01-0${5 - i}`,
          unit: i < 2 ? '/m/heat/east' : i < 4 ? '/m/heat' : '/m/heat-2',
          place: { floor: i },
          ...(i === 2 ? {} : { isOpen: i < 3 }),
        }),
      ),
    );

  it('gives back what was put, and null for what was not', async () => {
    const document = { id: 'a', status: 'open', list: [1, { x: '数' }], $sealed: 'text' };
    await documents.write([put('a', document)]);
    expect(await documents.get(TABLE.name, 'main', 'a')).toEqual(document);
    expect(await documents.get(TABLE.name, 'main', 'b')).toBeNull();
    expect(
      await documents.getMany(TABLE.name, [
        { tenant: 'main', id: 'b' },
        { tenant: 'main', id: 'a' },
      ]),
    ).toEqual([null, document]);
  });

  it('replaces and removes', async () => {
    await documents.write([put('a', { id: 'a', status: 'open' }), put('b', { id: 'b' })]);
    await documents.write([put('a', { id: 'a', status: 'closed' }), put('b', null)]);
    expect(await ids({})).toEqual(['a']);
    expect(await ids({ where: { status: { is: 'open' } } })).toEqual([]);
    expect(await documents.count(TABLE.name)).toBe(1);
  });

  it('keeps tenants apart', async () => {
    await documents.write([put('a', { id: 'a' }), put('a', { id: 'other' }, { tenant: 'second' })]);
    expect(await ids({}, 'second')).toEqual(['other']);
    expect(await ids({})).toEqual(['a']);
    expect(await ids({}, null)).toHaveLength(2);
  });

  it.each<[string, Find, string[]]>([
    ['equality', { where: { status: { is: 'open' } } }, ['a', 'b', 'c']],
    ['absence', { where: { isOpen: { is: null } } }, ['c']],
    ['a boolean', { where: { isOpen: { is: true } } }, ['a', 'b']],
    ['a list', { where: { 'place.floor': { in: [0, 4, 9] } } }, ['a', 'e']],
    ['an empty list', { where: { status: { in: [] } } }, []],
    ['a prefix', { where: { unit: { prefix: '/m/heat/' } } }, ['a', 'b']],
    ['a closed range', { where: { 'place.floor': { from: 1, to: 3 } } }, ['b', 'c', 'd']],
    ['an open range', { where: { 'place.floor': { above: 1, below: 3 } } }, ['c']],
    [
      'two conditions',
      { where: { status: { is: 'open' }, dueAt: { from: '2026-01-04' } } },
      ['a', 'b'],
    ],
    [
      'a unit and what is below it',
      { within: { by: 'unit', units: ['/m/heat'] } },
      ['a', 'b', 'c', 'd'],
    ],
    [
      'a lower unit',
      { within: { by: 'unit', units: ['/m/heat/east', '/m/heat-2'] } },
      ['a', 'b', 'e'],
    ],
    [
      'a unit, or a name wherever it lies',
      { within: { by: 'unit', units: ['/m/heat-2'], or: { by: 'dueAt', is: '2026-01-03' } } },
      ['c', 'e'],
    ],
    ['a sort', { sort: { by: 'dueAt', order: 'ascending' } }, ['e', 'd', 'c', 'b', 'a']],
    [
      'a sort downwards with ties',
      { sort: { by: 'status', order: 'descending' } },
      ['c', 'b', 'a', 'e', 'd'],
    ],
  ])('finds by %s', async (_what, find, expected) => {
    await fill();
    expect(await ids(find)).toEqual(expected);
  });

  it('finds by any item of a list, and no longer once it is gone from there', async () => {
    const list = (id: string, units: string[]) => put(id, { id, unit: units, status: 'open' });
    await documents.write([list('a', ['/m/heat', '/m/gas']), list('b', ['/m/gas', '/m/gas'])]);
    await documents.write([put('c', { id: 'c', unit: '/m/gas' })]);
    const by = (unit: string) => ids({ where: { unit: { is: unit }, status: { is: 'open' } } });
    expect(await by('/m/gas')).toEqual(['a', 'b']);
    expect(await ids({ where: { unit: { in: ['/m/gas', '/m/water'] } } })).toEqual(['a', 'b', 'c']);
    expect(await ids({ where: { unit: { prefix: '/m/h' } } })).toEqual(['a']);
    // `c` has no status, so it lies within everybody's reach.
    const named = { by: 'unit', is: '/m/heat' };
    expect(await ids({ within: { by: 'status', units: [], or: named } })).toEqual(['a', 'c']);
    await documents.write([list('a', ['/m/heat']), put('b', null)]);
    expect(await by('/m/gas')).toEqual([]);
    expect(await by('/m/heat')).toEqual(['a']);
  });

  it('pages through everything once, whatever the sort', async () => {
    await documents.write(
      Array.from({ length: 25 }, (_, i) =>
        put(`d${String(i).padStart(2, '0')}`, {
          id: `d${String(i).padStart(2, '0')}`,
          ...(i % 4 ? { status: `s${i % 3}` } : {}),
        }),
      ),
    );
    for (const order of ['ascending', 'descending'] as const) {
      const seen: string[] = [];
      let cursor: string | undefined;
      do {
        const page = await documents.find(TABLE.name, 'main', {
          sort: { by: 'status', order },
          limit: 7,
          ...(cursor === undefined ? {} : { cursor }),
        });
        seen.push(...page.items.map((d) => (d as { id: string }).id));
        cursor = page.next;
      } while (cursor !== undefined);
      expect(seen).toHaveLength(25);
      expect(new Set(seen).size).toBe(25);
    }
  });

  it('refuses a filter that is not declared and a cursor that is none', async () => {
    await expect(ids({ where: { colour: { is: 'red' } } })).rejects.toMatchObject({
      code: 'filter.unknown',
    });
    await expect(ids({ cursor: 'bm9uc2Vuc2U' })).rejects.toMatchObject({ code: 'cursor.invalid' });
  });

  it('writes a batch together or not at all, and only from the value it started from', async () => {
    await documents.write([put('a', { id: 'a', g: 1 }, { ifWas: null })]);
    await documents.write([put('a', { id: 'a', g: 2 }, { ifWas: { id: 'a', g: 1 } })]);
    const zombie = [
      put('b', { id: 'b' }),
      put('a', { id: 'a', g: 3 }, { ifWas: { id: 'a', g: 1 } }),
    ];
    await expect(documents.write(zombie)).rejects.toThrow('changed by somebody else');
    expect(await documents.get(TABLE.name, 'main', 'b')).toBeNull();
    expect(await documents.get(TABLE.name, 'main', 'a')).toEqual({ id: 'a', g: 2 });
    await expect(documents.write([put('a', {}, { ifWas: null })])).rejects.toThrow();
  });

  it('knows its tables again, and refuses other indexes under the same name', async () => {
    await documents.define(TABLE);
    await expect(documents.define({ ...TABLE, indexes: ['status'] })).rejects.toThrow('exists');
    await documents.drop(TABLE.name);
    expect(await documents.tables()).toEqual([]);
    await documents.define({ ...TABLE, indexes: ['status'] });
    expect(await ids({})).toEqual([]);
  });
}
