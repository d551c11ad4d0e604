import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { kafka } from './kafka.js';
import { mongo } from './mongo.js';
import { isFree } from './ports.js';

const ROOT = fileURLToPath(new URL('../../..', import.meta.url));
const loader = ['--import', './libs/tooling/source.mjs'];
const scripts = { engines: 'libs/engines-local/src/main.ts' };

describe('npm run engines', () => {
  it('prints addresses that answer, stays until Ctrl-C and ends everything', async () => {
    const { SHOUWEN_MONGO: _mongo, SHOUWEN_KAFKA: _kafka, ...env } = process.env;
    const child = spawn(
      process.execPath,
      ['--disable-warning=TimeoutNegativeWarning', ...loader, scripts.engines, '--members', '1'],
      { cwd: ROOT, env, stdio: ['ignore', 'pipe', 'inherit'] },
    );
    const before = { ...process.env };
    try {
      const lines = createInterface({ input: child.stdout });
      const said = [await once(lines, 'line'), await once(lines, 'line')].flat() as string[];
      for (const line of said) {
        const [, name, value] = /^export (SHOUWEN_\w+)='(.*)'$/.exec(line)!;
        process.env[name!] = value!;
      }
      expect(await mongo()).toMatchObject({ origin: 'environment' });
      const { addresses } = await kafka();
      const gone = once(child, 'exit');
      child.kill('SIGINT');
      expect(await gone).toEqual([0, null]);
      expect(await isFree(Number(addresses[0]!.split(':')[1]))).toBe(true);
    } finally {
      child.kill('SIGKILL');
      Object.assign(process.env, before);
    }
  });
});

describe('npm run test:engines where no server can be had', () => {
  it('fails with the commands to run, and with the line that is counted', () => {
    const empty = mkdtempSync(join(tmpdir(), 'shouwen-empty-'));
    const { status, stdout, stderr } = spawnSync(
      process.execPath,
      [
        ...['--experimental-vm-modules', ...loader],
        'node_modules/jest/bin/jest.js',
        ...['--config', 'libs/engines-local/jest.config.mjs', '--ci'],
      ],
      {
        cwd: ROOT,
        encoding: 'utf8',
        env: { PATH: empty, HOME: empty, SHOUWEN_ENGINES: empty, SHOUWEN_PLACE: 'local' },
      },
    );
    rmSync(empty, { recursive: true });
    expect(status).toBe(1);
    expect(stderr).toContain('python3 -m pip download');
    expect(stderr).toContain('mvn -q -B -f libs/engines-local/kafka/pom.xml');
    expect(stdout.trimEnd().split('\n').at(-1)).toBe('0 passed, 1 failed');
  });
});
