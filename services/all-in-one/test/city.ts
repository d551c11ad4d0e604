import type { ChildProcess } from 'node:child_process';
import { freePort, node, Platform } from './child.js';
import { environmentOf, type Servers } from './servers.js';

export { finished, killAll, node, ROOT, until } from './child.js';

const PASSWORD = 'e2e-password';
const FROM = '2026-01-12T05:00:00+08:00';
const TRAINING = ['--training', '--from', FROM];
const SERVICES = ['intake', 'dispatch', 'notifications', 'audit'];

export interface Document {
  readonly ticketId: string;
  readonly contactId: string;
}

/** On a new directory, or on one that was worked on before. */
export type RaiseCity = (dataDir: string) => Promise<City>;

/**
 * A platform in training mode: one process on a directory of its own, or one process per service on servers, where the
 * same tests must see the same.
 */
export class City {
  private token = '';

  private constructor(private readonly parts: ReadonlyMap<string, Platform>) {}

  /** One process. */
  static readonly raise: RaiseCity = async (dataDir) => City.of(await together(dataDir));

  /** A process for each service, which meet on these servers. */
  static readonly raiseOn =
    (servers: Servers): RaiseCity =>
    async (dataDir) =>
      City.of(await separate(dataDir, servers));

  private static async of(parts: ReadonlyMap<string, Platform>): Promise<City> {
    const city = new City(parts);
    await city.start();
    return city;
  }

  /** One address, or one of each service. */
  get url(): string {
    const [first, ...others] = this.processes;
    if (others.length === 0) return first!.url;
    return [...this.parts].map(([service, { url }]) => `${service}=${url}`).join();
  }

  /** The process that runs a service; sign-in and the clock are asked of dispatch. */
  process(service: string): Platform {
    return this.parts.get(service) ?? this.parts.get('dispatch')!;
  }

  async start(): Promise<void> {
    await Promise.all(this.processes.map((one) => one.start()));
    const answer = await fetch(`${this.process('auth').url}/auth/token`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ user: 'admin', password: PASSWORD }),
    });
    this.token = ((await answer.json()) as { token: string }).token;
  }

  /** In order, as Ctrl-C stops it. */
  async stop(): Promise<void> {
    await Promise.all(this.processes.map((one) => one.stop()));
  }

  /** As the power goes and comes back, for all processes at once. */
  async killAndStart(): Promise<void> {
    await Promise.all(this.processes.map((one) => one.kill()));
    await this.start();
  }

  /** One process after the other, while the others go on. */
  async killAndStartEach(): Promise<void> {
    for (const one of this.processes) {
      await one.kill();
      await one.start();
    }
  }

  private get processes(): readonly Platform[] {
    return [...new Set(this.parts.values())];
  }

  async ask(path: string, method = 'GET', sent?: object): Promise<Record<string, unknown>> {
    const response = await fetch(this.process(path.split(/[/?]/)[1]!).url + path, {
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
    for (const service of SERVICES) {
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
    return node(`libs/tooling/src/${name}/main.ts`, [...args, '--wait', '900'], {
      ...{ SHOUWEN_URL: this.url, SHOUWEN_USER: 'admin', ADMIN_PASSWORD: PASSWORD },
    });
  }
}

/** All services in one process, which keeps everything in the directory. */
async function together(dataDir: string): Promise<ReadonlyMap<string, Platform>> {
  const env = { ENGINE: 'embedded', DATA_DIR: dataDir, ADMIN_PASSWORD: PASSWORD };
  const all = new Platform(await freePort(), TRAINING, env);
  return new Map(SERVICES.map((service) => [service, all]));
}

/** Each service in a process of its own. */
async function separate(dataDir: string, servers: Servers): Promise<ReadonlyMap<string, Platform>> {
  const ports = new Map<string, number>();
  for (const service of SERVICES) ports.set(service, await freePort());
  const env = {
    ...environmentOf(dataDir, servers),
    ...{ DATA_DIR: dataDir, ADMIN_PASSWORD: PASSWORD },
  };
  const peersOf = (own: string) =>
    [...ports].filter(([service]) => service !== own).map(([, at]) => `http://127.0.0.1:${at}`);
  return new Map(
    [...ports].map(([service, port]) => [
      service,
      new Platform(port, [service, ...TRAINING], { ...env, PEERS: peersOf(service).join() }),
    ]),
  );
}
