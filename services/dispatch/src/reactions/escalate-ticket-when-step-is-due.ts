import { ClockMoved, EscalationScheduled } from '@shouwen/contracts';
import { after } from '@shouwen/engine';
import { EscalateTicket } from '../clock/escalate-ticket.js';
import { isAt, stepsIn } from '../clock/pending.js';

/** Timers for the steps of the ladder, set anew for the posts of another unit when the clock moves. */
export const escalateTicketWhenStepIsDue = after(
  [EscalationScheduled, ClockMoved],
  'escalate-ticket-when-step-is-due',
  (event) => stepsIn(event).map(({ dueAt }) => dueAt),
  (event, { occurredAt }) =>
    stepsIn(event)
      .filter(({ dueAt }) => isAt(dueAt, occurredAt))
      .map(({ ticketId, step, run, unit }) => EscalateTicket.of({ ticketId, step, run, unit })),
);
