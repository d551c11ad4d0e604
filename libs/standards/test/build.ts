import { mkdir, mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { makeCalendar } from '../src/calendar.js';
import type { Calendar } from '../src/calendar.js';
import { fromLocal, iso } from '../src/local-time.js';
import type { CalendarEntry, Holiday } from '../src/pack.js';

/** An instant from local text. */
export const local = (text: string): string => iso(fromLocal(text));

const description = { en: 'A calendar', zh: '日历' };

export const aCalendar = (
  entry: Partial<CalendarEntry> = {},
  holidays: readonly Holiday[] = [],
): Calendar =>
  makeCalendar(
    {
      id: 'test',
      description,
      clauses: ['W-033'],
      basis: 'ours',
      weekdays: [1, 2, 3, 4, 5],
      ...entry,
    },
    holidays,
  );

/** Round the National Day of 2026: off from Thursday 1 to Wednesday 7, made up on Saturday 10 October. */
export const NATIONAL_DAY: readonly Holiday[] = [
  ...[1, 2, 3, 4, 5, 6, 7].map((d) => ({ year: 2026, date: `2026-10-0${d}`, isOffDay: true })),
  { year: 2026, date: '2026-10-10', isOffDay: false },
];

export const roundTheClock = aCalendar({ weekdays: [1, 2, 3, 4, 5, 6, 7] });
export const workingDays = aCalendar({ holidays: 'days.csv' }, NATIONAL_DAY);
export const splitShifts = aCalendar(
  { holidays: 'days.csv', hours: ['08:30-12:00', '14:00-17:30'] },
  NATIONAL_DAY,
);

/** A clock as YAML, for packs written in specs. */
export const aClock = (changes: Record<string, unknown> = {}) => ({
  id: 'city.arrive',
  description: { en: 'A crew arrives', zh: '到达现场' },
  stage: 'arrive',
  appliesTo: { categories: ['repair'] },
  from: 'receipt',
  within: { minutes: 45 },
  clauses: ['H-006'],
  basis: 'ours',
  ...changes,
});

export const aPackHead = (changes: Record<string, unknown> = {}) => ({
  id: 'city',
  layer: 'city',
  version: '1.0',
  from: '2020-01-01',
  zone: 'Asia/Shanghai',
  name: { en: 'City', zh: '城市' },
  ...changes,
});

/** Writes packs as folders of YAML (JSON is YAML) into a new directory: folder → file → content. */
export async function aFolder(
  packs: Record<string, Record<string, object | string>>,
): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'packs-'));
  for (const [pack, files] of Object.entries(packs)) {
    await mkdir(join(folder, pack));
    for (const [file, content] of Object.entries(files))
      await writeFile(
        join(folder, pack, file),
        typeof content === 'string' ? content : JSON.stringify(content),
      );
  }
  return folder;
}
