import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from './child.js';

export const MAP = join(ROOT, 'deploy/import/sample.yaml');

/** A file in a directory with so many lines of the shipped sample below its heading. */
export function sampleOf(lines: number, directory: string): string {
  const all = readFileSync(join(ROOT, 'deploy/import/sample.csv'), 'utf8').split('\n');
  const file = join(directory, 'sample.csv');
  writeFileSync(file, `${all.slice(0, lines + 1).join('\n')}\n`);
  return file;
}
