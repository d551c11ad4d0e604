import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { createInterface } from 'node:readline';

export const PASSWORD = 'measured-by-bench';

/** A program of this repository in a process of its own, as a user starts it. */
export interface Started extends AsyncDisposable {
  readonly url: string;
  /** Seconds from the start of the process until it said it was ready. */
  readonly readyAfter: number;
  readonly child: ChildProcess;
  /** Resident memory in MiB, as the kernel counts it. */
  memory(): number;
  /** Processor time used so far in microseconds, of all threads, as the kernel counts it in ticks of 10 ms. */
  processorTime(): number;
}

export async function start(main: string, directory: string): Promise<Started> {
  const port = await freePort();
  const from = performance.now();
  const child = spawn(
    process.execPath,
    ['--enable-source-maps', '--import', './libs/tooling/source.mjs', main],
    {
      env: { ...process.env, PORT: String(port), DATA_DIR: directory, ADMIN_PASSWORD: PASSWORD },
      stdio: ['ignore', 'pipe', 'inherit'],
    },
  );
  for await (const line of createInterface({ input: child.stdout }))
    if (line.includes('is ready on')) break;
  if (child.exitCode !== null) throw new Error(`${main} did not start`);
  const exited = once(child, 'exit');
  return {
    url: `http://127.0.0.1:${port}`,
    readyAfter: (performance.now() - from) / 1000,
    child,
    memory: () =>
      Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${child.pid}/status`, 'utf8'))![1]) / 1024,
    processorTime: () => {
      const [, fields] = readFileSync(`/proc/${child.pid}/stat`, 'utf8').split(') ');
      const [user, system] = fields!.split(' ').slice(11, 13);
      return (Number(user) + Number(system)) * 10_000;
    },
    [Symbol.asyncDispose]: async () => {
      if (child.exitCode === null) child.kill('SIGTERM');
      await exited;
    },
  };
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as { port: number };
  server.close();
  await once(server, 'close');
  return port;
}

export async function signIn(url: string): Promise<string> {
  const response = await fetch(`${url}/auth/token`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ user: 'admin', password: PASSWORD }),
  });
  return ((await response.json()) as { token: string }).token;
}
