import { dateOf, dayFrom, dayOf, iso, startOf, yearOf } from './local-time.js';
import type { SeasonEntry } from './pack.js';

/** The season an instant lies in, or the next one to come; its last day ends at 24:00. */
export function seasonAround(
  entry: Pick<SeasonEntry, 'from' | 'to'>,
  at: number,
): { isIn: boolean; from: string; to: string } {
  const day = dayOf(at);
  const year = yearOf(day);
  const wrapsYear = entry.to < entry.from;
  for (const begin of [year - 1, year, year + 1]) {
    const first = dayFrom(`${begin}-${entry.from}`);
    const last = dayFrom(`${begin + (wrapsYear ? 1 : 0)}-${entry.to}`);
    if (day <= last)
      return { isIn: day >= first, from: iso(startOf(first)), to: iso(startOf(last + 1)) };
  }
  throw new RangeError(`No season around ${dateOf(day)}.`);
}
