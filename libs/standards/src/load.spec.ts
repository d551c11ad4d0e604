import { describe, expect, it } from '@jest/globals';
import { aClock, aFolder, aPackHead, local } from '../test/build.js';
import { loadStandards } from './load.js';
import { InvalidPacks } from './pack-faults.js';
import type { Standards } from './standards.js';

type Files = Record<string, object | string>;

const mounted = async (...packs: Files[]): Promise<Standards> =>
  loadStandards({
    folders: [await aFolder(Object.fromEntries(packs.map((p, i) => [`p${i}`, p])))],
  });

/** Faults of a mounted pack as `file entry field rule`. */
async function faultsOf(...packs: Files[]): Promise<string[]> {
  const error: unknown = await mounted(...packs).then(
    () => null,
    (thrown: unknown) => thrown,
  );
  if (!(error instanceof InvalidPacks)) throw new Error('The packs were accepted.');
  return error.faults.map((f) => `${f.file.split('/').pop()} ${f.entry} ${f.field} ${f.rule}`);
}

const withClock = (changes: Record<string, unknown>): Files => ({
  'pack.yaml': aPackHead(),
  'clocks.yaml': { clocks: [aClock(changes)] },
});

const arrivalOf = (standards: Standards, receivedAt: string) =>
  standards
    .deadlines({
      utility: 'heat',
      typeCode: 'heat.no-heat',
      category: 'repair',
      receivedAt: local(receivedAt),
    })
    .find((d) => d.stage === 'arrive');

describe('a pack that cannot be used names file, entry, field and rule', () => {
  const bad: [string, Files, string][] = [
    ['an unknown key', withClock({ colour: 'red' }), 'clocks.yaml city.arrive colour unknown-key'],
    ['a missing unit', withClock({ within: 45 }), 'clocks.yaml city.arrive within unit.missing'],
    [
      'two units',
      withClock({ within: { hours: 1, days: 1 } }),
      'clocks.yaml city.arrive within unit.missing',
    ],
    [
      'an unknown unit',
      withClock({ within: { weeks: 1 } }),
      'clocks.yaml city.arrive within.weeks unknown-key',
    ],
    [
      'a negative figure',
      withClock({ within: { hours: -1 } }),
      'clocks.yaml city.arrive within.hours minimum',
    ],
    [
      'a missing description',
      withClock({ description: { en: 'x' } }),
      'clocks.yaml city.arrive description.zh missing',
    ],
    [
      'an unknown clause',
      withClock({ clauses: ['H-999'] }),
      'clocks.yaml city.arrive clauses clause.unknown',
    ],
    ['no clause', withClock({ clauses: [] }), 'clocks.yaml city.arrive clauses minItems'],
    [
      'an unknown strategy',
      withClock({ strategy: 'magic' }),
      'clocks.yaml city.arrive strategy strategy.unknown',
    ],
    [
      'an unknown calendar',
      withClock({ calendar: 'moon' }),
      'clocks.yaml city.arrive calendar calendar.unknown',
    ],
    ['an unknown stage', withClock({ stage: 'dance' }), 'clocks.yaml city.arrive stage enum'],
    [
      'an unknown ticket type',
      withClock({ appliesTo: { types: ['heat.ufo'] } }),
      'clocks.yaml city.arrive appliesTo.types type.unknown',
    ],
    [
      'no file of that name',
      { 'pack.yaml': aPackHead(), 'clock.yaml': {} },
      'clock.yaml - clock.yaml file.unknown',
    ],
    [
      'broken YAML',
      { 'pack.yaml': aPackHead(), 'clocks.yaml': 'clocks: [' },
      'clocks.yaml - - yaml',
    ],
    [
      'another zone',
      { 'pack.yaml': aPackHead({ zone: 'Europe/Paris' }) },
      'pack.yaml p0 zone const',
    ],
    [
      'an entry twice',
      { 'pack.yaml': aPackHead(), 'clocks.yaml': { clocks: [aClock(), aClock()] } },
      'clocks.yaml city.arrive id id.twice',
    ],
    [
      'two clocks that suit a type equally',
      {
        'pack.yaml': aPackHead(),
        'clocks.yaml': { clocks: [aClock(), aClock({ id: 'city.other' })] },
      },
      'clocks.yaml city.other appliesTo choice.unclear',
    ],
    [
      'a withdrawal of nothing',
      {
        'pack.yaml': aPackHead(),
        'clocks.yaml': {
          clocks: [{ id: 'no.such', isWithdrawn: true, description: { en: 'x', zh: 'x' } }],
        },
      },
      'clocks.yaml no.such isWithdrawn withdrawn.unknown',
    ],
    [
      'a ladder that goes down',
      {
        'pack.yaml': aPackHead(),
        'ladders.yaml': {
          ladders: [
            {
              ...{
                id: 'city.ladder',
                description: { en: 'x', zh: 'x' },
                basis: 'ours',
                from: 'receipt',
              },
              appliesTo: {},
              steps: [
                { id: 'a', after: { hours: 5 }, post: 'boss', clauses: ['H-042'] },
                { id: 'b', after: { hours: 4 }, post: 'boss', clauses: ['H-042'] },
              ],
            },
          ],
        },
      },
      'ladders.yaml city.ladder steps ladder.order',
    ],
    [
      'shifts that overlap',
      {
        'pack.yaml': aPackHead(),
        'calendar.yaml': {
          calendars: [
            {
              ...{
                id: 'city.hours',
                description: { en: 'x', zh: 'x' },
                clauses: ['V-018'],
                basis: 'ours',
              },
              ...{ weekdays: [1], hours: ['08:00-12:00', '11:00-17:00'] },
            },
          ],
        },
      },
      'calendar.yaml city.hours hours time',
    ],
    [
      'a safety type without safety words',
      {
        'pack.yaml': aPackHead(),
        'types.yaml': {
          types: [
            {
              ...{ code: 'heat.steam', category: 'emergency', name: { en: 'x', zh: 'x' } },
              ...{
                needsWorkOrder: true,
                isSafety: true,
                clauses: ['H-009'],
                words: { strong: ['steam'] },
              },
            },
          ],
        },
      },
      'types.yaml heat.steam safetyWords safety-words.missing',
    ],
  ];

  it.each(bad)('%s', async (_, files, fault) => {
    expect(await faultsOf(files)).toContain(fault);
  });

  const dated = (...values: object[]) => {
    const { within: _within, ...clock } = aClock();
    return { 'pack.yaml': aPackHead(), 'clocks.yaml': { clocks: [{ ...clock, values }] } };
  };
  const [early, late] = [{ within: { minutes: 60 } }, { within: { minutes: 45 } }];

  it.each([
    [
      'a gap between dated figures',
      [
        { from: '2020-01-01', until: '2025-01-01', ...early },
        { from: '2026-01-01', ...late },
      ],
      'dates.gap',
    ],
    [
      'figures that overlap',
      [
        { from: '2020-01-01', until: '2026-06-01', ...early },
        { from: '2026-01-01', ...late },
      ],
      'dates.overlap',
    ],
    ['no figure at the end', [{ from: '2020-01-01', until: '2025-01-01', ...early }], 'dates.gap'],
    ['no figure at the beginning', [{ from: '2021-01-01', ...early }], 'dates.gap'],
  ])('%s', async (_, values, rule) => {
    expect(await faultsOf(dated(...values))).toEqual([`clocks.yaml city.arrive values ${rule}`]);
  });

  it('takes the dated figure of the day of receipt', async () => {
    const standards = await mounted(
      dated({ from: '2020-01-01', until: '2026-01-01', ...early }, { from: '2026-01-01', ...late }),
    );
    expect([
      arrivalOf(standards, '2025-12-31 23:59')?.dueAt,
      arrivalOf(standards, '2026-01-01 00:00')?.dueAt,
    ]).toEqual([local('2026-01-01 00:59'), local('2026-01-01 00:45')]);
  });

  it('reports every fault at once', async () => {
    const clocks = [aClock({ clauses: ['X-1'] }), aClock({ id: 'city.b', clauses: ['X-2'] })];
    const faults = await faultsOf({ 'pack.yaml': aPackHead(), 'clocks.yaml': { clocks } });
    expect(faults.filter((f) => f.endsWith('clause.unknown'))).toHaveLength(2);
  });

  it('two packs of one layer with the same entry', async () => {
    const other = { 'pack.yaml': aPackHead({ id: 'town' }), 'clocks.yaml': { clocks: [aClock()] } };
    expect(await faultsOf(withClock({}), other)).toEqual([
      'clocks.yaml city.arrive id layer.collision',
    ]);
  });

  it('two editions from the same day', async () => {
    const again = { 'pack.yaml': aPackHead({ version: '2.0' }) };
    expect(await faultsOf(withClock({}), again)).toEqual(['types.yaml city from dates.overlap']);
  });
});

describe('layers', () => {
  it('let a city replace an entry of the utility by its id, wholly', async () => {
    const standards = await mounted(withClock({ id: 'heat.arrive' }));
    const arrival = arrivalOf(standards, '2026-01-15 20:00');
    expect(arrival).toEqual({
      ...{ deadline: 'arrive', stage: 'arrive', startAt: local('2026-01-15 20:00') },
      ...{ dueAt: local('2026-01-15 20:45'), calendar: 'round-the-clock' },
      ...{ isCalendarGuessed: false, isReplacedBySlot: false },
      pack: { pack: 'city', version: '1.0', hash: arrival?.pack.hash, clauses: ['H-006'] },
    });
  });

  it('let a company speak after the city', async () => {
    const standards = await mounted(
      {
        'pack.yaml': aPackHead({ id: 'company', layer: 'company' }),
        'clocks.yaml': { clocks: [aClock({ within: { minutes: 30 } })] },
      },
      withClock({}),
    );
    expect(arrivalOf(standards, '2026-01-15 20:00')?.dueAt).toBe(local('2026-01-15 20:30'));
  });

  it('keep a pack for one utility away from the others', async () => {
    const standards = await mounted({
      'pack.yaml': aPackHead({ utility: 'gas' }),
      'clocks.yaml': { clocks: [aClock()] },
    });
    expect(arrivalOf(standards, '2026-01-15 20:00')?.dueAt).toBe(local('2026-01-15 21:00'));
  });

  it('let a later layer take an entry away', async () => {
    const withdrawn = {
      id: 'heat.arrive',
      isWithdrawn: true,
      description: { en: 'None', zh: '无' },
    };
    const standards = await mounted({
      'pack.yaml': aPackHead({ utility: 'heat' }),
      'clocks.yaml': { clocks: [withdrawn] },
    });
    expect(arrivalOf(standards, '2026-01-15 20:00')).toBeUndefined();
  });

  it('replace a shipped pack by a mounted one of the same id', async () => {
    const standards = await mounted({
      'pack.yaml': aPackHead({ id: 'heat', layer: 'utility', utility: 'heat', version: '9.9' }),
    });
    const asOf = local('2026-01-15 20:00');
    expect(standards.resolve('heat', asOf)?.version).toBe('9.9');
    expect(standards.types(asOf).filter((type) => type.utility === 'heat')).toEqual([]);
  });
});

describe('editions of a pack', () => {
  const edition = (version: string, from: string, within: object): Files => ({
    'pack.yaml': aPackHead({ version, from }),
    'clocks.yaml': { clocks: [aClock({ within })] },
  });

  it('hold from their day to the next one, judged by the receipt', async () => {
    const standards = await mounted(
      edition('1.0', '2020-01-01', { minutes: 50 }),
      edition('2.0', '2026-07-01', { minutes: 40 }),
    );
    const found = ['2019-12-31 23:59', '2026-06-30 23:59', '2026-07-01 00:00'].map((at) => {
      const arrival = arrivalOf(standards, at);
      return [
        arrival?.pack.version,
        (Date.parse(arrival?.dueAt ?? '') - Date.parse(local(at))) / 60_000,
      ];
    });
    expect(found).toEqual([
      ['1.0.0', 60],
      ['1.0', 50],
      ['2.0', 40],
    ]);
    expect(standards.resolve('city', local('2019-01-01 00:00'))).toBeNull();
  });

  it('have one hash for one content, whatever the layout', async () => {
    const at = local('2026-01-15 20:00');
    const hashOf = async (files: Files) => (await mounted(files)).resolve('city', at)?.hash;
    const plain = await hashOf(withClock({}));
    const { id, ...rest } = aClock();
    const reordered = { 'pack.yaml': aPackHead(), 'clocks.yaml': { clocks: [{ ...rest, id }] } };
    expect(plain).toMatch(/^[0-9a-f]{64}$/);
    expect(await hashOf(reordered)).toBe(plain);
    expect(await hashOf(withClock({ within: { minutes: 46 } }))).not.toBe(plain);
  });
});
