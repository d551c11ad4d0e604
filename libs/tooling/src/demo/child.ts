import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';

const ROOT = new URL('../../../../', import.meta.url);

export interface ChildOptions {
  readonly port: number;
  readonly dataDir: string;
  readonly password: string;
  /** Arguments of `npm start`. */
  readonly args: readonly string[];
  /** More of its environment, such as the servers to use. */
  readonly env?: Readonly<Record<string, string>>;
  /** Seconds until it must be ready; a minute unless said. */
  readonly patience?: number;
}

/** A platform of its own process, started as `npm start` starts it. */
export class ChildPlatform {
  readonly url: string;
  readonly #options: ChildOptions;
  #child: ChildProcess | null = null;
  #said = '';

  constructor(options: ChildOptions) {
    this.#options = options;
    this.url = `http://127.0.0.1:${options.port}`;
  }

  /** Of the process that runs now. */
  get pid(): number | undefined {
    return this.#child?.pid;
  }

  /** Comes back when it is ready; throws with what it said where it is not. */
  async start(): Promise<void> {
    const { port, dataDir, password, args, env } = this.#options;
    this.#said = '';
    const child = spawn(
      process.execPath,
      [
        '--enable-source-maps',
        ...['--import', new URL('libs/tooling/source.mjs', ROOT).href],
        new URL('services/all-in-one/src/main.ts', ROOT).pathname,
        ...args,
      ],
      {
        cwd: ROOT,
        // Out of the terminal's process group: Ctrl-C reaches us, and we stop it in order.
        detached: true,
        env: {
          ...process.env,
          // Whatever servers the shell knows: this platform keeps everything in its own directory.
          ENGINE: 'embedded',
          PORT: String(port),
          HOST: '127.0.0.1',
          DATA_DIR: dataDir,
          ADMIN_PASSWORD: password,
          ...env,
        },
        stdio: ['ignore', 'pipe', 'pipe'],
      },
    );
    this.#child = child;
    const hear = (chunk: Buffer) => (this.#said += chunk.toString());
    child.stdout.on('data', hear);
    child.stderr.on('data', hear);
    await this.#ready(child);
  }

  /** As the power goes: nothing is finished, nothing is closed. */
  async kill(): Promise<void> {
    await this.#end('SIGKILL');
  }

  async stop(): Promise<void> {
    await this.#end('SIGTERM');
  }

  async #end(signal: NodeJS.Signals): Promise<void> {
    const child = this.#child;
    this.#child = null;
    if (!child || child.exitCode !== null || child.signalCode !== null) return;
    const gone = once(child, 'exit');
    child.kill(signal);
    await gone;
  }

  async #ready(child: ChildProcess): Promise<void> {
    const { patience = 60 } = this.#options;
    for (const end = Date.now() + patience * 1000; Date.now() < end; await wait(50)) {
      if (child.exitCode !== null || child.signalCode !== null)
        throw new Error(`the platform did not start: ${this.#said.trim()}`);
      const response = await fetch(`${this.url}/health/ready`).catch(() => null);
      if (response?.ok) return;
    }
    await this.kill();
    throw new Error(`the platform was not ready within ${patience} seconds: ${this.#said.trim()}`);
  }
}

/** A port that nobody listens on at this moment. */
export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}
