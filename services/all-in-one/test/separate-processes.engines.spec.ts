import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { City, killAll, until, type Document } from './city.js';
import { serversOfRun } from './servers.js';

const work = mkdtempSync(join(tmpdir(), 'shouwen-separate-'));
const servers = serversOfRun();
let city: City;

beforeAll(async () => {
  city = await City.raiseOn(servers)(join(work, 'city'));
});

afterAll(() => {
  killAll();
  rmSync(work, { recursive: true, force: true });
});

/** Answers the ticket of somebody who smells gas. */
async function smellsGas(): Promise<string> {
  const told = await city.ask('/intake/contacts', 'POST', {
    channel: 'phone',
    matters: [{ opens: { typeCode: 'gas.leak-alarm', address: '杏林巷3号' } }],
  });
  return (told['matters'] as Document[])[0]!.ticketId;
}
const jobsOf = (ticketId: string) => city.list(`/dispatch/work-orders?ticketIds=${ticketId}`);

interface Outcome {
  readonly status: number;
  readonly body: Record<string, unknown>;
}

async function post(url: string, body: object, token?: string): Promise<Outcome> {
  const headers = {
    'content-type': 'application/json',
    ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
  };
  const answer = await fetch(url, { method: 'POST', headers, body: JSON.stringify(body) });
  return {
    status: answer.status,
    body: (await answer.json()) as Record<string, unknown>,
  };
}

async function signIn(user: string, password: string): Promise<string> {
  const { body } = await post(`${city.process('dispatch').url}/auth/token`, { user, password });
  return String(body['token']);
}

/** Status and code of a question to a service under a token. */
async function asked(service: string, path: string, token: string): Promise<string> {
  const answer = await fetch(city.process(service).url + path, {
    headers: { authorization: `Bearer ${token}` },
  });
  const { code } = (await answer.json()) as { code?: string };
  return `${answer.status} ${code ?? ''}`.trim();
}

describe('a service in each process', () => {
  it('starts with its part of the sample city, and serves that part only', async () => {
    await city.advance('1s');
    expect(await city.list('/dispatch/units')).not.toEqual([]);
    expect(await city.list('/intake/customers')).not.toEqual([]);
    const { url } = city.process('intake');
    const { paths } = (await (await fetch(`${url}/openapi.json`)).json()) as { paths: object };
    const served = new Set(Object.keys(paths).map((path) => path.split('/')[1]));
    expect([...served].sort()).toEqual(['health', 'intake', 'training']);
    expect((await post(`${url}/auth/token`, { user: 'admin', password: 'x' })).status).toBe(404);
  });

  it('does its part of a story that goes through all of them', async () => {
    const ticketId = await smellsGas();
    await city.advance('1m');
    expect(await jobsOf(ticketId)).toHaveLength(1);
    expect(await city.advance('2h')).toBeGreaterThan(0);
    const { items } = (await city.ask(`/audit/tickets/${ticketId}/timeline?lang=en`)) as {
      items: readonly { type: string }[];
    };
    const types = items.map(({ type }) => type);
    expect(types).toEqual(
      expect.arrayContaining([
        ...['intake.ticket-opened', 'dispatch.work-order-issued', 'dispatch.clock-breached'],
        'notifications.message-delivered',
      ]),
    );
  });

  it('takes what it is told while another is away, which then catches up', async () => {
    const dispatch = city.process('dispatch');
    await dispatch.kill();
    const ticketId = await smellsGas();
    await dispatch.start();
    await city.advance('1m');
    expect(await jobsOf(ticketId)).toHaveLength(1);
  });

  it('knows whoever signed in at dispatch, at once, until the password is another', async () => {
    const { url } = city.process('dispatch');
    const admin = await signIn('admin', 'e2e-password');
    const give = (newPassword: string) =>
      post(`${url}/auth/staff/1001/password`, { newPassword }, admin);
    expect((await give('first password')).status).toBe(200);
    const first = await signIn('1001', 'first password');
    expect(await asked('intake', '/intake/tickets?limit=1', first)).toBe('200');
    expect((await give('second password')).status).toBe(200);
    expect(await asked('dispatch', '/dispatch/units?limit=1', first)).toBe('401 token.revoked');
    const revoked = async () =>
      (await asked('notifications', '/notifications/messages', first)) === '401 token.revoked';
    await until(revoked);
    const second = await signIn('1001', 'second password');
    expect(await asked('intake', '/intake/tickets?limit=1', second)).toBe('200');
  });

  it('stops in order, and starts again with what was there and nothing twice', async () => {
    const before = await city.views();
    const units = await city.list('/dispatch/units');
    const intake = city.process('intake');
    await city.stop();
    expect(intake.said).toContain('Stopped.');
    await city.start();
    expect(await city.views()).toEqual(before);
    expect(await city.list('/dispatch/units')).toEqual(units);
    expect(await city.rebuildAll()).toBeGreaterThan(15);
  });
});
