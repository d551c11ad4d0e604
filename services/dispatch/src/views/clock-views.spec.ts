import { describe, expect, it } from '@jest/globals';
import { ClockHandedOver, SupervisionOrdered } from '@shouwen/contracts';
import type { Event, View } from '@shouwen/engine';
import { plain } from '@shouwen/testkit';
import { recorded, sealedOf } from '../../test/build.js';
import {
  aBreachWithdrawn,
  aClockBreached,
  aClockEnded,
  aClockMet,
  aClockMoved,
  aClockOpened,
  aClockReclassified,
  aClockReopened,
  aClockStarted,
  aClockWarned,
  aClockWithdrawn,
  after,
  aMatter,
  anEscalationScheduled,
  anEscalationStopped,
  anEscalationWithdrawn,
  aRestoring,
  aRestoringStarted,
  aTicketEscalated,
  EAST,
  HEAD,
  HOUR,
  TICKET,
  WEST,
} from '../../test/build-clock.js';
import { clocksView } from './clocks.view.js';
import { escalationsView } from './escalations.view.js';
import { lateTicketsView } from './late-tickets.view.js';
import { limitsView } from './limits.view.js';

/** Every document after the events, by id. Events that a view does not follow do not reach it. */
function documents(view: View, ...events: readonly Event[]): Record<string, object> {
  const kept = new Map<string, object>();
  for (const event of events.map((one) => plain(recorded(one)))) {
    if (!view.on.some(({ type }) => type === event.type)) continue;
    for (const id of [view.id(event) ?? []].flat()) {
      const next = view.evolve(kept.get(id) ?? null, event, id, { blind: (value) => value });
      if (next) kept.set(id, plain(next));
      else kept.delete(id);
    }
  }
  return Object.fromEntries(kept);
}

const running = [aClockOpened(), aClockStarted(), aRestoringStarted()];
const arrive = `${TICKET}.arrive.1`;

describe('limits', () => {
  const limit = (...events: readonly Event[]) => documents(limitsView, ...events)[arrive];

  it('show what is due, by which clause', () =>
    expect(limit(...running)).toMatchObject({
      ...{ ticketId: TICKET, utility: 'heat', stage: 'arrive', dueAt: after(60) },
      ...{ verdict: 'running', clauses: ['H-006'], isNewest: true, tells: [] },
    }));

  it('say on time or late, and who was told', () => {
    expect(limit(...running, aClockMet())).toMatchObject({ verdict: 'on-time', metAt: after(50) });
    expect(limit(...running, aClockWarned(), aClockBreached())).toMatchObject({
      ...{ verdict: 'late', warnedAt: after(40), tells: [HEAD] },
    });
  });

  it('count a withdrawn breach as on time and list it apart', () =>
    expect(limit(...running, aClockBreached(), aBreachWithdrawn())).toMatchObject({
      ...{ verdict: 'on-time', isBreachWithdrawn: true },
    }));

  it('count a withdrawn limit neither way', () =>
    expect(limit(...running, aClockWithdrawn())).toMatchObject({
      ...{ verdict: 'withdrawn', withdrawnBecause: 'ticket-closed' },
    }));

  it('keep every run and say which is the newest', () => {
    const all = documents(limitsView, ...running, aClockMet(), aClockStarted({ run: 2 }));
    expect(all[arrive]).toMatchObject({ isNewest: false, verdict: 'on-time' });
    expect(all[`${TICKET}.arrive.2`]).toMatchObject({ isNewest: true, verdict: 'running' });
  });

  it('follow the work to another unit', () =>
    expect(limit(...running, aClockMoved())).toMatchObject({ unit: WEST }));

  it('change nothing when an event comes again', () => {
    const events: readonly Event[] = [
      ...running,
      aClockWarned(),
      aClockBreached(),
      aBreachWithdrawn(),
    ];
    const again = events.flatMap((event): readonly Event[] =>
      event.type === aClockStarted().type ? [event] : [event, event],
    );
    expect(documents(limitsView, ...again)).toEqual(documents(limitsView, ...events));
  });
});

describe('late tickets', () => {
  const late = (...events: readonly Event[]) => documents(lateTicketsView, ...events)[TICKET];

  it('are those with a breached limit', () => {
    expect(late(...running)).toBeUndefined();
    expect(late(...running, aClockBreached(), aClockBreached(aRestoring))).toMatchObject({
      ...{ lateSince: after(60), stages: ['arrive', 'restore'], clauses: ['H-006', 'H-009'] },
      ...{ isOpen: true, isOutstanding: true },
    });
  });

  it('are not outstanding once everything was done', () => {
    const metLate = aClockMet({ metAt: after(80), isOnTime: false });
    expect(late(...running, aClockBreached(), metLate, aClockEnded(after(90)))).toMatchObject({
      ...{ isOutstanding: false, isOpen: false },
    });
    expect(late(...running, metLate, aClockBreached({ metAt: after(80) }))).toMatchObject({
      isOutstanding: false,
    });
  });

  it('leave the list with their last breach', () => {
    expect(late(...running, aClockBreached(), aBreachWithdrawn())).toBeUndefined();
    expect(
      late(...running, aClockBreached(), aClockBreached(aRestoring), aBreachWithdrawn()),
    ).toMatchObject({ stages: ['restore'], lateSince: after(24 * HOUR) });
  });

  it('change nothing when the breach comes again', () =>
    expect(late(aClockBreached(), aClockBreached())).toEqual(late(aClockBreached())));

  it('are hidden from the persons they complain about', () =>
    expect(late(aClockBreached({ aboutStaff: ['3001'] }))).toMatchObject({ aboutStaff: ['3001'] }));
});

describe('escalations', () => {
  const id = `${TICKET}.1.station-head`;

  it('show each step that was taken, and who was told', () =>
    expect(documents(escalationsView, anEscalationScheduled(), aTicketEscalated())).toEqual({
      [id]: {
        ...{ ...aMatter, aboutStaff: [], ladder: 'heat.unhandled', step: 'station-head', run: 1 },
        ...{ hours: 24, post: HEAD.post, dueAt: after(24 * HOUR), clauses: ['H-042'] },
        pack: aTicketEscalated().data.pack,
        ...{ tells: [HEAD], isTold: true, isLateEntry: false, isWithdrawn: false },
      },
    }));

  it('stay listed when late evidence withdraws them', () =>
    expect(
      documents(escalationsView, aTicketEscalated(), anEscalationWithdrawn())[id],
    ).toMatchObject({ isWithdrawn: true, handledAt: after(20 * HOUR) }));
});

describe('whoever is complained about later', () => {
  const named = aClockReclassified({
    ...{ aboutStaff: ['3001'], aboutUnits: [EAST] },
    limits: [{ deadline: 'arrive', run: 1 }],
    steps: [{ step: 'station-head', run: 1 }],
  });
  const hidden = { aboutStaff: ['3001'], unit: '/mingcheng/heat' };

  it.each([
    ['limits', limitsView, `${TICKET}.arrive.1`],
    ['late tickets', lateTicketsView, TICKET],
    ['escalations', escalationsView, `${TICKET}.1.station-head`],
  ])('loses sight of its %s', (_what, view, id) =>
    expect(
      documents(view, ...running, aClockBreached(), aTicketEscalated(), named)[id],
    ).toMatchObject(hidden),
  );
});

describe('clocks', () => {
  const clock = (...events: readonly Event[]) => documents(clocksView, ...events)[TICKET];

  it('show what is due next', () => {
    expect(clock(...running, anEscalationScheduled())).toMatchObject({
      ...{ nextDueAt: after(60), nextStepAt: after(24 * HOUR), running: ['arrive', 'restore'] },
      ...{ isLate: false, status: 'open', receivedAt: after(0) },
    });
    expect(clock(...running, aClockMet())).toMatchObject({
      ...{ nextDueAt: after(24 * HOUR), running: ['restore'] },
    });
  });

  it('say that nothing is due when nothing is', () => {
    const ended = [aClockOpened(), aClockStarted(), aClockMet(), aClockEnded(after(70))];
    expect(clock(...ended)).not.toHaveProperty('nextDueAt');
    expect(clock(...ended)).toMatchObject({ status: 'ended', running: [], endedAt: after(70) });
  });

  it('show breaches, and take them back', () => {
    const breached = [...running, aClockWarned(), aClockBreached()];
    expect(clock(...breached)).toMatchObject({ isLate: true, breached: ['arrive'] });
    expect(clock(...breached, aBreachWithdrawn())).toMatchObject({ isLate: false, breached: [] });
  });

  it('follow reclassifying, moving, withdrawing and reopening', () =>
    expect(
      clock(
        ...running,
        aClockWithdrawn(),
        aClockReclassified(),
        aClockMoved(),
        aClockEnded(after(90)),
        aClockReopened(),
      ),
    ).toMatchObject({
      ...{ typeCode: 'heat.leak', unit: WEST, status: 'open', reopenings: 1 },
      running: ['restore'],
    }));

  it('are open to whoever answers for the ticket now, with the units that it is about', () => {
    const opened = aClockOpened({ firstContactOwner: '1001' });
    expect(clock(opened)).toMatchObject({ owner: '1001', aboutUnits: [] });
    const handedOver = ClockHandedOver({ ticketId: TICKET, firstContactOwner: '1002' });
    const aboutUnits = [EAST];
    expect(clock(opened, handedOver, aClockReclassified({ aboutUnits }))).toMatchObject({
      ...{ owner: '1002', aboutUnits },
    });
    expect(clocksView.openTo).toEqual({ staff: 'owner', notFrom: 'aboutUnits' });
    expect(clocksView.indexes).toContain('owner');
  });

  it('show how far up a ticket went', () => {
    const second = { step: 'company-manager', hours: 48, dueAt: after(48 * HOUR) };
    const climbed = [
      ...[...running, anEscalationScheduled(), anEscalationScheduled(second)],
      aTicketEscalated(),
    ];
    expect(clock(...climbed)).toMatchObject({ escalatedHours: 24, nextStepAt: after(48 * HOUR) });
    expect(clock(...climbed, anEscalationStopped(after(30 * HOUR)))).not.toHaveProperty(
      'nextStepAt',
    );
  });

  it('show who supervises, with the instruction sealed', () =>
    expect(
      clock(...running, SupervisionOrdered({ ...aMatter, by: '2001', affectedId: 'party-1' })),
    ).toMatchObject({
      isSupervised: true,
      supervisions: [{ by: '2001', instruction: sealedOf('party-1') }],
    }));
});
