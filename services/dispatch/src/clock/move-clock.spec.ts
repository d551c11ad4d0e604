import { describe, it } from '@jest/globals';
import { ClockAwaited } from '@shouwen/contracts';
import { spec } from '@shouwen/testkit';
import {
  aClockMet,
  aClockMoved,
  aClockOpened,
  aClockStarted,
  after,
  anEscalationScheduled,
  anEscalationStopped,
  aTicketEscalated,
  EAST,
  HOUR,
  TICKET,
  WEST,
} from '../../test/build-clock.js';
import { moveClock } from './move-clock.js';

const given = spec(moveClock);
const toWest = { ticketId: TICKET, unit: WEST };
const running = [aClockOpened(), aClockStarted()];
const firstStep = { step: 'station-head', run: 1, dueAt: after(24 * HOUR) };

describe('move a clock to another unit', () => {
  it('sets the timers anew for everything that is still to come', () =>
    given(...running, anEscalationScheduled())
      .when(toWest)
      .records(aClockMoved({ steps: [firstStep] })));

  it('includes what was met too late and waits for its breach', () =>
    given(...running, aClockMet({ metAt: after(61), isOnTime: false }))
      .when(toWest)
      .records(aClockMoved()));

  it('leaves out what is settled', () =>
    given(...running, aClockMet(), anEscalationScheduled(), aTicketEscalated())
      .when(toWest)
      .records(aClockMoved({ deadlines: [] })));

  it('leaves out steps after the handling', () =>
    given(...running, anEscalationScheduled(), anEscalationStopped(after(20 * HOUR)))
      .when(toWest)
      .records(aClockMoved()));

  it('changes nothing when told twice', () => {
    given(...running)
      .when({ ...toWest, unit: EAST } as object)
      .changesNothing();
    given(ClockAwaited({ ticketId: TICKET, unit: WEST }))
      .when(toWest)
      .changesNothing();
  });

  it('never comes back to a unit that is complained about', () =>
    given(aClockOpened({ unit: '/mingcheng/heat', aboutUnits: [WEST] }), aClockStarted())
      .when(toWest)
      .changesNothing());

  it('is kept for a ticket that is not known yet', () =>
    given()
      .when(toWest)
      .records(ClockAwaited({ ticketId: TICKET, unit: WEST })));
});
