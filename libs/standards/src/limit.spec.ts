import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { aCalendar, roundTheClock, splitShifts, workingDays } from '../test/build.js';
import type { Calendar } from './calendar.js';
import { dueOf } from './limit.js';
import { dayOf, fromLocal, iso, minutes, startOf, toLocal } from './local-time.js';
import type { Within } from './pack.js';

const counterHours = aCalendar({
  weekdays: [1, 2, 3, 4, 5, 6, 7],
  hours: ['09:00-12:00', '13:00-17:00'],
});

// 2026-09-30 is a Wednesday, 2026-10-10 a Saturday that is worked.
const table: [string, string, Within, Calendar, string][] = [
  [
    'minutes run round the clock',
    '2026-01-15 23:50',
    { minutes: 30 },
    roundTheClock,
    '2026-01-16 00:20',
  ],
  [
    'hours run over a weekend',
    '2026-01-16 20:00',
    { hours: 24 },
    roundTheClock,
    '2026-01-17 20:00',
  ],
  [
    'a day starts the next day and ends at 24:00',
    '2026-01-15 08:00',
    { days: 1 },
    roundTheClock,
    '2026-01-17 00:00',
  ],
  [
    'a day from the last minute is the next day',
    '2026-01-15 23:59',
    { days: 1 },
    roundTheClock,
    '2026-01-17 00:00',
  ],
  [
    'a day from midnight belongs to the day that begins',
    '2026-01-16 00:00',
    { days: 1 },
    roundTheClock,
    '2026-01-18 00:00',
  ],
  [
    'days cross the end of a leap February',
    '2028-02-27 10:00',
    { days: 3 },
    roundTheClock,
    '2028-03-02 00:00',
  ],
  ['days cross the year', '2026-12-30 10:00', { days: 5 }, roundTheClock, '2027-01-05 00:00'],
  [
    'working days skip the weekend',
    '2026-01-16 10:00',
    { workingDays: 1 },
    workingDays,
    '2026-01-20 00:00',
  ],
  [
    'working days skip the holiday and count the make-up Saturday',
    '2026-09-30 10:00',
    { workingDays: 3 },
    workingDays,
    '2026-10-11 00:00',
  ],
  [
    'a receipt on a day off counts from the next working day',
    '2026-10-03 10:00',
    { workingDays: 1 },
    workingDays,
    '2026-10-09 00:00',
  ],
  [
    'the same working day ends at 24:00',
    '2026-01-15 10:00',
    { sameWorkingDay: true },
    workingDays,
    '2026-01-16 00:00',
  ],
  [
    'the same working day on a Saturday is Monday',
    '2026-01-17 10:00',
    { sameWorkingDay: true },
    workingDays,
    '2026-01-20 00:00',
  ],
  [
    'the same working day on a make-up Saturday is that Saturday',
    '2026-10-10 10:00',
    { sameWorkingDay: true },
    workingDays,
    '2026-10-11 00:00',
  ],
  [
    'with hours it ends with the last shift',
    '2026-01-15 10:00',
    { sameWorkingDay: true },
    splitShifts,
    '2026-01-15 17:30',
  ],
  [
    'after the last shift it is the next working day',
    '2026-01-16 17:30',
    { sameWorkingDay: true },
    splitShifts,
    '2026-01-19 17:30',
  ],
  [
    'working minutes stop over noon',
    '2026-01-15 11:30',
    { minutes: 60 },
    splitShifts,
    '2026-01-15 14:30',
  ],
  [
    'a limit may end with the shift itself',
    '2026-01-15 11:00',
    { minutes: 60 },
    splitShifts,
    '2026-01-15 12:00',
  ],
  [
    'working minutes from the noon break begin after it',
    '2026-01-15 12:40',
    { minutes: 30 },
    splitShifts,
    '2026-01-15 14:30',
  ],
  [
    'working hours go over the weekend',
    '2026-01-16 16:30',
    { hours: 2 },
    splitShifts,
    '2026-01-19 09:30',
  ],
  [
    'working hours skip the holiday',
    '2026-09-30 17:00',
    { hours: 1 },
    splitShifts,
    '2026-10-08 09:00',
  ],
  [
    'working hours count on a make-up Saturday',
    '2026-10-09 17:00',
    { hours: 1 },
    splitShifts,
    '2026-10-10 09:00',
  ],
  [
    'a counter that is open every day counts on Sunday',
    '2026-01-18 16:30',
    { hours: 1 },
    counterHours,
    '2026-01-19 09:30',
  ],
];

describe('when a limit ends', () => {
  it.each(table)('%s', (...[, start, within, calendar, due]) => {
    expect(toLocal(dueOf(fromLocal(start), within, { calendar }).at)).toBe(due);
  });

  it('moves a calendar-day limit past days off where the pack says so', () => {
    const counting = { calendar: workingDays, movesPastDaysOff: true };
    const due = (start: string) => toLocal(dueOf(fromLocal(start), { days: 2 }, counting).at);
    expect(due('2026-01-15 10:00')).toBe('2026-01-20 00:00');
    expect(due('2026-09-30 10:00')).toBe('2026-10-09 00:00');
  });

  it('ends a local day at 16:00 UTC', () => {
    const due = dueOf(fromLocal('2026-01-15 08:00'), { days: 1 }, { calendar: roundTheClock });
    expect(iso(due.at)).toBe('2026-01-16T16:00:00.000Z');
  });

  it('says that it guessed only where a day without data was looked at', () => {
    const guessed = (start: string) =>
      dueOf(fromLocal(start), { workingDays: 1 }, { calendar: workingDays }).isGuessed;
    expect([
      guessed('2026-03-02 10:00'),
      guessed('2026-12-31 10:00'),
      guessed('2031-01-15 10:00'),
    ]).toEqual([false, true, true]);
  });
});

const instants = fc
  .integer({ min: fromLocal('2025-12-01 00:00'), max: fromLocal('2027-02-01 00:00') })
  .map((at) => Math.floor(at / 1000) * 1000);
const limits: fc.Arbitrary<Within> = fc.oneof(
  fc.record({ minutes: fc.integer({ min: 1, max: 3000 }) }),
  fc.record({ hours: fc.integer({ min: 1, max: 120 }) }),
  fc.record({ days: fc.integer({ min: 1, max: 20 }) }),
  fc.record({ workingDays: fc.integer({ min: 1, max: 20 }) }),
  fc.constant<Within>({ sameWorkingDay: true }),
);
const calendars = fc.constantFrom(roundTheClock, workingDays, splitShifts, counterHours);

describe('any limit', () => {
  it('ends after it starts', () =>
    fc.assert(
      fc.property(instants, limits, calendars, (start, within, calendar) => {
        expect(dueOf(start, within, { calendar }).at).toBeGreaterThan(start);
      }),
    ));

  it('never ends earlier for who comes later', () =>
    fc.assert(
      fc.property(instants, instants, limits, calendars, (a, b, within, calendar) => {
        const [early, late] = [Math.min(a, b), Math.max(a, b)].map(
          (start) => dueOf(start, within, { calendar }).at,
        );
        expect(late).toBeGreaterThanOrEqual(early ?? Infinity);
      }),
    ));

  it('in working days ends with a working day, and as many of them lie between', () =>
    fc.assert(
      fc.property(instants, fc.integer({ min: 1, max: 15 }), (start, count) => {
        const last = dayOf(dueOf(start, { workingDays: count }, { calendar: workingDays }).at - 1);
        let found = 0;
        for (let day = dayOf(start) + 1; day <= last; day += 1)
          found += workingDays.kind(day).isWorking ? 1 : 0;
        expect([found, workingDays.kind(last).isWorking]).toEqual([count, true]);
      }),
    ));

  it('in working minutes counts exactly the minutes inside the shifts', () =>
    fc.assert(
      fc.property(instants, fc.integer({ min: 1, max: 2000 }), (start, count) => {
        const due = dueOf(start, { minutes: count }, { calendar: splitShifts }).at;
        let counted = 0;
        for (let day = dayOf(start); startOf(day) < due; day += 1)
          for (const { from, to } of splitShifts.kind(day).isWorking ? splitShifts.spans : []) {
            const [begin, end] = [startOf(day) + minutes(from), startOf(day) + minutes(to)];
            counted += Math.max(0, Math.min(due, end) - Math.max(start, begin));
          }
        expect(counted).toBe(minutes(count));
      }),
    ));
});
