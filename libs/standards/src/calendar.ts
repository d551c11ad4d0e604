import type { CalendarEntry, Holiday } from './pack.js';
import { DAY_MINUTES, dayFrom, spanFrom, weekdayOf, yearOf } from './local-time.js';
import type { Span } from './local-time.js';

/** What a calendar says of one local day, and whether it had to guess. */
export interface DayKind {
  readonly isWorking: boolean;
  /** True: the year has no holiday data, so only the weekday spoke. */
  readonly isGuessed: boolean;
}

/** Which days count, and which minutes of them. Made once from a pack entry; pure from then on. */
export interface Calendar {
  readonly id: string;
  /** Spans of a working day in local minutes, in order; a calendar without hours has the whole day. */
  readonly spans: readonly Span[];
  /** True: every minute of every day counts, so plain addition does. */
  readonly isRoundTheClock: boolean;
  kind(day: number): DayKind;
}

const WHOLE_DAY: readonly Span[] = [{ from: 0, to: DAY_MINUTES }];

/**
 * A calendar from its pack entry and the days that differ from their weekday: public holidays, and the make-up
 * working days that China's State Council puts on weekends around them.
 *
 * @throws RangeError on a date or span that is none.
 */
export function makeCalendar(entry: CalendarEntry, holidays: readonly Holiday[]): Calendar {
  const weekdays = new Set(entry.weekdays);
  const { exceptions, covered } = exceptionsOf(holidays);
  const usesHolidays = entry.holidays !== undefined;
  return {
    id: entry.id,
    spans: entry.hours ? entry.hours.map(spanFrom) : WHOLE_DAY,
    isRoundTheClock: !entry.hours && !usesHolidays && weekdays.size === 7,
    kind(day) {
      const exception = exceptions.get(day);
      return {
        isWorking: exception ?? weekdays.has(weekdayOf(day)),
        isGuessed: usesHolidays && exception === undefined && !covered.has(yearOf(day)),
      };
    },
  };
}

interface Exceptions {
  /** By local day: whether it is worked on although, or off although, its weekday says otherwise. */
  readonly exceptions: ReadonlyMap<number, boolean>;
  readonly covered: ReadonlySet<number>;
}

/** One list serves many calendars of many periods, and reading its dates is most of the work of making one. */
const KNOWN = new WeakMap<readonly Holiday[], Exceptions>();

function exceptionsOf(holidays: readonly Holiday[]): Exceptions {
  const known = KNOWN.get(holidays);
  if (known) return known;
  const made = {
    exceptions: new Map(holidays.map((day) => [dayFrom(day.date), !day.isOffDay])),
    covered: new Set(holidays.map((day) => day.year)),
  };
  KNOWN.set(holidays, made);
  return made;
}

/** A day found by counting, and whether a day on the way was guessed. */
export interface Counted {
  readonly day: number;
  readonly isGuessed: boolean;
}

/** The first working day at or after `day`. */
export function workingDayFrom(calendar: Calendar, day: number): Counted {
  let at = day;
  let isGuessed = false;
  for (;;) {
    const kind = calendar.kind(at);
    isGuessed ||= kind.isGuessed;
    if (kind.isWorking) return { day: at, isGuessed };
    at += 1;
  }
}

/** The `count`th working day after `day`; `day` itself does not count. */
export function workingDaysAfter(calendar: Calendar, day: number, count: number): Counted {
  let found: Counted = { day, isGuessed: false };
  for (let left = count; left > 0; left -= 1) {
    const next = workingDayFrom(calendar, found.day + 1);
    found = { day: next.day, isGuessed: found.isGuessed || next.isGuessed };
  }
  return found;
}
