// What is peculiar to a directory of files: the lock, the master key, and a clean way back after kill -9.
import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { once } from 'node:events';
import { openEmbeddedEngine } from '../src/index.js';

let directory: string;
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'shouwen-directory-'));
});
afterEach(() => rmSync(directory, { recursive: true, force: true }));
const open = (masterKeyFile?: string) =>
  openEmbeddedEngine({ directory, ...(masterKeyFile ? { masterKeyFile } : {}) });

/** Another process that opens the directory and holds it until it is killed. */
async function holder() {
  const code = `import { openEmbeddedEngine } from './libs/engine-embedded/src/index.ts';
    // What nothing refers to is collected, and its lock falls with it.
    const engine = openEmbeddedEngine({ directory: ${JSON.stringify(directory)} });
    console.log('held'); setInterval(() => engine.time.now(), 1000);`;
  const child = spawn(
    process.execPath,
    ['--import', './libs/tooling/source.mjs', '--input-type=module', '-e', code],
    { stdio: ['ignore', 'pipe', 'inherit'] },
  );
  await once(child.stdout, 'data');
  return child;
}

it('refuses a directory that another process holds, and opens it once that one is killed', async () => {
  const child = await holder();
  const gone = once(child, 'exit');
  try {
    expect(() => open()).toThrow(/in use by another running process.*DATA_DIR/);
  } finally {
    child.kill('SIGKILL');
    await gone;
  }
  await open().close();
});

it('refuses a second opening in the same process', async () => {
  const engine = open();
  expect(() => open()).toThrow('in use by another running process');
  await engine.close();
  await open().close();
});

it('makes a master key that only its owner reads', async () => {
  await open().close();
  expect(statSync(join(directory, 'master.key')).mode & 0o777).toBe(0o600);
  expect(Buffer.from(readFileSync(join(directory, 'master.key'), 'utf8'), 'base64')).toHaveLength(
    32,
  );
});

it('makes one though a start of the same process number was killed over its draft', async () => {
  // In a container every start has the number 1.
  writeFileSync(join(directory, `master.key.${process.pid}`), 'half a k');
  await open().close();
  await open().close();
});

it('says what to do when the master key is missing or another one, and lets the directory go', async () => {
  await open().close();
  const file = join(directory, 'master.key');
  const key = readFileSync(file);
  rmSync(file);
  expect(() => open()).toThrow(/master key .* is missing.*MASTER_KEY_FILE/);
  writeFileSync(file, Buffer.alloc(32, 1).toString('base64'));
  expect(() => open()).toThrow('is not the master key of this data directory');
  writeFileSync(file, 'short');
  expect(() => open()).toThrow('does not hold a master key');
  writeFileSync(file, key);
  await open().close();
});

it('keeps the master key elsewhere by choice', async () => {
  const elsewhere = join(directory, 'keys-elsewhere');
  await open(elsewhere).close();
  expect(() => statSync(join(directory, 'master.key'))).toThrow();
  await open(elsewhere).close();
});
