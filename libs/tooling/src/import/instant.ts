/** Reads local dates and times as they stand in exports, and says which instant they mean. */
const TOKENS: Readonly<Record<string, { field: keyof Wall; pattern: string }>> = {
  yyyy: { field: 'year', pattern: '\\d{4}' },
  MM: { field: 'month', pattern: '\\d{2}' },
  M: { field: 'month', pattern: '\\d{1,2}' },
  dd: { field: 'day', pattern: '\\d{2}' },
  d: { field: 'day', pattern: '\\d{1,2}' },
  HH: { field: 'hour', pattern: '\\d{2}' },
  H: { field: 'hour', pattern: '\\d{1,2}' },
  mm: { field: 'minute', pattern: '\\d{2}' },
  ss: { field: 'second', pattern: '\\d{2}' },
  SSS: { field: 'millisecond', pattern: '\\d{3}' },
};

interface Wall {
  year: number;
  month: number;
  day: number;
  hour: number;
  minute: number;
  second: number;
  millisecond: number;
}

/** Answers the instant in ISO 8601 UTC, or null where the text is no such date. */
export type InstantReader = (text: string) => string | null;

const TOKEN = /yyyy|MM?|dd?|HH?|mm|ss|SSS/g;

/** True where the pattern names year, month and day, and every letter of it is a known token or quoted. */
export function isInstantFormat(format: string): boolean {
  const { fields, rest } = split(format);
  return (
    ['year', 'month', 'day'].every((f) => fields.includes(f as keyof Wall)) &&
    !/[A-SU-Za-z]/.test(rest)
  );
}

export function isZone(zone: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: zone });
    return true;
  } catch {
    return false;
  }
}

/** A reader for texts in any of these formats, meant as local time of an IANA zone. */
export function instantReader(formats: readonly string[], zone: string): InstantReader {
  const readers = formats.map((format) => {
    const { fields, source } = split(format);
    const pattern = new RegExp(`^${source}$`);
    return (text: string): Wall | null => {
      const found = pattern.exec(text);
      if (!found) return null;
      const wall: Wall = {
        year: 0,
        month: 1,
        day: 1,
        hour: 0,
        minute: 0,
        second: 0,
        millisecond: 0,
      };
      fields.forEach((field, i) => (wall[field] = Number(found[i + 1])));
      return wall;
    };
  });
  const offset = offsetOf(zone);
  return (text) => {
    const trimmed = text.trim();
    for (const read of readers) {
      const wall = read(trimmed);
      if (wall) return instantOf(wall, offset);
    }
    return null;
  };
}

function split(format: string) {
  const fields: (keyof Wall)[] = [];
  let source = '';
  let rest = '';
  let end = 0;
  const literal = (text: string) => {
    rest += text;
    source += text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
  };
  for (const match of format.matchAll(TOKEN)) {
    literal(format.slice(end, match.index));
    const token = TOKENS[match[0]];
    if (!token) throw new Error(`"${match[0]}" is no part of a date format`);
    fields.push(token.field);
    source += `(${token.pattern})`;
    end = match.index + match[0].length;
  }
  literal(format.slice(end));
  return { fields, source, rest };
}

function instantOf(wall: Wall, offset: (ms: number) => number): string | null {
  const { year, month, day, hour, minute, second, millisecond } = wall;
  const utc = Date.UTC(year, month - 1, day, hour, minute, second, millisecond);
  const back = new Date(utc);
  // 30 February and 25 o'clock roll over silently in Date.UTC; a record with them is not to be believed.
  const isReal =
    back.getUTCMonth() === month - 1 &&
    back.getUTCDate() === day &&
    back.getUTCHours() === hour &&
    back.getUTCMinutes() === minute &&
    back.getUTCSeconds() === second;
  if (!isReal) return null;
  // Twice in autumn an hour is meant by two instants: the earlier one is taken. In spring one is skipped: none.
  const candidates = [utc - offset(utc - 86_400_000), utc - offset(utc + 86_400_000)];
  const meant = candidates.filter((ms) => ms + offset(ms) === utc).sort((a, b) => a - b)[0];
  return meant === undefined ? null : new Date(meant).toISOString();
}

/** Milliseconds that local time of the zone is ahead of UTC, at an instant. */
function offsetOf(zone: string): (ms: number) => number {
  const format = new Intl.DateTimeFormat('en-US', {
    timeZone: zone,
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  });
  return (ms) => {
    const part: Record<string, number> = {};
    for (const { type, value } of format.formatToParts(ms)) part[type] = Number(value);
    const local = Date.UTC(
      part['year'] ?? 0,
      (part['month'] ?? 1) - 1,
      part['day'],
      part['hour'],
      part['minute'],
      part['second'],
    );
    return local - Math.floor(ms / 1000) * 1000;
  };
}

const AHEAD_MS = 8 * 3_600_000;

/** An instant as the clock on the wall of the sample city shows it: UTC+8, to the minute. */
export const localTime = (instant: string): string =>
  new Date(Date.parse(instant) + AHEAD_MS).toISOString().slice(0, 16).replace('T', ' ');
