import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';

// Real processes and the real commands: whatever is lost between them would be lost for an operator too.

export const ROOT = new URL('../../../', import.meta.url).pathname;
const PASSWORD = 'e2e-password';
const FROM = '2026-01-12T05:00:00+08:00';

const running = new Set<ChildProcess>();

/** Nothing that a failed test started stays behind. */
export const killAll = () => running.forEach((child) => child.kill('SIGKILL'));

export interface Document {
  readonly ticketId: string;
  readonly contactId: string;
}

interface Finished {
  readonly code: number | null;
  readonly said: string;
}

function node(script: string, args: readonly string[], env: Record<string, string>): ChildProcess {
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

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}

/** A platform in training mode, as a process of its own on a directory of its own. */
export class City {
  readonly url: string;
  private child: ChildProcess | null = null;
  private token = '';

  private constructor(
    private readonly port: number,
    private readonly dataDir: string,
  ) {
    this.url = `http://127.0.0.1:${port}`;
  }

  static async raise(dataDir: string): Promise<City> {
    const city = new City(await freePort(), dataDir);
    await city.start();
    return city;
  }

  async start(): Promise<void> {
    this.child = node('services/all-in-one/src/main.ts', ['--training', '--from', FROM], {
      ...{ PORT: String(this.port), DATA_DIR: this.dataDir, ADMIN_PASSWORD: PASSWORD },
    });
    this.child.stdout?.resume();
    const heard: string[] = [];
    this.child.stderr?.on('data', (chunk: Buffer) => heard.push(chunk.toString()));
    await until(async () => {
      if (this.child?.exitCode !== null) throw new Error(`did not start: ${heard.join('')}`);
      return (await fetch(`${this.url}/health/ready`).catch(() => null))?.ok ?? false;
    });
    const answer = await fetch(`${this.url}/auth/token`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ user: 'admin', password: PASSWORD }),
    });
    this.token = ((await answer.json()) as { token: string }).token;
  }

  /** In order, as Ctrl-C stops it. */
  async stop(): Promise<void> {
    const child = this.child;
    if (!child) throw new Error('the city is not up');
    const gone = once(child, 'exit');
    child.kill('SIGTERM');
    await gone;
    this.child = null;
  }

  async killAndStart(): Promise<void> {
    const child = this.child;
    if (!child) throw new Error('the city is not up');
    const gone = once(child, 'exit');
    child.kill('SIGKILL');
    await gone;
    await this.start();
  }

  async ask(path: string, method = 'GET', sent?: object): Promise<Record<string, unknown>> {
    const response = await fetch(this.url + path, {
      method,
      headers: {
        authorization: `Bearer ${this.token}`,
        ...(method === 'POST' ? { 'idempotency-key': crypto.randomUUID() } : {}),
        ...(sent ? { 'content-type': 'application/json' } : {}),
      },
      ...(sent ? { body: JSON.stringify(sent) } : {}),
    });
    const body = (await response.json()) as Record<string, unknown>;
    if (!response.ok) throw new Error(`${method} ${path}: ${JSON.stringify(body)}`);
    return body;
  }

  /** Moves the training clock on; answers at how many instants something was due. */
  async advance(by: string): Promise<number> {
    return Number((await this.ask('/training/clock/advance', 'POST', { by }))['instants']);
  }

  async list<T = Document>(path: string): Promise<readonly T[]> {
    const join = path.includes('?') ? '&' : '?';
    return (await this.ask(`${path}${join}limit=1000`))['items'] as readonly T[];
  }

  /** Answers how many views were built anew; a document that came out otherwise is an error. */
  async rebuildAll(): Promise<number> {
    let count = 0;
    for (const service of ['intake', 'dispatch', 'notifications', 'audit']) {
      const all = await this.list<{ name: string; kind: string }>(`/${service}/subscriptions`);
      const views = new Set(all.filter(({ kind }) => kind === 'view').map(({ name }) => name));
      for (const name of views) {
        const path = `/${service}/views/${name.slice(service.length + 1)}/rebuild`;
        const { differences } = await this.ask(path, 'POST');
        if (differences !== 0) throw new Error(`${name}: ${String(differences)} documents differ`);
        count += 1;
      }
    }
    return count;
  }

  async views(): Promise<object> {
    const paths = [
      ...['/intake/tickets', '/intake/contacts', '/dispatch/work-orders', '/dispatch/clocks'],
      ...['/dispatch/limits', '/dispatch/escalations', '/notifications/messages'],
    ];
    return Object.fromEntries(
      await Promise.all(paths.map(async (path) => [path, await this.list(path)] as const)),
    );
  }

  tool(name: 'import' | 'simulate', args: readonly string[]): ChildProcess {
    return node(`libs/tooling/src/${name}/main.ts`, args, {
      ...{ SHOUWEN_URL: this.url, SHOUWEN_USER: 'admin', ADMIN_PASSWORD: PASSWORD },
    });
  }
}

/** Looks again and again until it is so. A minute in vain is a failure, and so is a command that ended before. */
export async function until(
  isSo: () => Promise<boolean>,
  command?: Promise<Finished>,
): Promise<void> {
  const deadline = Date.now() + 60_000;
  let ended: Finished | null = null;
  void command?.then((end) => (ended = end));
  while (!(await isSo())) {
    if (ended) throw new Error(`ended too early: ${JSON.stringify(ended)}`);
    if (Date.now() > deadline) throw new Error('waited a minute in vain');
    await pause(20);
  }
}
