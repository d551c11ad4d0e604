import { ClockMoved, ClockStarted } from '@shouwen/contracts';
import { after } from '@shouwen/engine';
import { isAt, pendingIn } from '../clock/pending.js';
import { WarnClock } from '../clock/warn-clock.js';

/** Timers for the warnings of limits, set anew for the posts of another unit when the clock moves. */
export const warnClockWhenLimitComesNear = after(
  [ClockStarted, ClockMoved],
  'warn-clock-when-limit-comes-near',
  (event) => pendingIn(event).flatMap(({ warnAt }) => warnAt ?? []),
  (event, { occurredAt }) =>
    pendingIn(event)
      .filter(({ warnAt }) => warnAt !== undefined && isAt(warnAt, occurredAt))
      .map(({ ticketId, deadline, run, unit }) => WarnClock.of({ ticketId, deadline, run, unit })),
);
