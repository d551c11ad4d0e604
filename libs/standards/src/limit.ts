import type { Calendar } from './calendar.js';
import { workingDayFrom, workingDaysAfter } from './calendar.js';
import { atMinute, dayOf, minutes, startOf } from './local-time.js';
import type { Within } from './pack.js';

/** The end of a limit in milliseconds, and whether a day on the way was guessed. */
export interface Due {
  readonly at: number;
  readonly isGuessed: boolean;
}

/** How a limit counts beyond its figure. */
export interface Counting {
  readonly calendar: Calendar;
  /** A limit in calendar days that ends on a day off moves to the next working day. */
  readonly movesPastDaysOff?: boolean;
}

/**
 * When a limit that starts at `start` (milliseconds) ends. Minutes and hours run at once, in the calendar's hours
 * if it has any. Days start the next day and end at 24:00, which is 16:00 UTC of the day named; working days
 * count working days only, make-up days included. "The same working day" ends with the day, or with its last
 * hour where the calendar gives hours; who comes on a day off or after hours has the next working day.
 */
export function dueOf(start: number, within: Within, counting: Counting): Due {
  const { calendar } = counting;
  if (within.minutes !== undefined) return runningDue(start, within.minutes, calendar);
  if (within.hours !== undefined) return runningDue(start, within.hours * 60, calendar);
  if (within.days !== undefined) {
    const day = dayOf(start) + within.days;
    return counting.movesPastDaysOff
      ? endOf(workingDayFrom(calendar, day))
      : { at: startOf(day + 1), isGuessed: false };
  }
  if (within.workingDays !== undefined)
    return endOf(workingDaysAfter(calendar, dayOf(start), within.workingDays));
  return sameWorkingDay(start, calendar);
}

const endOf = (counted: { day: number; isGuessed: boolean }): Due => ({
  at: startOf(counted.day + 1),
  isGuessed: counted.isGuessed,
});

/** Minutes counted inside the calendar's spans only. */
function runningDue(start: number, count: number, calendar: Calendar): Due {
  if (calendar.isRoundTheClock) return { at: start + minutes(count), isGuessed: false };
  let left = minutes(count);
  let day = dayOf(start);
  let isGuessed = false;
  for (;;) {
    const working = workingDayFrom(calendar, day);
    isGuessed ||= working.isGuessed;
    for (const span of calendar.spans) {
      const from = Math.max(start, atMinute(working.day, span.from));
      const room = atMinute(working.day, span.to) - from;
      if (room >= left) return { at: from + left, isGuessed };
      if (room > 0) left -= room;
    }
    day = working.day + 1;
  }
}

function sameWorkingDay(start: number, calendar: Calendar): Due {
  const lastMinute = Math.max(...calendar.spans.map((span) => span.to));
  const today = workingDayFrom(calendar, dayOf(start));
  const end = atMinute(today.day, lastMinute);
  if (start < end) return { at: end, isGuessed: today.isGuessed };
  const next = workingDayFrom(calendar, today.day + 1);
  return {
    at: atMinute(next.day, lastMinute),
    isGuessed: today.isGuessed || next.isGuessed,
  };
}
