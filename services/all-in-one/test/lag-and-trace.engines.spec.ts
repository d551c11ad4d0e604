import { createHash, randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { mongo, ownKafka, type Cluster, type MongoAddress } from '@shouwen/engines-local';
import { freePort, killAll, Platform, until } from './child.js';
import { Collector, type Span } from './collector.js';

const work = mkdtempSync(join(tmpdir(), 'shouwen-lag-'));
const PASSWORD = 'e2e-password';
/** Opened while nobody reads: enough that reading them takes a while. */
const MANY = 30;
let mongodb: MongoAddress;
let cluster: Cluster;
let collector: Collector;
let intake: Platform;
let dispatch: Platform;
let token = '';

beforeAll(async () => {
  [mongodb, cluster, collector] = await Promise.all([
    mongo({ members: 1 }),
    ownKafka({ brokers: 1 }),
    Collector.open(),
  ]);
  const masterKey = join(work, 'master.key');
  writeFileSync(masterKey, randomBytes(32).toString('base64'));
  const env = {
    ...{ MONGO_URL: mongodb.url, KAFKA_BROKERS: cluster.addresses.join(), KAFKA_PARTITIONS: '3' },
    MONGO_PREFIX: `lag-${createHash('sha256').update(work).digest('hex').slice(0, 12)}`,
    ...{ MASTER_KEY_FILE: masterKey, DATA_DIR: work, ADMIN_PASSWORD: PASSWORD },
    OTEL_EXPORTER_OTLP_ENDPOINT: collector.url,
  };
  intake = new Platform(await freePort(), ['intake'], env);
  dispatch = new Platform(await freePort(), ['dispatch'], env);
  await Promise.all([intake.start(), dispatch.start()]);
  const body = JSON.stringify({ user: 'admin', password: PASSWORD });
  const headers = { 'content-type': 'application/json' };
  const answer = await fetch(`${dispatch.url}/auth/token`, { method: 'POST', headers, body });
  token = ((await answer.json()) as { token: string }).token;
}, 600_000);

afterAll(async () => {
  killAll();
  await Promise.all([mongodb.end(), cluster.end(), collector.close()]);
  rmSync(work, { recursive: true, force: true });
});

interface Subscription {
  readonly name: string;
  readonly kind: string;
  readonly log: string;
  readonly behind: number | null;
  readonly lagSeconds: number | null;
  readonly readTo?: string;
}

interface Relay {
  readonly behind: number;
  readonly lagSeconds: number;
}

async function items<T>(of: Platform, path: string): Promise<readonly T[]> {
  const headers = { authorization: `Bearer ${token}` };
  const answer = await fetch(of.url + path, { headers });
  if (!answer.ok) throw new Error(`${path}: ${await answer.text()}`);
  return ((await answer.json()) as { items: T[] }).items;
}

/** Somebody smells gas; answers the ticket. */
async function smellsGas(traceparent?: string): Promise<string> {
  const answer = await fetch(`${intake.url}/intake/contacts`, {
    method: 'POST',
    headers: {
      authorization: `Bearer ${token}`,
      'content-type': 'application/json',
      'idempotency-key': crypto.randomUUID(),
      ...(traceparent ? { traceparent } : {}),
    },
    body: JSON.stringify({
      channel: 'phone',
      matters: [{ opens: { typeCode: 'gas.leak-alarm', address: '杏林巷3号' } }],
    }),
  });
  const told = (await answer.json()) as { matters: { ticketId: string }[] };
  return told.matters[0]!.ticketId;
}

const jobs = (ticketId: string) =>
  items<{ workOrderId: string }>(dispatch, `/dispatch/work-orders?ticketIds=${ticketId}`);

const subscriptions = () => items<Subscription>(dispatch, '/dispatch/subscriptions');
const ofIntake = ({ log }: Subscription) => log === 'intake.main';

async function figures(of: Platform, metric: string): Promise<readonly number[]> {
  const text = await (await fetch(`${of.url}/metrics`)).text();
  const lines = text.split('\n').filter((line) => line.startsWith(`${metric}{`));
  return lines.map((line) => Number(line.split(' ').at(-1)));
}
const lagOfDispatch = async () => {
  const text = await (await fetch(`${dispatch.url}/metrics`)).text();
  const of = (unit: string) =>
    [
      ...text.matchAll(
        new RegExp(`^shouwen_subscription_lag_${unit}\\{.*log="intake.main".* (.*)$`, 'gm'),
      ),
    ].map(([, value]) => Number(value));
  return { events: of('events'), seconds: of('seconds') };
};

const isCaughtUp = async () =>
  (await subscriptions()).every(({ behind, lagSeconds }) => behind === 0 && lagSeconds === 0);

describe('a trace', () => {
  const TRACE = randomBytes(16).toString('hex');
  const CALLER = randomBytes(8).toString('hex');

  it('goes on from the request at one process to what another does about it', async () => {
    const ticketId = await smellsGas(`00-${TRACE}-${CALLER}-01`);
    await until(async () => (await jobs(ticketId)).length === 1);
    const found = (service: string, name: string | RegExp): Span | undefined =>
      collector
        .of(TRACE)
        .find((span) => span.service === service && span.name.match(name) !== null);
    await until(async () => found('dispatch', /^append dispatch.main$/) !== undefined);
    await until(async () => found('intake', /^send intake.main$/) !== undefined);
    await until(async () => found('intake', /^POST /) !== undefined);

    const request = found('intake', 'POST /intake/contacts')!;
    expect(request.parentSpanId).toBe(CALLER);
    expect(request.attributes['http.response.status_code']).toBe('201');
    const command = found('intake', /^command /)!;
    expect(command.parentSpanId).toBe(request.spanId);
    expect(found('intake', 'append intake.main')!.parentSpanId).toBe(command.spanId);
    expect(found('intake', 'send intake.main')!.parentSpanId).toBe(command.spanId);
    const appended = found('dispatch', 'append dispatch.main')!;
    const byId = new Map(collector.of(TRACE).map((span) => [span.spanId, span]));
    const decided = byId.get(appended.parentSpanId!)!;
    expect([decided.service, decided.name]).toEqual([
      'dispatch',
      expect.stringMatching(/^command /),
    ]);
    const handled = byId.get(decided.parentSpanId!)!;
    expect([handled.service, handled.name]).toEqual([
      'dispatch',
      expect.stringMatching(/^handle dispatch\./),
    ]);
    expect(byId.get(handled.parentSpanId!)!.service).toBe('intake');
    expect(JSON.stringify(collector.of(TRACE))).not.toContain('杏林巷');
  });
});

describe('the lag', () => {
  it('of consumers is seen in events and seconds, by HTTP and as metrics, until they have caught up', async () => {
    await until(isCaughtUp);
    let [byHttp, byMetrics] = [false, false];
    await until(async () => {
      dispatch.freeze();
      for (let n = 0; n < MANY; n++) await smellsGas();
      await until(async () => (await items<Relay>(intake, '/intake/relays'))[0]!.behind === 0);
      // Both questions wait in front of the door when it opens its eyes.
      const asked = Promise.all([subscriptions(), lagOfDispatch()]);
      dispatch.thaw();
      const [all, printed] = await asked;
      byHttp ||= all.some((one) => ofIntake(one) && one.behind! > 0 && one.lagSeconds! > 0);
      byMetrics ||= Math.max(0, ...printed.events) > 0 && Math.max(0, ...printed.seconds) > 0;
      return byHttp && byMetrics;
    });
    await until(isCaughtUp);
    // A figure that servers are too busy to give is missing, not wrong.
    await until(async () => {
      const { events, seconds } = await lagOfDispatch();
      return events.length > 3 && [...events, ...seconds].every((value) => value === 0);
    });
    const views = (await subscriptions()).filter(
      ({ kind, log }) => kind === 'view' && log === 'dispatch.main',
    );
    expect(views.every(({ readTo }) => readTo !== undefined)).toBe(true);
  });

  it('of a relay is seen while Kafka is away, and nobody is kept from asking about the rest', async () => {
    await cluster.brokers[0]!.kill();
    const ticketId = await smellsGas();
    const relay = async () => (await items<Relay>(intake, '/intake/relays'))[0]!;
    await until(async () => (await relay()).behind > 0 && (await relay()).lagSeconds > 0);
    const printed = ['shouwen_relay_lag_events', 'shouwen_relay_lag_seconds'];
    for (const metric of printed) await until(async () => (await figures(intake, metric))[0]! > 0);
    await until(async () =>
      (await subscriptions()).filter(ofIntake).every(({ behind }) => behind === null),
    );
    await until(async () => {
      const own = (await subscriptions()).filter(({ log }) => log === 'dispatch.main');
      return (
        own.length > 3 && own.every(({ behind, lagSeconds }) => behind === 0 && lagSeconds === 0)
      );
    });
    await cluster.brokers[0]!.start();
    await until(async () => (await relay()).behind === 0);
    expect(await relay()).toMatchObject({ behind: 0, lagSeconds: 0, behindSince: null });
    for (const metric of printed) await until(async () => (await figures(intake, metric))[0] === 0);
    await until(async () => (await jobs(ticketId)).length === 1);
    await until(isCaughtUp);
  });
});
