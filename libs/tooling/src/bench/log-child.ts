// The other side of log-process.ts: starts such processes, tells them what to do and waits for their answers.
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import type { Told, Wish } from './log-process.js';
import type { Servers } from './servers.js';

export class LogChild implements AsyncDisposable {
  private waiting: ((line: string | null) => void)[] = [];
  private readonly exited: Promise<unknown>;

  private constructor(private readonly child: ChildProcess) {
    this.exited = once(child, 'exit');
    createInterface({ input: child.stdout! })
      .on('line', (line) => this.waiting.shift()?.(line))
      .on('close', () => this.waiting.splice(0).forEach((tell) => tell(null)));
  }

  static async start({ mongo, brokers, prefix, masterKeyFile }: Servers): Promise<LogChild> {
    const child = new LogChild(
      spawn(
        process.execPath,
        [
          ...['--disable-warning=TimeoutNegativeWarning', '--import', './libs/tooling/source.mjs'],
          './libs/tooling/src/bench/log-process.ts',
          ...[mongo, brokers.join(), prefix, masterKeyFile],
        ],
        { stdio: ['pipe', 'pipe', 'inherit'] },
      ),
    );
    if ((await child.line()) !== 'ready') throw new Error('a process of the bench did not start');
    return child;
  }

  async ask(wish: Wish): Promise<Told> {
    const line = this.line();
    this.child.stdin!.write(`${JSON.stringify(wish)}\n`);
    const text = await line;
    if (text === null) throw new Error(`a process of the bench ended before it could ${wish.do}`);
    const told = JSON.parse(text) as Told;
    if (told.error !== undefined) throw new Error(`${wish.do}: ${told.error}`);
    return told;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    if (this.child.exitCode === null) this.child.stdin!.end();
    await this.exited;
  }

  private line(): Promise<string | null> {
    return new Promise((resolve) => this.waiting.push(resolve));
  }
}

/** Starts so many, does the work and ends them. */
export async function withChildren<T>(
  servers: Servers,
  count: number,
  work: (children: readonly LogChild[]) => Promise<T>,
): Promise<T> {
  const children: LogChild[] = [];
  try {
    for (let i = 0; i < count; i++) children.push(await LogChild.start(servers));
    return await work(children);
  } finally {
    await Promise.all(children.map((child) => child[Symbol.asyncDispose]()));
  }
}
