const DAY_MINUTES = 1_440;
const AHEAD_MINUTES = 480;

/** Instant plus minutes, on the whole minute: acts of one minute happen at one stop of the clock. */
export function later(instant: string, minutes: number): string {
  const minute = Math.ceil(Date.parse(instant) / 60_000) + minutes;
  return new Date(minute * 60_000).toISOString();
}

/** The instant, or the next opening where it falls outside the hours; local time of Asia/Shanghai, UTC+8. */
export function withinHours(instant: string, from: string, to: string): string {
  const local = Math.floor(Date.parse(instant) / 60_000) + AHEAD_MINUTES;
  const minute = ((local % DAY_MINUTES) + DAY_MINUTES) % DAY_MINUTES;
  const opens = minutesOf(from);
  if (minute >= opens && minute < minutesOf(to)) return instant;
  const wait = minute < opens ? opens - minute : DAY_MINUTES - minute + opens;
  return new Date((local - AHEAD_MINUTES + wait) * 60_000).toISOString();
}

const minutesOf = (clock: string): number => {
  const [hours = 0, minutes = 0] = clock.split(':').map(Number);
  return hours * 60 + minutes;
};

export const latest = (...instants: readonly string[]): string =>
  instants.reduce((a, b) => (a > b ? a : b));

export const minutesBetween = (from: string, to: string): number =>
  (Date.parse(to) - Date.parse(from)) / 60_000;
