import { spawnSync } from 'node:child_process';
import { join } from 'node:path';

const ROOT = join(import.meta.dirname, '../../../..');

describe('npm run scenario', () => {
  const run = (...args: readonly string[]) =>
    spawnSync(
      process.execPath,
      ['--import', './libs/tooling/source.mjs', 'libs/tooling/src/scenario/main.ts', ...args],
      { cwd: ROOT, encoding: 'utf8' },
    );

  it('says how to use it', () => {
    const { status, stdout } = run('--help');
    expect(stdout).toMatch(/^Usage: npm run scenario -- \[options\] <PACKDIR>/);
    expect(stdout).toContain('退出码');
    expect(status).toBe(0);
  });

  it('ends with 2 and one sentence where there is no folder', () => {
    const { status, stdout, stderr } = run('/nowhere');
    expect([status, stdout]).toEqual([2, '']);
    expect(stderr).toContain('scenario: /nowhere is no folder.');
  });
});
