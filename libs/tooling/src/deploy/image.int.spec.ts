import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readdirSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('../../../..', import.meta.url));
const MAIN = 'services/all-in-one/src/main.js';

const work = mkdtempSync(join(tmpdir(), 'shouwen-image-'));
const app = join(work, 'app');

/** What the first stage of the image does, with the dependencies that are here already. */
beforeAll(() => {
  execFileSync(process.execPath, [join(ROOT, 'deploy/image/compile.mjs'), app]);
  const modules = join(ROOT, 'node_modules');
  for (const name of readdirSync(modules).filter((one) => one !== '@shouwen'))
    symlinkSync(join(modules, name), join(app, 'node_modules', name));
});
afterAll(() => rmSync(work, { recursive: true, force: true }));

const run = (args: readonly string[]) =>
  spawnSync(process.execPath, [MAIN, ...args], { cwd: app, encoding: 'utf8', env: {} });

describe('the image', () => {
  it('holds what was compiled, its data, and nothing of tests and tools', () => {
    const files = readdirSync(app, { recursive: true, encoding: 'utf8' }).filter(
      (path) => !path.startsWith('node_modules'),
    );
    expect(files).toContain(MAIN);
    expect(files).toContain('services/all-in-one/city/units.yaml');
    expect(files.filter((path) => /(\.ts|\.spec\.js)$|(^|\/)test\//.test(path))).toEqual([]);
    expect(existsSync(join(app, 'libs/tooling'))).toBe(false);
  });

  it('takes its role from its arguments', () => {
    expect(run(['--help']).stdout).toContain('one service in this process');
    expect(run(['attic']).stderr).toContain('attic is no service');
    expect(run(['intake']).stderr).toContain('intake alone needs servers');
  });

  it('starts the platform', async () => {
    const env = { PORT: '0', DATA_DIR: join(work, 'data') };
    const child = spawn(process.execPath, ['--enable-source-maps', MAIN], { cwd: app, env });
    let said = '';
    const ready = new Promise<string>((found) => {
      for (const stream of [child.stdout, child.stderr])
        stream.on('data', (chunk: Buffer) => {
          said += chunk.toString();
          const [, url] = /ready on (http:\S+)/.exec(said) ?? [];
          if (url) found(url);
        });
    });
    const ended = once(child, 'exit').then(() => {
      throw new Error(`it ended: ${said}`);
    });
    try {
      const url = await Promise.race([ready, ended]);
      const { status } = await fetch(`${url}/health/ready`);
      expect(status).toBe(200);
    } finally {
      ended.catch(() => undefined);
      child.kill('SIGTERM');
    }
  });
});
