import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { loadPacks } from '@shouwen/standards';
import { parse } from 'csv-parse/sync';
import { packsFolder } from './index.js';

const csv = await readFile(join(packsFolder, 'clauses.csv'), 'utf8');
const rows = parse(csv, { columns: true }) as Record<string, string>[];
const { packs, clauses } = await loadPacks({ shipped: packsFolder });

const citedBy = (utility: string, kind: 'clocks' | 'slots'): readonly string[] =>
  packs
    .filter((pack) => !pack.utility || pack.utility === utility)
    .flatMap((pack) => pack[kind].flatMap((entry) => entry.clauses));

describe('the clause catalogue', () => {
  it('has every row once, without the words of the source documents', () => {
    expect(new Set(rows.map((row) => row['id'])).size).toBe(423);
    expect(Object.keys(rows[0] ?? {})).not.toContain('quote_fragment');
    expect(clauses.size).toBe(423);
  });

  it.each([
    ['water', 'W-007 W-033 W-059 W-070 W-086 W-094'],
    ['heat', 'H-006 H-009 H-013 H-031 H-051 H-052'],
    ['gas', 'G-006 G-017 G-032 G-033 G-035'],
    ['power', 'P-002 P-048 P-053 P-058 P-087 V-010 V-013 V-014'],
  ])('has a clock for each arrival and answer row of %s', (utility, ids) => {
    expect(ids.split(' ').filter((id) => !citedBy(utility, 'clocks').includes(id))).toEqual([]);
  });

  it.each([
    ['heat', 'H-024'],
    ['gas', 'G-023'],
    ['water', 'W-037'],
  ])('has an agreed time for %s', (utility, id) => {
    expect(citedBy(utility, 'slots')).toContain(id);
  });

  it('is cited as stated only where a row states a figure of its own', () => {
    const figures = new Map(rows.map((row) => [row['id'], row['value_basis'] ?? '']));
    const wrong = packs
      .flatMap((pack) => pack.clocks)
      .filter((clock) => clock.basis === 'stated')
      .filter((clock) => !clock.clauses.every((id) => figures.get(id)?.startsWith('stated')));
    expect(wrong.map((clock) => clock.id)).toEqual([]);
  });
});
