import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { configurationOf, startHost, type Host } from '../src/index.js';
import { desk } from './desk.js';

export const PASSWORD = 'correct horse';

export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly body: Record<string, unknown> & {
    code?: string;
    faults?: { field: string; rule: string; message: string }[];
  };
}

export interface Ask {
  readonly method?: string;
  readonly headers?: Record<string, string>;
  readonly body?: string | Buffer | object | undefined;
  /** Idempotency-Key; absent: a fresh one. Null: none. */
  readonly key?: string | null;
  /** Absent: the administrator's. Null: none. */
  readonly token?: string | null;
}

let count = 0;

/** Keys of their own for each request of this spec, the same in each run. */
export const freshKey = (): string =>
  `018f4b3c-0000-7000-8000-${String(++count).padStart(12, '0')}`;

/** A host of its own in a directory of its own, on a port that the system chooses. */
export class City {
  readonly directory = mkdtempSync(join(tmpdir(), 'shouwen-edge-'));
  readonly logged: object[] = [];
  host!: Host;
  token = '';

  async start(argv: string[] = [], env: Record<string, string> = {}): Promise<this> {
    const all = { PORT: '0', DATA_DIR: this.directory, ADMIN_PASSWORD: PASSWORD, ...env };
    this.host = await startHost([desk], {
      configuration: configurationOf(argv, all),
      log: (line) => this.logged.push(line),
      standards: {},
    });
    this.token = await this.signIn('admin', PASSWORD);
    return this;
  }

  async stop(): Promise<void> {
    await this.host.stop();
  }

  remove(): void {
    rmSync(this.directory, { recursive: true, force: true });
  }

  async signIn(user: string, password: string): Promise<string> {
    const { body } = await this.post('/auth/token', { user, password }, { token: null });
    return String(body['token']);
  }

  async ask(path: string, { method = 'GET', body, ...ask }: Ask = {}): Promise<Answer> {
    const isRaw = typeof body === 'string' || Buffer.isBuffer(body);
    const response = await fetch(this.host.url + path, {
      method,
      headers: this.headers(method, { body, ...ask }),
      ...(body === undefined ? {} : { body: isRaw ? body : JSON.stringify(body) }),
    });
    const text = await response.text();
    const isJson = (response.headers.get('content-type') ?? '').includes('json');
    const parsed = (isJson ? JSON.parse(text) : { text }) as Answer['body'];
    return { status: response.status, headers: response.headers, body: parsed };
  }

  private headers(method: string, { headers, body, key, token }: Ask): Record<string, string> {
    return {
      ...(token === null ? {} : { authorization: `Bearer ${token ?? this.token}` }),
      ...(key === null || method === 'GET' ? {} : { 'idempotency-key': key ?? freshKey() }),
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      ...headers,
    };
  }

  get(path: string, ask: Ask = {}): Promise<Answer> {
    return this.ask(path, ask);
  }

  post(path: string, body: object | string, ask: Ask = {}): Promise<Answer> {
    return this.ask(path, { method: 'POST', body, ...ask });
  }

  /** Registers somebody who may sign in with the password that is answered. */
  async addStaff(number: string, grants: { role: string; unit: string }[]): Promise<string> {
    const password = `password of ${number}`;
    await this.host.accounts.register(number, '/city', grants);
    await this.host.accounts.setPassword(number, password);
    await this.host.runtimes[0]!.settle();
    return password;
  }

  head(): Promise<number> {
    return this.host.runtimes[0]!.head();
  }
}
