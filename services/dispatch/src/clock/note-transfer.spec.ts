import { describe, expect, it } from '@jest/globals';
import { ClockTransferred, UnitRegistered } from '@shouwen/contracts';
import { loadStandards } from '@shouwen/standards';
import { past, spec } from '@shouwen/testkit';
import {
  aClockEnded,
  aClockMoved,
  aClockOpened,
  aClockReclassified,
  aClockReopened,
  aMatter,
  aStageReached,
  after,
  EAST,
  HOUR,
  inShort,
  TICKET,
  WEST,
} from '../../test/build-clock.js';
import { units } from '../unit/unit.js';
import { meetDeadline } from './meet-deadline.js';
import { noteTransfer } from './note-transfer.js';
import { reclassifyClocks } from './reclassify-clocks.js';
import { restartClocks } from './restart-clocks.js';

// Passed on at 16:30 on a working day: fed back by 24:00, eight hours after the receipt.
const WATER = '/mingcheng/water';
const CENTRE = '/mingcheng/centre';
const standards = await loadStandards();
const unit = (path: string, kind: UnitRegistered['data']['kind']) =>
  past(units, path, UnitRegistered({ unit: path, kind, name: path, nameEn: path }));
const city = [
  unit('/mingcheng', 'group'),
  unit(CENTRE, 'office'),
  unit(WATER, 'company'),
  unit('/mingcheng/heat', 'company'),
  unit(EAST, 'station'),
  unit(WEST, 'station'),
];
const given = spec(noteTransfer, { standards });
const complaint = { typeCode: 'heat.complaint', category: 'complaint' };
const opened = aClockOpened(complaint);
const passing = (fields: object = {}) => ({
  ...{ ticketId: TICKET, from: WATER, to: EAST },
  ...{ occurredAt: after(30), knownFrom: after(30) },
  ...fields,
});
const transferred = (minutes: number) =>
  ClockTransferred(
    { ...aMatter, ...complaint, from: WATER, transferredAt: after(minutes) },
    { occurredAt: after(minutes) },
  );
const FEEDBACK = 'clock-started feedback#1 480';

describe('note that another company passed a matter on', () => {
  it('says so, and starts the clock of the feedback to the first receiver', () => {
    const events = given(...city, opened)
      .when(passing())
      .events();
    expect(events[0]).toEqual(transferred(30));
    expect(inShort(events)).toEqual(['clock-transferred', FEEDBACK]);
    expect(events[1]).toMatchObject({
      data: { startAt: after(30), countsFrom: after(30), warnAt: after(60) },
      pack: { clauses: ['H-031'] },
    });
  });

  it('leaves it to the standards whether anything is due', () =>
    expect(
      inShort(
        given(...city, aClockOpened({ utility: 'water', typeCode: 'water.complaint' }))
          .when(passing({ from: EAST, to: WATER }))
          .events(),
      ),
    ).toEqual(['clock-transferred']));

  it.each([
    ['within a company', WEST, EAST],
    ['from the contact centre of the group', CENTRE, EAST],
    ['from the group itself', '/mingcheng', EAST],
    ['to somebody who watches', EAST, CENTRE],
    ['from a unit that nobody knows', '/elsewhere', EAST],
  ])('changes nothing %s', (_, from, to) =>
    given(...city, opened)
      .when(passing({ from, to }))
      .changesNothing(),
  );

  it('changes nothing when told twice', () =>
    given(...city, opened, transferred(30))
      .when(passing())
      .changesNothing());

  it('changes nothing of a matter that has ended, or that nobody opened', () => {
    given(...city, opened, aClockEnded(after(20)))
      .when(passing())
      .changesNothing();
    given(...city)
      .when(passing())
      .changesNothing();
  });

  it('counts anew when it is passed on once more', () =>
    expect(
      inShort(
        given(...city, opened, transferred(30), aClockMoved({ unit: WATER, ...complaint }))
          .when(passing({ occurredAt: after(24 * HOUR), knownFrom: after(24 * HOUR) }))
          .events(),
      ),
    ).toEqual(['clock-transferred', `clock-started feedback#1 ${24 * HOUR + 480}`]));

  it('judges in silence what was over before anybody heard of it', () =>
    expect(
      given(...city, opened)
        .when(passing({ knownFrom: after(24 * HOUR) }))
        .events()[1]!.data,
    ).toMatchObject({ stage: 'feedback', isLateEntry: true }));

  it('is met at once where the feedback was heard of first', () =>
    expect(
      inShort(
        given(...city, opened, aStageReached('feedback', after(60)))
          .when(passing())
          .events(),
      ),
    ).toEqual(['clock-transferred', FEEDBACK, 'clock-met feedback#1 60 on time']));
});

describe('the clock of the feedback', () => {
  const running = () => [
    ...[opened],
    ...given(...city, opened)
      .when(passing())
      .events(),
  ];

  it('is met by the feedback', () =>
    expect(
      inShort(
        spec(meetDeadline, { standards })(...running())
          .when({
            ...{ ticketId: TICKET, stage: 'feedback' },
            ...{ occurredAt: after(100), knownFrom: after(100) },
          })
          .events(),
      ),
    ).toEqual(['clock-met feedback#1 100 on time']));

  it('runs again under another type of the same utility, from the same passing on', () =>
    expect(
      inShort(
        spec(reclassifyClocks, { standards })(...running())
          .when({
            ...{ ticketId: TICKET, utility: 'heat', typeCode: 'heat.no-heat', category: 'repair' },
            ...{ aboutStaff: [], aboutUnits: [], occurredAt: after(40), knownFrom: after(40) },
          })
          .events(),
      ),
    ).toEqual(expect.arrayContaining(['clock-started feedback#2 480'])));

  it('does not come back with a reopening: that is another round', () =>
    expect(
      inShort(
        spec(restartClocks, { standards })(...running(), aClockEnded(after(200)))
          .when({
            ...{ ticketId: TICKET, count: 1, occurredAt: after(300), knownFrom: after(300) },
            ...{ continues: ['answer'], restarts: ['feedback'] },
          })
          .events(),
      ).filter((one) => one.startsWith('clock-started feedback')),
    ).toEqual([]));

  it('starts with a passing on after the reopening', () =>
    expect(
      inShort(
        given(
          ...city,
          ...running(),
          aClockEnded(after(200)),
          aClockReopened({ ...complaint, reopenedAt: after(300) }),
          aClockReclassified({ ...complaint, reclassifiedAt: after(310) }),
        )
          .when(passing({ occurredAt: after(320), knownFrom: after(320) }))
          .events(),
      ),
    ).toEqual(['clock-transferred', 'clock-started feedback#2 480']));
});
