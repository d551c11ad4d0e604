import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { NAMES, RELEASED, earlierVersions, lostLineFindings, textAt } from './append-only.js';

let folder: string;

const git = (cwd: string, ...args: readonly string[]) =>
  execFileSync('git', ['-c', 'user.name=a', '-c', 'user.email=a@a.example', ...args], {
    cwd,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'ignore'],
  });

/** One commit that leaves the two lists like this. */
function commit(names: string, released: string): void {
  const files = { [NAMES]: names, [RELEASED]: released };
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  git(folder, 'add', '-A');
  git(folder, 'commit', '-q', '--allow-empty', '-m', 'Changed the lists');
}

const compared = (cwd = folder) => earlierVersions(cwd).map(({ what }) => what);
const lost = (now: string) =>
  earlierVersions(folder).flatMap(({ commit: at }) =>
    lostLineFindings(NAMES, textAt(at, NAMES, folder) ?? '', now),
  ).length;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'append-only-'));
  git(folder, 'init', '-q', '-b', 'main');
});
afterEach(() => rmSync(folder, { recursive: true }));

describe('the lists that only grow', () => {
  it('may change before the first release', () => {
    commit('intake.a\n', '');
    commit('intake.b\n', '');
    expect(compared()).toEqual([]);
  });

  it('are held to the first release for ever', () => {
    commit('intake.a\n', 'digest a.json\n');
    commit('intake.b\n', 'digest a.json\n');
    commit('intake.b\n', 'digest a.json\n');
    commit('intake.b\n', 'digest a.json\n');
    expect(lost('intake.b\n')).toBe(1);
    expect(lost('intake.a\nintake.b\n')).toBe(1);
  });

  it('are held on a branch to where it left the main one', () => {
    commit('intake.a\n', 'digest a.json\n');
    commit('intake.a\nintake.b\n', 'digest a.json\n');
    git(folder, 'checkout', '-q', '-b', 'change');
    commit('intake.a\n', 'digest a.json\n');
    expect(lost('intake.a\n')).toBe(1);
    expect(lost('intake.a\nintake.b\nintake.c\n')).toBe(0);
  });

  it('of a shallow clone are held to the commit before, and the answer says so', () => {
    commit('intake.a\n', 'digest a.json\n');
    commit('intake.a\n', 'digest a.json\n');
    commit('intake.a\n', 'digest a.json\n');
    const clone = join(folder, 'clone');
    git(folder, 'clone', '-q', '--depth', '2', `file://${folder}`, clone);
    expect(compared(clone)).toEqual(['the commit before; shallow clone']);
  });
});
