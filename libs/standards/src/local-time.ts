/**
 * Days and minutes of the business's zone, Asia/Shanghai: UTC+8 without summer time, so a day is always 1440
 * minutes and plain integers do. A day is its number since 1970-01-01, a minute its number since local midnight.
 */
const OFFSET_MS = 8 * 3_600_000;
const MINUTE_MS = 60_000;
export const DAY_MINUTES = 1440;
const DAY_MS = DAY_MINUTES * MINUTE_MS;

/** Milliseconds of an ISO 8601 instant. @throws RangeError where the text is none. */
export function millis(instant: string): number {
  const at = Date.parse(instant);
  if (Number.isNaN(at)) throw new RangeError(`"${instant}" is no ISO 8601 instant.`);
  return at;
}

export const iso = (at: number): string => new Date(at).toISOString();

/** Local day that an instant (milliseconds) lies in. */
export const dayOf = (at: number): number => Math.floor((at + OFFSET_MS) / DAY_MS);

/** Instant of a local midnight; `startOf(day + 1)` is the 24:00 of `day`. */
export const startOf = (day: number): number => day * DAY_MS - OFFSET_MS;

/** Milliseconds since local midnight. */
export const timeOf = (at: number): number => at - startOf(dayOf(at));

/** 1 Monday to 7 Sunday. 1970-01-01 was a Thursday. */
export const weekdayOf = (day: number): number => ((((day + 3) % 7) + 7) % 7) + 1;

/** Day number of a local date such as `2026-01-15`. @throws RangeError where there is no such day. */
export function dayFrom(date: string): number {
  const at = Date.parse(`${date}T00:00:00.000Z`);
  if (!/^\d{4}-\d\d-\d\d$/.test(date) || Number.isNaN(at) || iso(at).slice(0, 10) !== date)
    throw new RangeError(`"${date}" is no day of the calendar.`);
  return at / DAY_MS;
}

/** `2026-01-15` of a day number. */
export const dateOf = (day: number): string => iso(day * DAY_MS).slice(0, 10);

export const yearOf = (day: number): number => Number(dateOf(day).slice(0, 4));

/** Span of local minutes: `08:30-12:00` is 510 to 720. `24:00` ends a day. */
export interface Span {
  readonly from: number;
  readonly to: number;
}

/** @throws RangeError where the text is no span. */
export function spanFrom(text: string): Span {
  const match = /^(\d\d):(\d\d)-(\d\d):(\d\d)$/.exec(text);
  const [h1 = 99, m1 = 99, h2 = 99, m2 = 99] = match ? match.slice(1).map(Number) : [];
  const span = { from: h1 * 60 + m1, to: h2 * 60 + m2 };
  const isClock = m1 < 60 && m2 < 60 && span.from < DAY_MINUTES && span.to <= DAY_MINUTES;
  if (!isClock || span.from === span.to)
    throw new RangeError(`"${text}" is no span of hours such as 08:30-12:00.`);
  return span;
}

export const atMinute = (day: number, minute: number): number => startOf(day) + minute * MINUTE_MS;

export const minutes = (count: number): number => count * MINUTE_MS;

/** An instant from local text such as `2026-01-15 20:30`. @throws RangeError */
export function fromLocal(text: string): number {
  const match = /^(\d{4}-\d\d-\d\d)[ T](\d\d):(\d\d)(?::(\d\d))?$/.exec(text);
  if (!match) throw new RangeError(`"${text}" is no local time such as 2026-01-15 20:30.`);
  const [, date = '', hour, minute, second] = match;
  return atMinute(dayFrom(date), Number(hour) * 60 + Number(minute)) + Number(second ?? 0) * 1000;
}

/** Local text `2026-01-15 20:30`, with seconds where they are not zero. A midnight reads 00:00 of its own day. */
export function toLocal(at: number): string {
  const text = iso(at + OFFSET_MS);
  const seconds = text.slice(16, 19);
  return `${text.slice(0, 10)} ${text.slice(11, 16)}${seconds === ':00' ? '' : seconds}`;
}
