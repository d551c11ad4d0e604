import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { request, type IncomingMessage } from 'node:http';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { freshKey } from './client.js';

const ROOT = resolve(import.meta.dirname, '../../..');

const directory = mkdtempSync(join(tmpdir(), 'shouwen-process-'));

/** Each start loads the whole product from source. */
const running = new Set<Process>();

/** The product as its users start it: a process with an environment and signals. */
class Process {
  output = '';
  private readonly child: ChildProcess;
  private readonly ended: Promise<unknown[]>;

  constructor(env: Record<string, string> = {}, argv: readonly string[] = []) {
    const main = join(ROOT, 'libs/host/test/desk-main.ts');
    this.child = spawn(
      process.execPath,
      ['--import', join(ROOT, 'libs/tooling/source.mjs'), main, ...argv],
      { cwd: ROOT, env: { PATH: process.env['PATH'], PORT: '0', DATA_DIR: directory, ...env } },
    );
    this.ended = once(this.child, 'exit');
    for (const stream of [this.child.stdout!, this.child.stderr!])
      stream.on('data', (part: Buffer) => (this.output += part.toString()));
    running.add(this);
  }

  /** The address it printed, once it is ready. */
  async url(): Promise<string> {
    await this.says('ready on ');
    return /ready on (http:\S+)/.exec(this.output)![1]!;
  }

  /** Until it has printed the line with these words. */
  async says(words: string): Promise<void> {
    const said = new Promise<void>((found) => {
      const look = () => {
        const at = this.output.indexOf(words);
        if (at >= 0 && this.output.includes('\n', at)) found();
      };
      this.child.stdout!.on('data', look);
      look();
    });
    const ended = this.ended.then((how) => {
      throw new Error(`it ended with ${String(how)}: ${this.output}`);
    });
    await Promise.race([said, ended]);
  }

  signal(signal: NodeJS.Signals): void {
    this.child.kill(signal);
  }

  /** Exit code, or the signal that ended it. */
  async end(signal?: NodeJS.Signals): Promise<unknown> {
    if (signal) this.signal(signal);
    const [code, by] = await this.ended;
    running.delete(this);
    return code ?? by;
  }
}

const PASSWORD = { ADMIN_PASSWORD: 'correct horse' };

async function signIn(url: string, password: string): Promise<string | undefined> {
  const response = await fetch(`${url}/auth/token`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ user: 'admin', password }),
  });
  return ((await response.json()) as { token?: string }).token;
}

/** A request that the platform has taken, and whose body is still on the way. Answers the status once it is sent. */
function halfSignIn(url: string) {
  const body = JSON.stringify({ user: 'admin', password: PASSWORD.ADMIN_PASSWORD });
  const sent = request(`${url}/auth/token`, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      'content-length': Buffer.byteLength(body),
      expect: '100-continue',
    },
  });
  const answered = once(sent, 'response') as Promise<[IncomingMessage]>;
  const begun = once(sent, 'continue');
  sent.flushHeaders();
  const finish = async (): Promise<number | undefined> => {
    sent.end(body);
    const [answer] = await answered;
    answer.resume();
    return answer.statusCode;
  };
  return { begun, finish };
}

const titles = async (url: string, token: string): Promise<string[]> => {
  const response = await fetch(`${url}/desk/matter-list?limit=1000`, {
    headers: { authorization: `Bearer ${token}` },
  });
  const { items } = (await response.json()) as { items: { title: string }[] };
  return items.map(({ title }) => title).sort();
};

const open = (url: string, token: string, title: string) =>
  fetch(`${url}/desk/matters`, {
    method: 'POST',
    headers: {
      authorization: `Bearer ${token}`,
      'content-type': 'application/json',
      'idempotency-key': freshKey(),
    },
    body: JSON.stringify({ title, urgency: 'low' }),
  });

const SAMPLES = Array.from({ length: 10 }, (_, i) => `Sample ${i + 1}`).sort();

afterAll(async () => {
  await Promise.all([...running].map((one) => one.end('SIGKILL')));
  rmSync(directory, { recursive: true, force: true });
});

describe('the process', () => {
  it('goes on with a first start that was killed half-way, and does nothing of it twice', async () => {
    expect(await new Process({ ...PASSWORD, DIE_AT: '4' }).end()).toBe('SIGKILL');
    expect(await new Process({ ...PASSWORD, DIE_AT: '7' }).end()).toBe('SIGKILL');
    const third = new Process(PASSWORD);
    const url = await third.url();
    const token = await signIn(url, PASSWORD.ADMIN_PASSWORD);
    expect(await titles(url, token!)).toEqual(SAMPLES);
    expect(third.output).not.toContain(PASSWORD.ADMIN_PASSWORD);
    expect(await third.end('SIGTERM')).toBe(0);
    expect(third.output).toContain('Stopped.');
  });

  it('keeps what it answered through kill -9, and starts again', async () => {
    const first = new Process();
    const token = (await signIn(await first.url(), PASSWORD.ADMIN_PASSWORD))!;
    expect((await open(await first.url(), token, 'Told before the kill')).status).toBe(201);
    await first.end('SIGKILL');
    const second = new Process();
    expect(await titles(await second.url(), token)).toContain('Told before the kill');
    expect(await second.end('SIGINT')).toBe(0);
  });

  it('refuses in one sentence what it cannot start with', async () => {
    const first = new Process();
    const { port } = new URL(await first.url());
    const other = { DATA_DIR: join(directory, 'other'), ADMIN_PASSWORD: 'long enough' };
    const refused = [
      [new Process(), /^The data directory .* is in use by another running process; [^\n]+\n$/],
      [new Process({ ...other, PORT: port }), /^Port \d+ on 127\.0\.0\.1 is in use [^\n]+\n$/],
      [
        new Process({ ...other, DATA_DIR: import.meta.filename }),
        /^\S+ is no directory that this user may write to \(EEXIST\); [^\n]+\n$/,
      ],
      [new Process({}, ['--trainig']), /^--trainig is not an option; [^\n]+\n$/],
    ] as const;
    for (const [one, sentence] of refused) {
      expect(await one.end()).toBe(1);
      expect(one.output).toMatch(sentence);
    }
    expect(await first.end('SIGTERM')).toBe(0);
  });

  it('makes a password of its own where none is given, and shows it once', async () => {
    const env = { DATA_DIR: join(directory, 'random') };
    const first = new Process(env);
    const url = await first.url();
    const [, password] = /shown this once: (\S{16})/.exec(first.output) ?? [];
    expect(await signIn(url, password!)).toEqual(expect.any(String));
    expect(await first.end('SIGTERM')).toBe(0);
    const second = new Process(env);
    await second.url();
    expect(second.output).not.toContain(password);
    expect(await second.end('SIGTERM')).toBe(0);
  });

  it('takes two signals within a second for one stop, and finishes what is in flight', async () => {
    const one = new Process();
    const { begun, finish } = halfSignIn(await one.url());
    await begun;
    // One Ctrl-C comes from the terminal and again from npm. Two kinds, because two alike may arrive as one.
    one.signal('SIGINT');
    await one.says('Stopping:');
    one.signal('SIGTERM');
    expect(await finish()).toBe(200);
    expect(await one.end()).toBe(0);
    expect(one.output.match(/Stopping:/g)).toHaveLength(1);
    expect(one.output.match(/Stopped\./g)).toHaveLength(1);
  });

  it('says how it is started', async () => {
    const help = new Process({}, ['--help']);
    expect(await help.end()).toBe(0);
    expect(help.output).toContain('npm start -- --training');
  });
});
