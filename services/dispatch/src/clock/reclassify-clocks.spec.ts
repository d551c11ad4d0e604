import { describe, expect, it } from '@jest/globals';
import { GridDefined } from '@shouwen/contracts';
import { loadStandards } from '@shouwen/standards';
import { past, spec } from '@shouwen/testkit';
import {
  aClockBreached,
  aClockEnded,
  aClockMet,
  aClockOpened,
  aClockReclassified,
  aClockStarted,
  aClockWithdrawn,
  after,
  anEscalationScheduled,
  aRestoringStarted,
  aTicketEscalated,
  EAST,
  HEAD,
  HOUR,
  inShort,
  TICKET,
} from '../../test/build-clock.js';
import { grids } from '../grid/grid.js';
import { reclassifyClocks } from './reclassify-clocks.js';

const given = spec(reclassifyClocks, { standards: await loadStandards() });
const asLeak = (fields: object = {}) => ({
  ...{ ticketId: TICKET, utility: 'heat', typeCode: 'heat.leak', category: 'repair' },
  ...{ aboutStaff: [], aboutUnits: [], occurredAt: after(30), knownFrom: after(30) },
  ...fields,
});
const asComplaint = (fields: object = {}) =>
  asLeak({ typeCode: 'heat.complaint', category: 'complaint', ...fields });
const asGasLeak = (fields: object = {}) =>
  asLeak({ utility: 'gas', typeCode: 'gas.leak-alarm', category: 'emergency', ...fields });
const running = [aClockOpened(), aClockStarted(), aRestoringStarted()];

describe('reclassify the clocks of a ticket', () => {
  it('withdraws the old limits and runs the new ones from the same receipt', () =>
    expect(
      inShort(
        given(...running)
          .when(asComplaint())
          .events(),
      ),
    ).toEqual([
      'clock-withdrawn arrive#1 30',
      'clock-withdrawn restore#1 30',
      'clock-reclassified',
      'clock-started answer#1 1440',
      'escalation-scheduled station-head#1 1440',
      'escalation-scheduled company-manager#1 2880',
      'escalation-scheduled field-manager#1 4320',
      'escalation-scheduled general-manager#1 5760',
    ]));

  it('gives the verdict at once where the new limit was met already', () =>
    expect(
      inShort(
        given(...running, aClockMet())
          .when(asLeak())
          .events(),
      ),
    ).toContain('clock-met arrive#2 50 on time'));

  it('corrects a breach of the old limit for those who were told', () =>
    expect(
      given(aClockOpened(), aClockStarted(), aClockBreached())
        .when(asComplaint({ occurredAt: after(90), knownFrom: after(90) }))
        .events()[0],
    ).toEqual(aClockWithdrawn({ because: 'reclassified', withdrawnAt: after(90), tells: [HEAD] })));

  it('judges in silence what had passed before anybody knew the type', () =>
    expect(
      inShort(
        given(aClockOpened({ typeCode: 'unclassified', category: 'unclassified' }))
          .when(asLeak({ occurredAt: after(90), knownFrom: after(90) }))
          .events(),
      ),
    ).toContain('clock-started arrive#1 60 late entry'));

  it('lets the same ladder go on', () =>
    expect(
      inShort(
        given(...running, anEscalationScheduled(), aTicketEscalated())
          .when(asComplaint({ occurredAt: after(30 * HOUR) }))
          .events(),
      ).filter((one) => one.startsWith('escalation')),
    ).toEqual([]));

  it('stops the ladder of a type that has another one or none', () =>
    expect(
      inShort(
        given(...running, anEscalationScheduled())
          .when(asGasLeak())
          .events(),
      ),
    ).toContain('escalation-stopped 30'));

  it('moves the clock to where the work of another utility goes', () => {
    const unit = '/mingcheng/gas/emergency';
    const grid = GridDefined({
      gridCode: 'G-1',
      utility: 'gas',
      name: 'Dongmen',
      unit,
      streets: [],
    });
    const events = given(...running, past(grids, 'G-1', grid))
      .when(asGasLeak({ gridCode: 'G-1' }))
      .events();
    expect(events.find(({ type }) => type === 'dispatch.clock-started')?.data).toMatchObject({
      unit,
    });
  });

  it('changes nothing when told twice', () => {
    given(...running, aClockReclassified())
      .when(asLeak())
      .changesNothing();
    given(aClockOpened())
      .when(asLeak({ typeCode: 'heat.no-heat' }))
      .changesNothing();
  });

  it('learns of persons complained about without touching the limits', () =>
    given(...running)
      .when(asLeak({ typeCode: 'heat.no-heat', aboutStaff: ['3001'] }))
      .records(
        aClockReclassified({
          ...{ typeCode: 'heat.no-heat', aboutStaff: ['3001'], steps: [] },
          limits: ['arrive', 'restore'].map((deadline) => ({ deadline, run: 1 })),
        }),
      ));

  it('takes them from a unit that is complained about, after the closing too', () => {
    for (const more of [[], [aClockMet(), aClockEnded(after(20))]]) {
      const events = given(...running, ...more)
        .when(asLeak({ typeCode: 'heat.no-heat', aboutUnits: [EAST] }))
        .events();
      expect(events.map(({ data }) => data)).toMatchObject([
        { unit: '/mingcheng/heat', previousUnit: EAST },
        { unit: '/mingcheng/heat', aboutUnits: [EAST], limits: [{ run: 1 }, { run: 1 }] },
      ]);
    }
  });

  it('leaves the verdicts of a closed ticket alone', () =>
    expect(
      inShort(
        given(...running, aClockMet(), aClockEnded(after(20)))
          .when(asLeak())
          .events(),
      ),
    ).toEqual(['clock-reclassified']));

  it('changes nothing before the ticket is known', () => given().when(asLeak()).changesNothing());
});

describe('a ticket that turns out to be somewhere else', () => {
  const outage = { utility: 'power', typeCode: 'power.outage', category: 'repair' };
  const remote = past(
    grids,
    'P-R2',
    GridDefined({
      ...{ gridCode: 'P-R2', utility: 'power', name: 'Shiqiao', unit: EAST, streets: [] },
      zone: 'remote',
    }),
  );
  const inCity = [aClockOpened(outage), aClockStarted({ ...outage, dueAt: after(45) })];
  const moving = asLeak({ ...outage, gridCode: 'P-R2' });

  it('gets the limits of that zone, from the same receipt', () =>
    expect(
      inShort(
        given(remote, ...inCity)
          .when(moving)
          .events(),
      ),
    ).toEqual(['clock-withdrawn arrive#1 30', 'clock-reclassified', 'clock-started arrive#2 120']));

  it('changes nothing when told twice', () =>
    given(remote, aClockOpened({ ...outage, zone: 'remote' }))
      .when(moving)
      .changesNothing());

  it('keeps its zone where the classification names no grid', () =>
    expect(
      inShort(
        given(aClockOpened({ ...outage, zone: 'rural' }))
          .when(asLeak({ ...outage, typeCode: 'power.voltage' }))
          .events(),
      ),
    ).toContain('clock-started arrive#1 90'));

  it('loses it with the utility', () =>
    expect(
      given(aClockOpened({ ...outage, zone: 'rural' }))
        .when(asLeak())
        .events()
        .find(({ type }) => type === 'dispatch.clock-reclassified')!.data,
    ).not.toHaveProperty('zone'));
});
