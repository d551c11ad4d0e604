import { describe, expect, it } from '@jest/globals';
import { loadStandards } from '@shouwen/standards';
import { spec } from '@shouwen/testkit';
import {
  aClockBreached,
  aClockEnded,
  aClockMet,
  aClockOpened,
  aClockReopened,
  aClockStarted,
  after,
  anEscalationScheduled,
  anEscalationStopped,
  aRestoring,
  aRestoringStarted,
  aTicketEscalated,
  HOUR,
  inShort,
  TICKET,
} from '../../test/build-clock.js';
import { restartClocks } from './restart-clocks.js';

const given = spec(restartClocks, { standards: await loadStandards() });
const reopened = (hours: number, fields: object = {}) => ({
  ...{ ticketId: TICKET, count: 1, knownFrom: after(hours * HOUR) },
  continues: ['restore', 'answer', 'first-contact'],
  restarts: ['sign-for', 'arrive', 'feedback', 'callback'],
  occurredAt: after(hours * HOUR),
  ...fields,
});
const closed = [
  aClockOpened(),
  aClockStarted(),
  aRestoringStarted(),
  aClockMet(),
  aClockMet({ ...aRestoring, metAt: after(2 * HOUR) }),
  aClockEnded(after(3 * HOUR)),
];

describe('restart the clocks of a reopened ticket', () => {
  it('starts some limits again and lets others go on from the first receipt', () =>
    expect(
      inShort(
        given(...closed)
          .when(reopened(10))
          .events(),
      ).slice(0, 3),
    ).toEqual(['clock-reopened', 'clock-started restore#2 1440', 'clock-started arrive#2 660']));

  it('judges in silence a limit that goes on and had passed before the reopening', () =>
    expect(
      inShort(
        given(...closed)
          .when(reopened(30))
          .events(),
      ),
    ).toContain('clock-started restore#2 1440 late entry'));

  it('lets a breach stand that nothing has met', () =>
    expect(
      inShort(
        given(
          aClockOpened(),
          aRestoringStarted(),
          aClockBreached(aRestoring),
          aClockEnded(after(26 * HOUR)),
        )
          .when(reopened(30))
          .events(),
      ).filter((one) => one.includes('restore')),
    ).toEqual([]));

  it('climbs the ladder on from where it stood', () =>
    expect(
      inShort(
        given(
          ...closed,
          anEscalationScheduled(),
          aTicketEscalated(),
          anEscalationStopped(after(26 * HOUR)),
        )
          .when(reopened(50))
          .events(),
      ).filter((one) => one.startsWith('escalation')),
    ).toEqual([
      'escalation-scheduled field-manager#2 4320',
      'escalation-scheduled general-manager#2 5760',
    ]));

  it('counts nothing from before the reopening for limits that go on', () =>
    expect(
      inShort(
        given(...closed)
          .when(reopened(10))
          .events(),
      ).filter((one) => one.startsWith('clock-met')),
    ).toEqual([]));

  it('changes nothing when told twice', () =>
    given(...closed, aClockReopened({ reopenedAt: after(10 * HOUR) }))
      .when(reopened(10))
      .changesNothing());

  it('changes nothing before the ticket is known', () =>
    given().when(reopened(10)).changesNothing());
});
