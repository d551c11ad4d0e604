import { readFileSync } from 'node:fs';
import { Refused } from '@shouwen/engine';

export type Environment = Readonly<Record<string, string | undefined>>;

/** A setting that may stand in a file that `<NAME>_FILE` names, where no list of processes and no crash report shows it. */
export function secretOf(name: string, env: Environment): string | undefined {
  const file = env[`${name}_FILE`];
  if (!file) return env[name];
  if (env[name] !== undefined)
    throw new Refused(`Set ${name} or ${name}_FILE, not both: they could say different things.`);
  try {
    return readFileSync(file, 'utf8').replace(/\r?\n$/, '');
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    throw new Refused(`${name}_FILE names ${file}, which cannot be read (${code ?? 'unknown'}).`);
  }
}
