import { Ajv2020 } from 'ajv/dist/2020.js';
import { City, freshKey, PASSWORD } from './client.js';

const MATTER = { title: 'No heat', urgency: 'low', callerName: '张三' };

const city = new City();

beforeAll(() => city.start());

afterAll(async () => {
  await city.stop();
  city.remove();
});

describe('signing in', () => {
  it('answers a token for eight hours', async () => {
    const body = { user: 'admin', password: PASSWORD };
    const answer = await city.post('/auth/token', body, { token: null, key: null });
    expect(answer.status).toBe(200);
    const left = Date.parse(String(answer.body['expiresAt'])) - Date.now();
    expect(left).toBeGreaterThan(7.9 * 3_600_000);
    expect(left).toBeLessThanOrEqual(8 * 3_600_000);
  });

  it('answers the same to a wrong password and to an unknown user', async () => {
    const wrong = { user: 'admin', password: 'wrong' };
    const unknown = { user: 'nobody', password: 'wrong' };
    const [one, other] = [
      await city.post('/auth/token', wrong),
      await city.post('/auth/token', unknown),
    ];
    expect(one.status).toBe(401);
    expect(one.body).toEqual(other.body);
    expect(one.body.code).toBe('sign-in.refused');
  });

  it('makes a user wait after ten failures, also with the right password then', async () => {
    const wrong = { user: 'guess', password: 'wrong' };
    for (let i = 0; i < 10; i++) expect((await city.post('/auth/token', wrong)).status).toBe(401);
    const answer = await city.post('/auth/token', wrong);
    expect({ status: answer.status, code: answer.body.code }).toEqual({
      status: 429,
      code: 'sign-in.too-many',
    });
    expect(Number(answer.headers.get('retry-after'))).toBeGreaterThan(800);
  });

  it('says which of the roles is missing', async () => {
    const send = await city.addStaff('2001', [{ role: 'analyst', unit: '/city' }]);
    const token = await city.signIn('2001', send);
    const answer = await city.post('/desk/matters', MATTER, { token });
    expect({ status: answer.status, code: answer.body.code }).toEqual({
      status: 403,
      code: 'role.missing',
    });
    expect((await city.get('/desk/counts', { token })).status).toBe(200);
    expect((await city.get('/desk/parked', { token })).body.code).toBe('role.missing');
  });

  it('ends older tokens when the password is changed', async () => {
    const password = await city.addStaff('2002', []);
    const token = await city.signIn('2002', password);
    const tooShort = { password, newPassword: 'short' };
    expect((await city.post('/auth/password', tooShort, { token })).status).toBe(400);
    const wrong = { password: 'wrong', newPassword: 'a new password' };
    expect((await city.post('/auth/password', wrong, { token })).status).toBe(401);
    const right = { password, newPassword: 'a new password' };
    const { status, body } = await city.post('/auth/password', right, { token });
    expect(status).toBe(200);
    expect((await city.get('/desk/counts', { token: String(body['token']) })).status).toBe(200);
    expect((await city.get('/desk/counts', { token })).body.code).toBe('token.revoked');
    expect(await city.signIn('2002', password)).toBe('undefined');
    expect(await city.signIn('2002', 'a new password')).not.toBe('undefined');
  });

  it('is made possible by an administrator of everything that the person may touch', async () => {
    await city.addStaff('2005', [{ role: 'analyst', unit: '/city/west' }]);
    const password = await city.addStaff('2006', [{ role: 'administrator', unit: '/city/west' }]);
    const token = await city.signIn('2006', password);
    const give = (staff: string, by: string) =>
      city.post(`/auth/staff/${staff}/password`, { newPassword: 'given to them' }, { token: by });
    expect((await give('2005', token)).body.code).toBe('unit.beyond-reach');
    expect((await give('admin', token)).body.code).toBe('unit.beyond-reach');
    expect((await give('9999', city.token)).body.code).toBe('staff.not-found');
    expect((await give('2005', city.token)).status).toBe(200);
    expect(await city.signIn('2005', 'given to them')).not.toBe('undefined');
  });

  it('is not given by anybody else, nor a short one, and then the old one stays', async () => {
    const old = await city.addStaff('2007', [{ role: 'analyst', unit: '/city/west' }]);
    const callTaker = await city.addStaff('2008', [{ role: 'call-taker', unit: '/' }]);
    const give = (newPassword: unknown, token: string | null) =>
      city.post('/auth/staff/2007/password', { newPassword }, { token });
    const refused = [
      await give('taken from them', await city.signIn('2008', callTaker)),
      await give('taken from them', null),
      await give('short', city.token),
      await give(12345678, city.token),
    ];
    expect(refused.map(({ status, body }) => [status, body.code])).toEqual([
      [403, 'role.missing'],
      [401, 'token.missing'],
      [400, 'request.invalid'],
      [400, 'request.invalid'],
    ]);
    expect(refused[2]!.body.faults).toMatchObject([{ field: 'newPassword', rule: 'minLength' }]);
    expect(await city.signIn('2007', 'taken from them')).toBe('undefined');
    expect(await city.signIn('2007', old)).not.toBe('undefined');
  });
});

describe('a command', () => {
  it('is carried out once under its key, and answers the same again', async () => {
    const key = freshKey();
    const first = await city.post('/desk/matters', MATTER, { key });
    const head = await city.head();
    const again = await city.post(
      '/desk/matters',
      { callerName: '张三', urgency: 'low', title: 'No heat' },
      { key },
    );
    expect(first.status).toBe(201);
    expect(first.headers.get('idempotency-replayed')).toBeNull();
    expect(again.headers.get('idempotency-replayed')).toBe('true');
    expect({ status: again.status, body: again.body }).toEqual({ status: 201, body: first.body });
    expect(await city.head()).toBe(head);
  });

  it('is refused when its key was used for another request', async () => {
    const key = freshKey();
    await city.post('/desk/matters', MATTER, { key });
    const other = await city.post('/desk/matters', { ...MATTER, title: 'No water' }, { key });
    expect({ status: other.status, code: other.body.code }).toEqual({
      status: 422,
      code: 'idempotency-key.reused',
    });
  });

  it('that the rules refuse is a conflict with their sentence', async () => {
    const { body } = await city.post('/desk/matters', MATTER);
    const path = `/desk/matters/${String(body['matterId'])}/close`;
    expect((await city.post(path, {})).status).toBe(200);
    const answer = await city.post(path, {});
    expect(answer.body).toEqual({
      type: 'urn:shouwen:problem:matter.already-closed',
      title: 'This matter is closed already.',
      status: 409,
      code: 'matter.already-closed',
    });
  });

  it('is visible to a query that waits for its position', async () => {
    for (let i = 0; i < 20; i++) {
      const { body } = await city.post('/desk/matters', MATTER);
      const id = String(body['matterId']);
      const after = encodeURIComponent(String(body['log']));
      const answer = await city.get(`/desk/matter-list/${id}?after=${after}`);
      expect({ status: answer.status, id: answer.body['id'] }).toEqual({ status: 200, id });
    }
  });

  it('sees its own units only, and gives masks to those who need not know the person', async () => {
    const { body } = await city.post('/desk/matters', { ...MATTER, unit: '/city/east' });
    const path = `/desk/matter-list/${String(body['matterId'])}?after=${encodeURIComponent(String(body['log']))}`;
    const near = await city.signIn(
      '2003',
      await city.addStaff('2003', [{ role: 'analyst', unit: '/city/east' }]),
    );
    const far = await city.signIn(
      '2004',
      await city.addStaff('2004', [{ role: 'analyst', unit: '/city/west' }]),
    );
    expect((await city.get(path)).body['caller']).toEqual({ callerName: '张三' });
    expect((await city.get(path, { token: near })).body['caller']).toEqual({ callerName: '张**' });
    expect((await city.get(path, { token: far })).status).toBe(404);
    const { body: page } = await city.get('/desk/matter-list', { token: far });
    expect(page['items']).toEqual([]);
  });

  it('carries the trace context of its caller', async () => {
    const traceparent = '00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01';
    const { headers } = await city.post('/desk/matters', MATTER, { headers: { traceparent } });
    expect(headers.get('traceparent')).toBe(traceparent);
  });
});

describe('a view', () => {
  it('is filtered, sorted and paged', async () => {
    for (const count of [7, 8, 9]) await city.post('/desk/matters', { ...MATTER, count });
    const { body } = await city.post('/desk/matters', { ...MATTER, count: 10 });
    const after = encodeURIComponent(String(body['log']));
    const query = `/desk/matter-list?count=from:8&status=in:open,closed&sort=-count&limit=2&after=${after}`;
    const first = await city.get(query);
    const counts = (page: typeof first) =>
      (page.body['items'] as { count: number }[]).map(({ count }) => count);
    expect(counts(first)).toEqual([10, 9]);
    const second = await city.get(
      `${query}&cursor=${encodeURIComponent(String(first.body['next']))}`,
    );
    expect(counts(second)).toEqual([8]);
    expect(second.body['next']).toBeUndefined();
    expect(second.body['readTo']).toEqual(expect.stringMatching(/^desk\.main@1:\d+$/));
  });

  it('is rebuilt without a difference', async () => {
    const { status, body } = await city.post('/desk/views/matter-list/rebuild', {});
    expect(status).toBe(200);
    expect(body['differences']).toBe(0);
    expect(Number(body['documents'])).toBeGreaterThan(0);
  });

  it('is as before when a rebuild is asked for again under the same key, also while it runs', async () => {
    const before = (await city.get('/desk/matter-list')).body['items'];
    const key = freshKey();
    const rebuild = () => city.post('/desk/views/matter-list/rebuild', {}, { key });
    const both = await Promise.all([rebuild(), rebuild()]);
    const later = await rebuild();
    for (const { status, body } of [...both, later])
      expect(status === 200 ? body['differences'] : body.code).toBe(
        status === 200 ? 0 : 'view.rebuilding',
      );
    expect(later.status).toBe(200);
    expect(both.some(({ status }) => status === 200)).toBe(true);
    expect((await city.get('/desk/matter-list')).body['items']).toEqual(before);
  });
});

describe('the operator', () => {
  it('sees every consumer, what is parked and what was refused', async () => {
    const { body } = await city.get('/desk/subscriptions');
    const items = body['items'] as { name: string; state: string }[];
    expect(items.map(({ name }) => name).sort()).toEqual([
      'desk.close-matter-when-due',
      'desk.credentials',
      'desk.matter-list',
    ]);
    expect(items.every(({ state }) => state === 'running')).toBe(true);
    expect((await city.get('/desk/parked')).body['items']).toEqual([]);
    expect((await city.get('/desk/refusals')).body['items']).toEqual([]);
  });

  it('sees whether the process lives and every service is ready', async () => {
    expect((await city.get('/health/live', { token: null })).body).toEqual({ status: 'live' });
    const { status, body } = await city.get('/health/ready', { token: null });
    expect(status).toBe(200);
    expect(body).toMatchObject({
      status: 'ready',
      services: { desk: { isReady: true, waiting: [] } },
    });
  });
});

describe('the documentation', () => {
  it('names every route of the records with its role, body and answer', async () => {
    const { body } = await city.get('/openapi.json', { token: null });
    const paths = body['paths'] as Record<string, object>;
    expect(Object.keys(paths).sort()).toEqual([
      '/auth/password',
      '/auth/staff/{staff}/password',
      '/auth/token',
      '/desk/breakdowns',
      '/desk/counts',
      '/desk/matter-list',
      '/desk/matter-list/{id}',
      '/desk/matters',
      '/desk/matters/{matterId}/close',
      '/desk/parked',
      '/desk/parked/retry',
      '/desk/parked/skip',
      '/desk/refusals',
      '/desk/relays',
      '/desk/subscriptions',
      '/desk/views/{view}/rebuild',
      '/health/live',
      '/health/ready',
    ]);
    expect(paths['/desk/matters']).toMatchObject({
      post: { description: 'Roles: call-taker.', responses: { 201: { description: 'Done.' } } },
    });
  });

  it('holds schemas that take what the routes take, and refuse what they refuse', async () => {
    const { body } = await city.get('/openapi.json', { token: null });
    const { schemas } = body['components'] as { schemas: Record<string, object> };
    const ajv = new Ajv2020({ strict: false, validateFormats: false });
    ajv.addSchema({ $id: 'api', components: { schemas } });
    for (const name of Object.keys(schemas))
      expect(() => ajv.compile({ $ref: `api#/components/schemas/${name}` })).not.toThrow();
    const isMatter = ajv.compile({ $ref: 'api#/components/schemas/OpenMatter' });
    expect(isMatter({ ...MATTER, places: [{ address: 'a', floor: 3 }] })).toBe(true);
    expect(isMatter({ ...MATTER, places: [{ address: 'a', floor: 100 }] })).toBe(false);
    expect(isMatter({ title: 'x' })).toBe(false);
    expect(isMatter({ ...MATTER, colour: 'red' })).toBe(false);
  });

  it('can be read in a browser', async () => {
    const page = await city.get('/docs', { token: null });
    expect(page.status).toBe(200);
    expect(page.body['text']).toContain('swagger-ui');
    expect((await city.get('/docs/swagger-ui.css', { token: null })).status).toBe(200);
    expect((await city.get('/', { token: null })).body['text']).toContain('href="/docs"');
  });
});

describe('the first page', () => {
  it('shows a command to sign in that can be pasted, with the address that the reader used', async () => {
    const { text } = (await city.get('/', { token: null })).body;
    expect(text).toContain(`'${city.host.url}/auth/token'`);
    const proxied = await city.get('/', { headers: { 'x-forwarded-proto': 'https' } });
    expect(proxied.body['text']).toContain(
      `'${city.host.url.replace('http', 'https')}/auth/token'`,
    );
  });
});

describe('a second process', () => {
  it('is refused the directory in one sentence', async () => {
    const other = new City();
    const start = other.start([], { DATA_DIR: city.directory });
    await expect(start).rejects.toThrow(/in use by another running process/);
    other.remove();
  });

  it('is refused the port in one sentence', async () => {
    const other = new City();
    const start = other.start([], { PORT: new URL(city.host.url).port });
    await expect(start).rejects.toThrow(/^Port \d+ on 127\.0\.0\.1 is in use/);
    other.remove();
  });
});

describe('a restart', () => {
  it('finishes what is in flight, and goes on where it was', async () => {
    const asked = Array.from({ length: 20 }, () => city.post('/desk/matters', MATTER));
    const answered = await Promise.all(asked);
    const last = city.post('/desk/matters', MATTER);
    const { status } = await last;
    await city.stop();
    expect([...answered.map((one) => one.status), status]).toEqual(Array(21).fill(201));
    await city.start([], { ADMIN_PASSWORD: 'ignored from now on' }).catch(() => undefined);
    expect(await city.signIn('admin', 'ignored from now on')).toBe('undefined');
    city.token = await city.signIn('admin', PASSWORD);
    for (const { body } of answered) {
      const one = await city.get(`/desk/matter-list/${String(body['matterId'])}`);
      expect(one.body['status']).toBe('open');
    }
  });

  it('is refused in training mode, for the data are real', async () => {
    const other = new City();
    const start = other.start(['--training'], { DATA_DIR: city.directory });
    await expect(start).rejects.toThrow(/holds real data/);
    other.remove();
  });
});
