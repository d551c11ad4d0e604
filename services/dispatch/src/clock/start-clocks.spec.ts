import { describe, expect, it } from '@jest/globals';
import { ClockAwaited, GridDefined, UtilityRouted } from '@shouwen/contracts';
import type { Event } from '@shouwen/engine';
import { loadStandards } from '@shouwen/standards';
import { past, spec, type Past } from '@shouwen/testkit';
import {
  aClockOpened,
  aStageReached,
  aStart,
  after,
  EAST,
  HOUR,
  inShort,
  TICKET,
  WEST,
} from '../../test/build-clock.js';
import { grids } from '../grid/grid.js';
import { routings } from '../routing/routing.js';
import { startClocks } from './start-clocks.js';

const given = spec(startClocks, { standards: await loadStandards() });
const gridOf = (unit: string) =>
  past(
    grids,
    'H-017',
    GridDefined({ gridCode: 'H-017', utility: 'heat', name: 'Dongmen', unit, streets: [] }),
  );
const { unit: _unit, ...unplaced } = aStart();

describe('start the clocks of a ticket', () => {
  it('runs the limits of the type from receipt, and schedules the ladder', () =>
    expect(inShort(given().when(aStart()).events())).toEqual([
      'clock-opened',
      'clock-started arrive#1 60',
      'clock-started restore#1 1440',
      'escalation-scheduled station-head#1 1440',
      'escalation-scheduled company-manager#1 2880',
      'escalation-scheduled field-manager#1 4320',
      'escalation-scheduled general-manager#1 5760',
    ]));

  it('cites the clauses that a limit and a step come from, in the data and beside it', () => {
    const events = given().when(aStart()).events();
    const arrive = events.find(({ data }) => 'stage' in data && data.stage === 'arrive');
    expect(arrive?.pack?.clauses).toEqual(['H-006']);
    expect(arrive?.data).toMatchObject({ pack: { pack: 'heat', clauses: ['H-006'] } });
    const step = events.find(({ data }) => 'step' in data && data.step === 'station-head');
    expect(step?.pack?.clauses).toEqual(['H-042']);
  });

  it('changes nothing when told twice', () =>
    given(aClockOpened()).when(aStart()).changesNothing());

  it('opens a clock without limits for a ticket that nobody has classified', () =>
    expect(
      inShort(
        given()
          .when(aStart({ utility: 'unknown', typeCode: 'unclassified', category: 'unclassified' }))
          .events(),
      ),
    ).toEqual(['clock-opened']));

  it('marks the limits that had passed before the ticket was recorded', () =>
    expect(
      inShort(
        given()
          .when(aStart({ isLateEntry: true, knownFrom: after(90) }))
          .events(),
      ),
    ).toEqual(
      expect.arrayContaining([
        'clock-started arrive#1 60 late entry',
        'clock-started restore#1 1440',
      ]),
    ));

  it('judges by evidence that was heard of before the ticket', () =>
    expect(
      inShort(
        given(aStageReached('arrive', after(20)))
          .when(aStart())
          .events(),
      ),
    ).toContain('clock-met arrive#1 20 on time'));

  it('counts a crew that was there before the receipt as there at receipt', () =>
    expect(
      inShort(
        given(aStageReached('arrive', after(-30)))
          .when(aStart())
          .events(),
      ),
    ).toContain('clock-met arrive#1 0 on time'));

  it('starts the callback and stops the ladder when the ticket was handled before it was known', () => {
    const events = inShort(
      given(aStageReached('restore', after(5 * HOUR)))
        .when(aStart())
        .events(),
    );
    expect(events).toContain('clock-met restore#1 300 on time');
    expect(events.filter((one) => one.startsWith('clock-started callback#1'))).toHaveLength(1);
    expect(events.filter((one) => one.startsWith('escalation'))).toEqual([]);
  });

  it('lets a slot that was agreed before the clock stood in for the arrival limit', () => {
    const slot = { from: after(180), to: after(240), appointedAt: after(5) };
    expect(
      inShort(
        given(ClockAwaited({ ticketId: TICKET, slot }))
          .when(aStart())
          .events(),
      ).slice(0, 5),
    ).toEqual([
      'clock-opened',
      'clock-started arrive#1 60',
      'clock-started restore#1 1440',
      'clock-withdrawn arrive#1 5',
      'clock-started arrive#2 170',
    ]);
  });
});

describe('the unit that answers for the limits', () => {
  const unitFrom = (history: readonly (Event | Past)[], fields: object) =>
    (
      given(...history)
        .when({ ...unplaced, ...fields })
        .events()[0]?.data as { unit: string }
    ).unit;

  it('is the one that a person chose', () =>
    expect(unitFrom([gridOf(WEST)], { unit: EAST, gridCode: 'H-017' })).toBe(EAST));

  it('is the one that has the work already', () =>
    expect(unitFrom([ClockAwaited({ ticketId: TICKET, unit: WEST })], { unit: EAST })).toBe(WEST));

  it('is that of the grid', () =>
    expect(unitFrom([gridOf(WEST)], { gridCode: 'H-017' })).toBe(WEST));

  it('is that of the utility where the grid is unknown', () => {
    const toCompany = UtilityRouted({ utility: 'heat', unit: '/mingcheng/heat' });
    expect(unitFrom([past(routings, 'heat', toCompany)], {})).toBe('/mingcheng/heat');
  });

  it('is where the ticket was taken while no rule places it', () => {
    expect(unitFrom([], { takenIn: '/mingcheng/centre' })).toBe('/mingcheng/centre');
    expect(unitFrom([], {})).toBe('/');
  });

  it('is never one that the ticket complains about', () =>
    expect(unitFrom([gridOf(EAST)], { gridCode: 'H-017', aboutUnits: [EAST] })).toBe(
      '/mingcheng/heat',
    ));
});

describe('the zone of a place', () => {
  const GRID = 'P-R1';
  const outage = { utility: 'power', typeCode: 'power.outage', category: 'repair', gridCode: GRID };
  const grid = (fields: Partial<GridDefined['data']> = {}) =>
    past(
      grids,
      GRID,
      GridDefined({
        ...{ gridCode: GRID, utility: 'power', name: 'Beishan', unit: EAST, streets: [] },
        ...fields,
      }),
    );
  const arrival = (...history: readonly Past[]) =>
    inShort(
      given(...history)
        .when(aStart(outage))
        .events(),
    )[1];

  it.each([
    ['urban', 45],
    ['rural', 90],
    ['remote', 120],
  ] as const)('is %s: power arrives within %s minutes', (zone, minutes) =>
    expect(arrival(grid({ zone }))).toBe(`clock-started arrive#1 ${minutes}`),
  );

  it('is kept with the clock', () =>
    expect(
      given(grid({ zone: 'rural' }))
        .when(aStart(outage))
        .events()[0]!.data,
    ).toMatchObject({
      zone: 'rural',
    }));

  it('is not guessed: power arrives as in the city where nobody said', () =>
    expect(arrival(grid())).toBe('clock-started arrive#1 45'));

  it('is not that of another utility', () =>
    expect(arrival(grid({ utility: 'heat', zone: 'remote' }))).toBe('clock-started arrive#1 45'));
});
