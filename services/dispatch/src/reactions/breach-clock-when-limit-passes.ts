import { ClockMoved, ClockStarted } from '@shouwen/contracts';
import { after } from '@shouwen/engine';
import { BreachClock } from '../clock/breach-clock.js';
import { isAt, pendingIn } from '../clock/pending.js';

/** Timers for the due instants of limits, set anew for the posts of another unit when the clock moves. */
export const breachClockWhenLimitPasses = after(
  [ClockStarted, ClockMoved],
  'breach-clock-when-limit-passes',
  (event) => pendingIn(event).map(({ dueAt }) => dueAt),
  (event, { occurredAt }) =>
    pendingIn(event)
      .filter(({ dueAt }) => isAt(dueAt, occurredAt))
      .map(({ ticketId, deadline, run, unit }) =>
        BreachClock.of({ ticketId, deadline, run, unit }),
      ),
);
