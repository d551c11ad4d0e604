import { execFile, spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, mkdirSync, mkdtempSync, openSync, readFileSync, writeFileSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { lastLines } from './place.js';
import type { Blow, Place, Running } from './place.js';
import { until } from './until.js';
import { watch } from './watch.js';

const execute = promisify(execFile);

/** Names the directory below which local servers write; else that of all temporary files. */
export const FILES_IN = 'SHOUWEN_ENGINES_FILES';

/** Servers as processes of this machine, in a temporary directory of their own. */
export class LocalPlace implements Place {
  readonly origin = 'local';
  readonly listenOn = '127.0.0.1';
  readonly folder: string;
  readonly #running: LocalProcess[] = [];
  readonly #crossOut: () => void;

  constructor() {
    this.folder = mkdtempSync(join(process.env[FILES_IN] ?? tmpdir(), 'shouwen-engines-'));
    this.#crossOut = watch({ kind: 'folder', of: this.folder });
  }

  async write(name: string, text: string): Promise<void> {
    writeFileSync(join(this.folder, name), text);
  }

  async makeFolder(name: string): Promise<void> {
    mkdirSync(join(this.folder, name), { recursive: true });
  }

  async run([program, ...args]: readonly string[]): Promise<void> {
    await execute(program!, args, { cwd: this.folder });
  }

  async start([program, ...args]: readonly string[], log: string): Promise<Running> {
    const output = openSync(join(this.folder, log), 'a');
    const child = spawn(program!, args, {
      cwd: this.folder,
      // Out of the terminal's process group: Ctrl-C reaches us, and we end the servers in order.
      detached: true,
      stdio: ['ignore', output, output],
    });
    closeSync(output);
    const running = new LocalProcess(child);
    this.#running.push(running);
    if (child.pid === undefined) await once(child, 'spawn');
    return running;
  }

  async tail(name: string): Promise<string> {
    return lastLines(readFileSync(join(this.folder, name), 'utf8'));
  }

  async end(): Promise<void> {
    await Promise.all(this.#running.map((running) => running.hit('SIGKILL')));
    for (const running of this.#running)
      await until(`process ${running.pid} is gone`, async () => !(await running.isAlive()));
    await rm(this.folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 50 });
    this.#crossOut();
  }
}

class LocalProcess implements Running {
  readonly #child: ChildProcess;

  constructor(child: ChildProcess) {
    this.#child = child;
    child.unref();
    if (child.pid === undefined) return;
    const crossOut = watch({ kind: 'process', of: child.pid });
    child.once('exit', crossOut);
  }

  get pid(): number {
    return this.#child.pid ?? 0;
  }

  async isAlive(): Promise<boolean> {
    return this.#child.exitCode === null && this.#child.signalCode === null;
  }

  async hit(blow: Blow): Promise<void> {
    this.#child.kill(blow);
  }
}
