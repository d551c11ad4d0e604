import { describe, expect, it } from '@jest/globals';
import { aFolder, aPackHead, local } from '../test/build.js';
import { loadPacks, loadStandards } from './load.js';
import { InvalidPacks } from './pack-faults.js';
import type { PackFault } from './pack-faults.js';

const standards = await loadStandards();
const HEAT = { utility: 'heat', asOf: local('2026-01-15 09:00') };
const measured = (changes: object) =>
  standards.measured(
    { at: HEAT.asOf, rooms: [{ area: 12, celsius: [18] }], isSigned: true, ...changes },
    HEAT,
  );

async function faultsOf(files: Record<string, object>): Promise<readonly PackFault[]> {
  const head = aPackHead({ layer: 'city', utility: 'heat' });
  const folder = await aFolder({ city: { 'pack.yaml': head, ...files } });
  try {
    await loadPacks({ folders: [folder] });
    return [];
  } catch (error) {
    if (error instanceof InvalidPacks) return error.faults;
    throw error;
  }
}

const said = { description: { en: 'Ours', zh: '自定' }, clauses: ['H-003'], basis: 'ours' };
const temperature = (changes: object) => ({
  temperatures: [{ ...said, season: 'heating', celsius: { from: 18, to: 22 }, ...changes }],
});

describe('a measurement of room temperatures', () => {
  it.each([
    [15.9, 'too-cold'],
    [16, 'kept'],
    [20, 'kept'],
    [20.1, 'too-warm'],
  ])('of %d degrees is %s', (celsius, verdict) =>
    expect(measured({ rooms: [{ area: 12, celsius: [celsius] }] })?.verdict).toBe(verdict),
  );

  it.each([
    [15.99, 1],
    [16, 2],
    [29.99, 2],
    [30, 3],
  ])('of a room of %d m² has %d points', (area, points) =>
    expect(measured({ rooms: [{ area, celsius: [18] }] })?.points).toEqual([points]),
  );

  it('judges the mean of a room, and each room by itself', () => {
    const rooms = [
      { area: 20, celsius: [15, 17] },
      { area: 12, celsius: [15.9] },
    ];
    expect(measured({ rooms })?.verdict).toBe('too-cold');
    expect(measured({ rooms: rooms.slice(0, 1) })?.verdict).toBe('kept');
  });

  it('is judged by nobody for a utility that has no such rule', () =>
    expect(
      standards.measured({ at: HEAT.asOf, rooms: [], isSigned: true }, { utility: 'gas' }),
    ).toBeNull());

  it('follows a layer of the city', async () => {
    const folder = await aFolder({
      city: {
        'pack.yaml': aPackHead({ layer: 'city', utility: 'heat' }),
        'rooms.yaml': temperature({ id: 'heat.room-temperature' }),
      },
    });
    const stricter = await loadStandards({ folders: [folder] });
    const at = { at: HEAT.asOf, isSigned: true, rooms: [{ area: 12, celsius: [17] }] };
    expect(stricter.measured(at, HEAT)).toMatchObject({
      verdict: 'too-cold',
      packs: [{ pack: 'city' }, { pack: 'heat' }],
    });
  });
});

describe('a rate', () => {
  const rate = (reached: number, satisfied: number) =>
    standards.rate('rate.satisfaction', {
      ...HEAT,
      counts: { 'callbacks-reached': reached, 'callbacks-satisfied': satisfied },
    });

  it.each([
    [150, 147, true],
    [150, 146, false],
    [50, 49, true],
  ])('of %d with %d keeps 98 of a hundred: %s', (reached, satisfied, isKept) =>
    expect(rate(reached, satisfied)?.isKept).toBe(isKept),
  );

  it('of nothing is no figure and breaks no promise', () =>
    expect(rate(0, 0)).toMatchObject({ value: null, isKept: true }));

  it('that no pack has is none', () =>
    expect(standards.rate('rate.luck', { ...HEAT, counts: {} })).toBeNull());
});

describe('an inspection', () => {
  it('has the lines of its sheet', () =>
    expect(standards.inspectionSheet('field-visit', HEAT).map(({ id }) => id)).toContain(
      'heat.site.ring',
    ));

  it('refuses seconds where the line asks for yes or no', () =>
    expect(() => standards.finding('heat.staff.sober', { ...HEAT, found: 3 })).toThrow(
      'yes or no',
    ));

  it('has no line for another utility', () =>
    expect(
      standards.finding('heat.staff.sober', { ...HEAT, utility: 'gas', found: true }),
    ).toBeNull());
});

describe('a layer over the practice of the packs', () => {
  it.each([
    ['a second limit', { 'rooms.yaml': temperature({ id: 'city.rooms' }) }, 'choice.unclear'],
    [
      'a season that nobody has',
      { 'rooms.yaml': temperature({ id: 'heat.room-temperature', season: 'monsoon' }) },
      'season.unknown',
    ],
    [
      'areas with a gap',
      {
        'rooms.yaml': {
          points: [
            {
              ...{ ...said, id: 'heat.points.middle', area: { from: 16, below: 25 }, points: 2 },
              where: { en: 'Here', zh: '此处' },
            },
          ],
        },
      },
      'area',
    ],
    [
      'two notices of one occasion',
      {
        'notices.yaml': {
          notices: [{ ...said, id: 'city.stop', occasion: 'planned-stop', ahead: { hours: 72 } }],
        },
      },
      'choice.unclear',
    ],
    [
      'a figure without unit',
      {
        'notices.yaml': {
          notices: [
            { ...said, id: 'heat.notice.planned-stop', occasion: 'planned-stop', ahead: 72 },
          ],
        },
      },
      'type',
    ],
    [
      'a fact that nobody counts',
      {
        'rates.yaml': {
          rates: [
            {
              ...{ ...said, id: 'rate.satisfaction', appliesTo: {}, per: 'month' },
              ...{ numerator: 'smiles', denominator: 'callbacks-reached' },
            },
          ],
        },
      },
      'enum',
    ],
  ])('may not have %s', async (_, files, rule) =>
    expect((await faultsOf(files)).map((fault) => fault.rule)).toContain(rule),
  );
});
