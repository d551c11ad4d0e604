import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from './child.js';

export const MAP = join(ROOT, 'deploy/import/sample.yaml');

/** Milliseconds. Whoever plays the sample starts many processes, which take their time on a busy machine. */
export const PATIENCE = 1_200_000;

/** A time that nobody can read: the letter O stands for a nought. */
const BAD = /,\d{4}-\d\d-\d\d [\d:]*O,/;

/**
 * A file in a directory with so many lines of the shipped sample below its heading. The last two are one that stands
 * there twice, and one that is rejected.
 */
export function sampleOf(lines: number, directory: string): string {
  const all = readFileSync(join(ROOT, 'deploy/import/sample.csv'), 'utf8').split('\n');
  const [heading, ...others] = all.filter(Boolean);
  const bad = others.find((line) => BAD.test(line));
  const good = [...new Set(others)].filter((line) => line !== bad).slice(0, lines - 2);
  const file = join(directory, 'sample.csv');
  writeFileSync(file, `${[heading, ...good, good.at(-1), bad].join('\n')}\n`);
  return file;
}
