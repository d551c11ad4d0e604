import { describe, it } from '@jest/globals';
import { spec } from '@shouwen/testkit';
import {
  aClockMoved,
  aClockOpened,
  after,
  anEscalationScheduled,
  anEscalationStopped,
  aTicketEscalated,
  EAST,
  HOUR,
  MANAGER,
  people,
  TICKET,
  WEST,
} from '../../test/build-clock.js';
import { escalateTicket } from './escalate-ticket.js';

const given = spec(escalateTicket);
const timer = (fields: object = {}) => ({
  ticketId: TICKET,
  step: 'station-head',
  run: 1,
  unit: EAST,
  ...fields,
});
const climbing = [aClockOpened(), anEscalationScheduled(), ...people];
const atDue = { now: after(24 * HOUR) };

describe('escalate a ticket', () => {
  it('tells the holder of the post that the standard names', () =>
    given(...climbing)
      .when(timer(), atDue)
      .records(aTicketEscalated()));

  it('looks for the post from the unit upward', () => {
    const second = {
      step: 'company-manager',
      hours: 48,
      post: MANAGER.post,
      dueAt: after(48 * HOUR),
    };
    given(...climbing, anEscalationScheduled(second))
      .when(timer({ step: second.step }), { now: second.dueAt })
      .records(aTicketEscalated({ ...second, tells: [MANAGER] }));
  });

  it('tells the deputy where the ticket complains about the holder', () => {
    const aboutStaff = ['3001'];
    given(aClockOpened({ aboutStaff }), anEscalationScheduled({ aboutStaff }), ...people)
      .when(timer(), atDue)
      .records(
        aTicketEscalated({ aboutStaff, tells: [{ post: 'head-of-station', staff: '3002' }] }),
      );
  });

  it('records the step where nobody holds the post', () =>
    given(aClockOpened(), anEscalationScheduled())
      .when(timer(), atDue)
      .records(aTicketEscalated({ tells: [] })));

  it('changes nothing when the ticket was handled by then, the instant included', () =>
    given(...climbing, anEscalationStopped(after(24 * HOUR)))
      .when(timer(), atDue)
      .changesNothing());

  it('is taken when the handling came after the step, however late the timer', () =>
    given(...climbing, anEscalationStopped(after(25 * HOUR)))
      .when(timer(), { now: after(26 * HOUR) })
      .records(aTicketEscalated()));

  it('changes nothing when it comes twice', () =>
    given(...climbing, aTicketEscalated())
      .when(timer(), atDue)
      .changesNothing());

  it('changes nothing when it comes early', () =>
    given(...climbing)
      .when(timer(), { now: after(23 * HOUR) })
      .changesNothing());

  it('changes nothing for an earlier climb', () =>
    given(...climbing, anEscalationScheduled({ run: 2, dueAt: after(60 * HOUR) }))
      .when(timer(), { now: after(61 * HOUR) })
      .changesNothing());

  it('tells nobody of a step that lay before the ticket was recorded', () =>
    given(aClockOpened(), anEscalationScheduled({ knownFrom: after(30 * HOUR) }), ...people)
      .when(timer(), { now: after(30 * HOUR) })
      .records(aTicketEscalated({ tells: [], isLateEntry: true })));

  it('follows the work to another unit, by the timer that was set for it', () => {
    const moved = [...climbing, aClockMoved()];
    given(...moved)
      .when(timer(), atDue)
      .changesNothing();
    given(...moved)
      .when(timer({ unit: WEST }), atDue)
      .records(aTicketEscalated({ unit: WEST, tells: [] }));
  });
});
