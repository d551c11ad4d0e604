import { describe, expect, it } from '@jest/globals';
import { loadStandards } from '@shouwen/standards';
import { spec } from '@shouwen/testkit';
import {
  aBreachWithdrawn,
  aClockBreached,
  aClockEnded,
  aClockMet,
  aClockOpened,
  aClockReclassified,
  aClockReopened,
  aClockStarted,
  aClockWithdrawn,
  after,
  anEscalationScheduled,
  anEscalationStopped,
  anEscalationWithdrawn,
  aRestoring,
  aRestoringStarted,
  aStageReached,
  aTicketEscalated,
  HEAD,
  HOUR,
  inShort,
  TICKET,
} from '../../test/build-clock.js';
import { meetDeadline } from './meet-deadline.js';

const given = spec(meetDeadline, { standards: await loadStandards() });
const arrived = (at: string, fields: object = {}) => ({
  ...{ ticketId: TICKET, stage: 'arrive', occurredAt: at, knownFrom: at },
  ...fields,
});
const restored = (at: string) => arrived(at, { stage: 'restore' });
const running = [aClockOpened(), aClockStarted()];

describe('meet a limit', () => {
  it('is on time before the due instant', () =>
    given(...running)
      .when(arrived(after(50)))
      .records(aClockMet()));

  it('is on time at the due instant: the figure is included', () =>
    given(...running)
      .when(arrived(after(60)))
      .records(aClockMet({ metAt: after(60) })));

  it('counts for the old limit and the new one at the instant of the appointment between them', () =>
    expect(
      inShort(
        given(
          ...running,
          aClockWithdrawn({ because: 'slot-chosen', withdrawnAt: after(10) }),
          aClockStarted({ run: 2, countsFrom: after(10), dueAt: after(170) }),
        )
          .when(arrived(after(10)))
          .events(),
      ),
    ).toEqual(['clock-met arrive#1 10 on time', 'clock-met arrive#2 10 on time']));

  it('is too late a millisecond after it, before the timer has come', () => {
    const metAt = after(60 + 1 / 60_000);
    given(...running)
      .when(arrived(metAt))
      .records(aClockMet({ metAt, isOnTime: false }));
  });

  it('is recorded as too late after the breach, once', () => {
    const breached = [...running, aClockBreached()];
    const late = aClockMet({ metAt: after(80), isOnTime: false });
    given(...breached)
      .when(arrived(after(80)))
      .records(late);
    given(...breached, late)
      .when(arrived(after(80)))
      .changesNothing();
  });

  it('withdraws the breach when it is heard late that the limit was kept, for those who were told', () =>
    given(...running, aClockBreached())
      .when(arrived(after(50), { knownFrom: after(300) }))
      .records(aBreachWithdrawn({ tells: [HEAD] })));

  it('withdraws the breach also when a later arrival was heard of first', () =>
    given(...running, aClockBreached(), aClockMet({ metAt: after(80), isOnTime: false }))
      .when(arrived(after(50)))
      .records(aBreachWithdrawn()));

  it('corrects the verdict when the earlier evidence comes before the timer', () =>
    given(...running, aClockMet({ metAt: after(80), isOnTime: false }))
      .when(arrived(after(50)))
      .records(aClockMet()));

  it('withdraws no breach twice', () =>
    given(...running, aClockBreached(), aBreachWithdrawn())
      .when(arrived(after(50)))
      .changesNothing());

  it('changes nothing when told twice', () =>
    given(...running, aClockMet())
      .when(arrived(after(50)))
      .changesNothing());

  it('keeps evidence that no limit asks for now', () => {
    given(aClockOpened())
      .when(arrived(after(50)))
      .records(aStageReached('arrive', after(50)));
    given(aClockOpened(), aStageReached('arrive', after(50)))
      .when(arrived(after(50)))
      .changesNothing();
  });

  it('keeps evidence that is heard of before the ticket', () =>
    given()
      .when(arrived(after(50)))
      .records(aStageReached('arrive', after(50))));

  it('counts what was under way before the receipt as done at receipt', () =>
    given(...running)
      .when(arrived(after(-10)))
      .records(aClockMet({ metAt: after(0) })));

  it('gives the verdict to a limit that ended without one, for what happened before its end', () =>
    given(...running, aClockWithdrawn({ withdrawnAt: after(30) }), aClockEnded(after(30)))
      .when(arrived(after(20)))
      .records(aClockMet({ metAt: after(20) })));

  it('gives no verdict to limits of a type that the ticket never was', () =>
    expect(
      inShort(
        given(
          ...running,
          aClockWithdrawn({ because: 'reclassified' }),
          aClockReclassified(),
          aClockStarted({ run: 2, dueAt: after(120) }),
        )
          .when(arrived(after(20)))
          .events(),
      ),
    ).toEqual(['clock-met arrive#2 20 on time']));

  it('judges the run of a limit in which it happened', () => {
    const reopened = [
      ...running,
      aClockMet(),
      aClockEnded(after(100)),
      aClockReopened({ reopenedAt: after(200) }),
      aClockStarted({ run: 2, countsFrom: after(200), startAt: after(200), dueAt: after(260) }),
    ];
    expect(
      inShort(
        given(...reopened)
          .when(arrived(after(230)))
          .events(),
      ),
    ).toEqual(['clock-met arrive#2 230 on time']);
    given(...reopened)
      .when(arrived(after(90)))
      .records(aStageReached('arrive', after(90)));
  });
});

describe('handle a ticket', () => {
  const climbing = [aClockOpened(), aRestoringStarted(), anEscalationScheduled()];
  const callbackAt = 'clock-started callback#1';

  it('stops the ladder and starts what runs from the end of the work', () => {
    const events = given(...climbing)
      .when(restored(after(20 * HOUR)))
      .events();
    expect(inShort(events).map((one) => one.replace(/(callback#1).*/, '$1'))).toEqual([
      'clock-met restore#1 1200 on time',
      callbackAt,
      'escalation-stopped 1200',
    ]);
  });

  it('takes back the steps that the handling came in time for, for those who were told', () =>
    expect(
      given(...climbing, aTicketEscalated())
        .when(restored(after(20 * HOUR)))
        .events()
        .slice(-2),
    ).toEqual([anEscalationStopped(after(20 * HOUR)), anEscalationWithdrawn()]));

  it('comes in time for a step at its due instant itself', () =>
    expect(
      inShort(
        given(...climbing, aTicketEscalated())
          .when(restored(after(24 * HOUR)))
          .events(),
      ),
    ).toContain('escalation-withdrawn station-head#1 1440'));

  it('leaves standing what was escalated before the handling', () =>
    expect(
      inShort(
        given(...climbing, aTicketEscalated())
          .when(restored(after(30 * HOUR)))
          .events(),
      ).filter((one) => one.startsWith('escalation')),
    ).toEqual(['escalation-stopped 1800']));

  it('happens once: a second answer starts nothing again', () =>
    expect(
      inShort(
        given(
          ...climbing,
          aClockMet({ ...aRestoring, metAt: after(20 * HOUR) }),
          aClockStarted({ deadline: 'callback', stage: 'callback', countsFrom: after(20 * HOUR) }),
          anEscalationStopped(after(20 * HOUR)),
        )
          .when(arrived(after(22 * HOUR), { stage: 'answer' }))
          .events(),
      ),
    ).toEqual(['clock-stage-reached answer 1320']));

  it('is not what an arrival does', () =>
    expect(
      inShort(
        given(...climbing)
          .when(arrived(after(50)))
          .events(),
      ),
    ).toEqual(['clock-stage-reached arrive 50']));
});
