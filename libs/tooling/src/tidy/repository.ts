import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

export const ROOT = join(import.meta.dirname, '../../../..');

export interface Source {
  /** From the root of the repository, with forward slashes. */
  readonly path: string;
  readonly text: string;
}

/** What is wrong, where, in a sentence that says what to do. */
export interface Finding {
  readonly path: string;
  readonly line?: number;
  readonly says: string;
}

export const shown = ({ path, line, says }: Finding): string =>
  `${path}${line ? `:${line}` : ''} ${says}`;

/** Output of git, or null where there is no git or no repository (an unpacked archive has neither). */
export function git(args: readonly string[], cwd = ROOT): string | null {
  try {
    return execFileSync('git', args, {
      cwd,
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
      maxBuffer: 64 * 1024 * 1024,
    });
  } catch {
    return null;
  }
}

const LEFT_OUT = new Set(['node_modules', 'dist', 'coverage', '.nx', '.cache', 'data', '.git']);

function walk(folder: string): string[] {
  return readdirSync(join(ROOT, folder), { withFileTypes: true }).flatMap((entry) => {
    const path = folder ? `${folder}/${entry.name}` : entry.name;
    if (entry.name === 'node_modules' || (!folder && LEFT_OUT.has(entry.name))) return [];
    return entry.isDirectory() ? walk(path) : [path];
  });
}

/** Every file that is, or is about to be, part of the repository. */
export function repositoryFiles(): readonly string[] {
  const listed = git(['ls-files', '--cached', '--others', '--exclude-standard', '-z']);
  const paths = listed === null ? walk('') : listed.split('\0').filter(Boolean);
  return paths.filter((path) => existsSync(join(ROOT, path))).sort();
}

export const read = (path: string): Source => ({
  path,
  text: readFileSync(join(ROOT, path), 'utf8'),
});

export const isCode = (path: string): boolean => /\.(ts|mjs)$/.test(path);
export const isSpec = (path: string): boolean => path.endsWith('.spec.ts');
export const isText = (path: string): boolean =>
  /\.(ts|mjs|md|ya?ml|json|csv|txt|sh|html)$/.test(path) || path === '.ci/run';
