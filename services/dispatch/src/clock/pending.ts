// What the timers of a clock are set for, from the events that set them.
import type { ClockMoved, ClockStarted, EscalationScheduled } from '@shouwen/contracts';

/** The deadlines that an event sets timers for, each with the unit whose posts would be told. */
export const pendingIn = ({ type, data }: ClockStarted | ClockMoved) => {
  const { ticketId, unit } = data;
  const deadlines = type === 'dispatch.clock-moved' ? data.deadlines : [data];
  return deadlines.map(({ deadline, run, dueAt, warnAt }) => ({
    ...{ ticketId, unit, deadline, run, dueAt },
    ...(warnAt ? { warnAt } : {}),
  }));
};

/** The steps of the ladder that an event sets timers for. */
export const stepsIn = ({ type, data }: EscalationScheduled | ClockMoved) => {
  const { ticketId, unit } = data;
  const steps = type === 'dispatch.clock-moved' ? data.steps : [data];
  return steps.map(({ step, run, dueAt }) => ({ ticketId, unit, step, run, dueAt }));
};

/** A timer brings its instant along; several of one event are told apart by it. */
export const isAt = (due: string, instant: string): boolean =>
  Date.parse(due) === Date.parse(instant);
