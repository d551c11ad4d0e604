import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const ROOT = process.cwd();

/** Runs Jest for real on two small files: the line must come from results, not from our belief about them. */
function run(files: Record<string, string>): { status: number | null; last: string } {
  const folder = mkdtempSync(join(tmpdir(), 'count-reporter-'));
  try {
    for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
    writeFileSync(
      join(folder, 'jest.config.json'),
      JSON.stringify({
        testMatch: ['<rootDir>/*.spec.cjs'],
        reporters: ['default', join(ROOT, 'libs/tooling/src/jest/count-reporter.mjs')],
      }),
    );
    const { status, stdout } = spawnSync(
      process.execPath,
      [join(ROOT, 'node_modules/jest/bin/jest.js'), '--ci', '--rootDir', folder],
      { cwd: folder, encoding: 'utf8', env: { ...process.env, CI: 'true' } },
    );
    return { status, last: stdout.trimEnd().split('\n').at(-1) ?? '' };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

describe('the line that ends a test run', () => {
  it('counts what passed', () =>
    expect(run({ 'a.spec.cjs': "it('a', () => {}); it('b', () => {});" })).toEqual({
      status: 0,
      last: '2 passed, 0 failed',
    }));

  it('counts what failed, and a file that cannot start as one more', () =>
    expect(
      run({
        'a.spec.cjs': "it('a', () => {}); it('b', () => { throw new Error('b'); });",
        'b.spec.cjs': "throw new Error('this file never gets as far as a test');",
      }),
    ).toEqual({ status: 1, last: '1 passed, 2 failed' }));
});
