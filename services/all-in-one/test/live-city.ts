import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { audit } from '@shouwen/audit';
import { dispatch } from '@shouwen/dispatch';
import { configurationOf, startHost, type Host, type HostOptions } from '@shouwen/host';
import { intake } from '@shouwen/intake';
import { notifications } from '@shouwen/notifications';
import { sampleCity } from '../src/sample-city.js';
import { environmentOf, type Servers } from './servers.js';

export type Document = Readonly<Record<string, unknown>>;

export interface Entry {
  readonly type: string;
  readonly sentence: string;
  readonly clauses: readonly { readonly id: string }[];
}

export interface Letter {
  readonly kind: string;
  readonly to: { readonly staff: string; readonly posts: readonly string[] };
  readonly text: { readonly en: string; readonly zh: string };
  readonly dueAt?: string;
}

/** All services in this process with the sample city, on a directory or on servers. */
export interface Platform {
  readonly host: Host;
  readonly directory: string;
  /** Of the administrator. */
  readonly password: string;
  close(): Promise<void>;
}

export interface PlatformOptions {
  readonly args?: readonly string[];
  readonly servers?: Servers;
  readonly log?: HostOptions['log'];
}

export type RaisePlatform = (options: PlatformOptions) => Promise<Platform>;

export async function raisePlatform(options: PlatformOptions): Promise<Platform> {
  const { args = [], servers, log = () => undefined } = options;
  const directory = mkdtempSync(join(tmpdir(), 'shouwen-live-'));
  const outbox = join(directory, 'outbox');
  const services = [intake, dispatch, notifications({ outbox }), audit];
  const password = 'correct horse';
  const env = { PORT: '0', DATA_DIR: directory, ADMIN_PASSWORD: password };
  const host = await startHost(services, {
    configuration: configurationOf(args, {
      ...env,
      ...(servers ? environmentOf(directory, servers) : {}),
    }),
    log,
    firstStart: sampleCity(services),
  });
  const close = async () => {
    await host.stop();
    rmSync(directory, { recursive: true, force: true });
  };
  return { host, directory, password, close };
}

export type Raise = (from: string) => Promise<LiveCity>;

/** A platform with a clock that stands: its people sign in and act over HTTP. */
export class LiveCity {
  private readonly tokens = new Map<string, Promise<string>>();
  private count = 0;

  private constructor(private readonly platform: Platform) {}

  /** On a directory of its own. */
  static readonly raise: Raise = (from) => LiveCity.with(from, {});

  static readonly raiseOn =
    (servers: Servers): Raise =>
    (from) =>
      LiveCity.with(from, { servers });

  private static async with(from: string, options: PlatformOptions): Promise<LiveCity> {
    const args = ['--training', '--from', from];
    const city = new LiveCity(await raisePlatform({ ...options, args }));
    await city.settle();
    return city;
  }

  close(): Promise<void> {
    return this.platform.close();
  }

  private get host(): Host {
    return this.platform.host;
  }

  /** Until every service has done all there is. */
  async settle(): Promise<void> {
    const heads = async () =>
      (await Promise.all(this.host.runtimes.map((runtime) => runtime.head()))).join();
    for (let before = ''; before !== (before = await heads());)
      for (const runtime of this.host.runtimes) await runtime.settle();
  }

  /** Moves the clock by `30m` or to an instant, firing each timer at its own. */
  async advance(wish: { by?: string; to?: string }): Promise<void> {
    await this.post('admin', '/training/clock/advance', wish);
  }

  get now(): string {
    return this.host.training!.now();
  }

  /** Acts under a staff number. Throws what was refused. */
  async post(staff: string, path: string, body: object): Promise<Document> {
    const key = `018f4b3c-0000-7000-8000-${String(++this.count).padStart(12, '0')}`;
    const headers = { 'content-type': 'application/json', 'idempotency-key': key };
    return this.ask(staff, path, { method: 'POST', headers, body: JSON.stringify(body) });
  }

  async get(staff: string, path: string): Promise<Document> {
    return this.ask(staff, path, { method: 'GET', headers: {} });
  }

  async list(staff: string, path: string): Promise<readonly Document[]> {
    return (await this.get(staff, path))['items'] as readonly Document[];
  }

  /** Status and text of an answer, whatever it is. */
  async look(staff: string, path: string): Promise<{ status: number; text: string }> {
    const headers = { authorization: `Bearer ${await this.token(staff)}` };
    const response = await fetch(this.host.url + path, { headers });
    return { status: response.status, text: await response.text() };
  }

  async story(staff: string, ticketId: string, lang: string): Promise<readonly Entry[]> {
    const { items } = await this.get(staff, `/audit/tickets/${ticketId}/timeline?lang=${lang}`);
    return items as readonly Entry[];
  }

  /** What lies in the outbox, in the order of what the letters are about. */
  letters(): readonly Letter[] {
    const outbox = join(this.platform.directory, 'outbox');
    const names = readdirSync(outbox).filter((name) => name.endsWith('.json'));
    const letters = names.map(
      (name) => JSON.parse(readFileSync(join(outbox, name), 'utf8')) as Letter,
    );
    return letters.sort((a, b) => ((a.dueAt ?? '') + a.kind < (b.dueAt ?? '') + b.kind ? -1 : 1));
  }

  private async ask(
    staff: string,
    path: string,
    { headers, ...request }: { method: string; headers: Record<string, string>; body?: string },
  ): Promise<Document> {
    const authorization = `Bearer ${await this.token(staff)}`;
    const response = await fetch(this.host.url + path, {
      ...request,
      headers: { ...headers, authorization },
    });
    const body = (await response.json()) as Document;
    if (response.ok) return body;
    throw Object.assign(new Error(`${staff} ${path}: ${JSON.stringify(body)}`), body);
  }

  /** Signed in once: a password that is set again ends what was signed in before. */
  private token(staff: string): Promise<string> {
    const token = this.tokens.get(staff) ?? this.signIn(staff);
    this.tokens.set(staff, token);
    return token;
  }

  private async signIn(staff: string): Promise<string> {
    const password = staff === 'admin' ? this.platform.password : `password of ${staff}`;
    if (staff !== 'admin') await this.host.accounts.setPassword(staff, password);
    const response = await fetch(`${this.host.url}/auth/token`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ user: staff, password }),
    });
    return ((await response.json()) as { token: string }).token;
  }
}
