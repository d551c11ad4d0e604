import { readdirSync, readFileSync } from 'node:fs';
import { loadStandards } from '@shouwen/standards';
import { readFile } from './import-file.js';
import { readMap } from './map.js';

const FOLDER = new URL('../../../../deploy/import/', import.meta.url);
const MAPS = readdirSync(FOLDER).filter((name) => name.endsWith('.yaml'));
const mapOf = (name: string) => readMap(readFileSync(new URL(name, FOLDER), 'utf8'));

describe('the maps that ship', () => {
  it('are there for the sample and for five public files', () => expect(MAPS).toHaveLength(6));

  it.each(MAPS)(
    '%s names only ticket types of its utility that the standards have',
    async (name) => {
      const standards = await loadStandards();
      const map = mapOf(name);
      const { typeCode } = map.fields;
      const codes = [
        ...(typeCode && 'table' in typeCode ? Object.values(typeCode.table ?? {}) : []),
        ...Object.values(map.fallbackTypes),
      ];
      const unknown = codes.filter((code) => !standards.type(code, '2026-01-15T00:00:00.000Z'));
      expect(unknown).toEqual([]);
      for (const [utility, code] of Object.entries(map.fallbackTypes))
        expect(code.split('.')[0]).toBe(utility);
    },
  );
});

describe('the sample that ships', () => {
  it('holds good lines of every utility, and some that are bad on purpose', async () => {
    const file = new URL('sample.csv', FOLDER).pathname;
    const { entries, account } = await readFile(file, mapOf('sample.yaml'));
    expect(account.counts).toEqual({ read: 120, opened: 0, joined: 0, skipped: 2, rejected: 5 });
    expect(entries).toHaveLength(113);
    expect(account.rejections.map(({ line, field }) => `${line} ${field}`)).toEqual([
      '37 时间',
      '56 line',
      '76 line',
      '103 description',
      '110 channel',
    ]);
    const utilities = new Set(entries.map(({ fields }) => fields.utility));
    expect([...utilities].sort()).toEqual(['gas', 'heat', 'power', 'water']);
    expect(entries.some(({ fields }) => fields.isAnonymous === 'true')).toBe(true);
    expect(entries.every(({ fields }) => /^199/.test(fields.callerPhone ?? '199'))).toBe(true);
  });
});
