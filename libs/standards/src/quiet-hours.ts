import { DAY_MINUTES, dayOf, minutes, startOf, timeOf } from './local-time.js';
import type { Span } from './local-time.js';

/**
 * Spans of a day in local minutes; one that ends before it starts goes over midnight and ends on the next day,
 * which a `to` beyond 1440 says.
 */
export const quietSpans = (texts: readonly string[], read: (text: string) => Span): Span[] =>
  texts
    .map(read)
    .map(({ from, to }) => ({ from, to: to < from ? to + DAY_MINUTES : to }))
    .sort((a, b) => a.from - b.from);

/** The quiet hours that an instant lies inside, as instants; null outside. Their two ends are outside. */
export function quietAround(
  spans: readonly Span[],
  at: number,
): { from: number; to: number } | null {
  const midnight = startOf(dayOf(at));
  const time = timeOf(at);
  for (const { from, to } of spans)
    for (const shift of [0, DAY_MINUTES]) {
      const begin = minutes(from - shift);
      const end = minutes(to - shift);
      if (time > begin && time < end) return { from: midnight + begin, to: midnight + end };
    }
  return null;
}

/** The latest instant at or before `at` that is outside quiet hours. */
export function lastCallBy(spans: readonly Span[], at: number): number {
  let latest = at;
  for (let quiet = quietAround(spans, latest); quiet; quiet = quietAround(spans, latest))
    latest = quiet.from;
  return latest;
}

/** The first instant at or after `at` that is outside quiet hours. */
export function firstCallFrom(spans: readonly Span[], at: number): number {
  let first = at;
  for (let quiet = quietAround(spans, first); quiet; quiet = quietAround(spans, first))
    first = quiet.to;
  return first;
}
