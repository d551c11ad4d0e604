import { createHash } from 'node:crypto';
import { git, type Finding } from './repository.js';

/** Lines may come at the end; no line that was there may go or change. */
export function lostLineFindings(path: string, before: string, now: string): Finding[] {
  const kept = now.split('\n');
  const lost = before
    .split('\n')
    .filter(Boolean)
    .findIndex((line, index) => kept[index] !== line);
  return lost < 0
    ? []
    : [{ path, line: lost + 1, says: 'a line that was there is gone or changed; only append' }];
}

export const digest = (text: string): string =>
  createHash('sha256').update(text).digest('hex').slice(0, 32);

/** Lines `<digest> <path>` of samples that a release has written to somebody's disk. */
export function releasedFindings(list: string, textOf: (path: string) => string | null): Finding[] {
  return list
    .split('\n')
    .filter(Boolean)
    .flatMap((line) => {
      const [expected, path] = line.split(' ') as [string, string];
      const text = textOf(path);
      if (text === null)
        return [{ path, says: 'a released sample is gone; events like it still lie in logs' }];
      return digest(text) === expected
        ? []
        : [{ path, says: 'a released sample was edited; add another one beside it' }];
    });
}

export interface Earlier {
  readonly commit: string;
  /** What the commit is, for the reader of a failure. */
  readonly what: string;
}

export const NAMES = 'libs/tooling/durable-names.txt';
export const RELEASED = 'libs/tooling/released-samples.txt';

export const textAt = (commit: string, path: string, cwd?: string): string | null =>
  git(['show', `${commit}:${path}`], cwd);

/**
 * What the lists are compared with: the first release, and the point where this branch left the main one. Before
 * the first release (no sample is listed yet) nothing lies in anybody's log and the lists may change. A shallow
 * clone knows neither; the commit before is then the best there is, and the answer says so.
 */
export function earlierVersions(cwd?: string): readonly Earlier[] {
  const run = (...args: string[]) => git(args, cwd)?.trim() || null;
  const parent = () => run('rev-parse', '--verify', '--quiet', 'HEAD~1');
  const isRelease = (commit: string | null): commit is string =>
    commit !== null && Boolean(textAt(commit, RELEASED, cwd)?.trim());
  if (run('rev-parse', '--is-shallow-repository') === 'true') {
    const before = parent();
    return isRelease(before) ? [{ commit: before, what: 'the commit before; shallow clone' }] : [];
  }
  const touched = run('log', '--reverse', '--format=%H', '--', RELEASED)?.split('\n') ?? [];
  const first = touched.find(isRelease);
  const left = run('merge-base', 'HEAD', 'origin/main') ?? run('merge-base', 'HEAD', 'main');
  const base = left === run('rev-parse', 'HEAD') ? parent() : left;
  return [
    ...(first ? [{ commit: first, what: 'the first release' }] : []),
    ...(isRelease(base) ? [{ commit: base, what: 'the merge base or the commit before' }] : []),
  ];
}
