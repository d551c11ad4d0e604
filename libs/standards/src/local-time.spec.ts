import { describe, expect, it } from '@jest/globals';
import {
  dateOf,
  dayFrom,
  dayOf,
  fromLocal,
  iso,
  millis,
  spanFrom,
  toLocal,
  weekdayOf,
} from './local-time.js';

describe('local time', () => {
  it('changes the day at 16:00 UTC', () => {
    expect(dateOf(dayOf(millis('2026-01-15T15:59:59.999Z')))).toBe('2026-01-15');
    expect(dateOf(dayOf(millis('2026-01-15T16:00:00.000Z')))).toBe('2026-01-16');
  });

  it('reads and writes local text', () => {
    expect(iso(fromLocal('2026-01-15 20:30'))).toBe('2026-01-15T12:30:00.000Z');
    expect(iso(fromLocal('2026-01-15 24:00'))).toBe('2026-01-15T16:00:00.000Z');
    expect(toLocal(fromLocal('2026-01-15 20:30:05'))).toBe('2026-01-15 20:30:05');
  });

  it('knows the weekday of any day, also before 1970', () => {
    const weekdays = ['1969-12-29', '1970-01-04', '2026-11-22'].map((d) => weekdayOf(dayFrom(d)));
    expect(weekdays).toEqual([1, 7, 7]);
  });

  it.each(['2026-02-30', '2026-1-5', 'tomorrow', ''])('refuses the day "%s"', (date) => {
    expect(() => dayFrom(date)).toThrow(RangeError);
  });

  it.each(['08:30', '8:30-12:00', '12:00-12:00', '24:00-06:00', '08:70-12:00'])(
    'refuses the span "%s"',
    (span) => {
      expect(() => spanFrom(span)).toThrow(RangeError);
    },
  );
});
