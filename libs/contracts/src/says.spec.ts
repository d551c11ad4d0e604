import { describe, expect, it } from '@jest/globals';
import type { EventContract } from '@shouwen/engine';
import { everyContract } from './every.js';
import { fill, FORMATS, placeholdersOf, type Language } from './plain-words.js';
import { samples } from './samples.js';

const LANGUAGES: readonly Language[] = ['en', 'zh'];
const newest = ({ type, version }: EventContract) =>
  samples(type).filter((sample) => sample.version === version);

const withoutPersonal = (contract: EventContract, data: object): object => {
  const hidden = Object.values(contract.personal ?? {}).flatMap((fields) => Object.keys(fields));
  return Object.fromEntries(Object.entries(data).filter(([name]) => !hidden.includes(name)));
};

describe.each(everyContract.map((contract) => [contract.type, contract] as const))(
  'what %s says',
  (_, contract) => {
    it('asks only for fields that a sample has, in formats that exist', () => {
      const known = new Set(newest(contract).flatMap(({ data }) => Object.keys(data)));
      for (const language of LANGUAGES)
        for (const { field, format } of placeholdersOf(contract.says[language])) {
          expect(known).toContain(field.split('.')[0]);
          if (format) expect(FORMATS).toContain(format);
        }
    });

    it('is a whole sentence in both languages, with and without what is personal', () => {
      expect(newest(contract).length).toBeGreaterThan(0);
      for (const { data } of newest(contract))
        for (const language of LANGUAGES)
          for (const shown of [data, withoutPersonal(contract, data)]) {
            const sentence = fill(contract.says[language], shown, { language });
            expect(sentence).not.toMatch(/[{}|]|undefined|\[object|NaN/);
            expect(sentence).not.toMatch(/\d{4}-\d\d-\d\dT\d\d/);
          }
    });

    it('says the same in Chinese as in English, field for field', () => {
      const asked = (language: Language) =>
        placeholdersOf(contract.says[language]).map(({ field }) => field.replace(/(En|Zh)$/, ''));
      expect([...new Set(asked('zh'))].sort()).toEqual([...new Set(asked('en'))].sort());
    });

    it('ends as a sentence ends', () => {
      expect(contract.says.en).toMatch(/[.?}]$/);
      expect(contract.says.zh).toMatch(/[。？}]$/);
    });
  },
);
