import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';

// Real processes and the real commands: whatever is lost between them would be lost for an operator too.

export const ROOT = new URL('../../../', import.meta.url).pathname;

const running = new Set<ChildProcess>();

/** Nothing that a failed test started stays behind. */
export const killAll = () => running.forEach((child) => child.kill('SIGKILL'));

export interface Finished {
  readonly code: number | null;
  readonly said: string;
}

export function node(
  script: string,
  args: readonly string[],
  env: Record<string, string>,
): ChildProcess {
  const child = spawn(
    process.execPath,
    ['--import', join(ROOT, 'libs/tooling/source.mjs'), join(ROOT, script), ...args],
    { cwd: ROOT, env: { ...process.env, ...env }, stdio: ['ignore', 'pipe', 'pipe'] },
  );
  running.add(child);
  return child;
}

/** Exit code of a command, and everything it said. */
export async function finished(child: ChildProcess): Promise<Finished> {
  let said = '';
  const hear = (chunk: Buffer) => (said += chunk.toString());
  child.stdout?.on('data', hear);
  child.stderr?.on('data', hear);
  await once(child, 'close');
  return { code: child.exitCode, said };
}

export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}

/** `npm start` with these arguments, again and again on the same port. */
export class Platform {
  readonly url: string;
  private child: ChildProcess | null = null;
  private heard: string[] = [];

  constructor(
    private readonly port: number,
    private readonly args: readonly string[],
    private readonly env: Record<string, string>,
  ) {
    this.url = `http://127.0.0.1:${port}`;
  }

  /** Everything it has said since it was started. */
  get said(): string {
    return this.heard.join('');
  }

  /** Until it is ready. */
  async start(): Promise<void> {
    const child = node('services/all-in-one/src/main.ts', this.args, {
      ...this.env,
      PORT: String(this.port),
    });
    this.child = child;
    this.heard = [];
    for (const stream of [child.stdout, child.stderr])
      stream?.on('data', (chunk: Buffer) => this.heard.push(chunk.toString()));
    await until(async () => {
      if (child.exitCode !== null) throw new Error(`did not start: ${this.said}`);
      return (await this.readiness()) === 200;
    });
  }

  /** Status of /health/ready; 0 where nobody answers. */
  async readiness(): Promise<number> {
    const answer = await fetch(`${this.url}/health/ready`).catch(() => null);
    return answer?.status ?? 0;
  }

  /** In order, as Ctrl-C stops it. */
  async stop(): Promise<void> {
    await this.end('SIGTERM');
  }

  async kill(): Promise<void> {
    await this.end('SIGKILL');
  }

  /** As if it had stopped to think: it loses nothing, and answers nobody until it is thawed. */
  freeze(): void {
    this.child?.kill('SIGSTOP');
  }

  thaw(): void {
    this.child?.kill('SIGCONT');
  }

  private async end(signal: NodeJS.Signals): Promise<void> {
    const { child } = this;
    if (!child) throw new Error('the platform is not up');
    this.child = null;
    if (child.exitCode !== null || child.signalCode !== null) return;
    const gone = once(child, 'exit');
    child.kill(signal);
    await gone;
  }
}

/** Far longer than anything takes on a machine that is busy with something else. Milliseconds. */
const IN_VAIN = 600_000;

/** Looks again and again until it is so. Looking in vain for long is a failure, and so is a command that ended before. */
export async function until(
  isSo: () => Promise<boolean>,
  command?: Promise<Finished>,
): Promise<void> {
  const deadline = Date.now() + IN_VAIN;
  let ended: Finished | null = null;
  void command?.then((end) => (ended = end));
  while (!(await isSo())) {
    if (ended) throw new Error(`ended too early: ${JSON.stringify(ended)}`);
    if (Date.now() > deadline) throw new Error(`waited ${IN_VAIN / 1000} s in vain`);
    await pause(20);
  }
}
