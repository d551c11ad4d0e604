import { City } from './client.js';

const FROM = '2026-01-15T08:00:00.000Z';

const city = new City();

beforeAll(() => city.start(['--training', '--from', FROM]));

afterAll(async () => {
  await city.stop();
  city.remove();
});

const advance = (body: object) => city.post('/training/clock/advance', body);

const statusOf = async (id: unknown) => (await city.get(`/desk/matter-list/${String(id)}`)).body;

describe('the training clock', () => {
  it('stands where it was started', async () => {
    expect((await city.get('/training/clock')).body).toEqual({ now: FROM });
  });

  it('fires each timer at its own instant, and answers once everything has settled', async () => {
    const first = await city.post('/desk/matters', { title: 'a', urgency: 'low' });
    const late = { title: 'b', urgency: 'low', occurredAt: '2026-01-15T07:30:00Z' };
    const second = await city.post('/desk/matters', late);
    expect((await advance({ by: '45m' })).body).toEqual({
      now: '2026-01-15T08:45:00.000Z',
      instants: 1,
    });
    expect(await statusOf(first.body['matterId'])).toMatchObject({ status: 'open' });
    expect(await statusOf(second.body['matterId'])).toMatchObject({
      status: 'closed',
      closedAt: '2026-01-15T08:30:00.000Z',
    });
    expect((await advance({ to: '2026-01-15T20:00:00+08:00' })).body).toEqual({
      now: '2026-01-15T12:00:00.000Z',
      instants: 1,
    });
    expect(await statusOf(first.body['matterId'])).toMatchObject({
      status: 'closed',
      closedAt: '2026-01-15T09:00:00.000Z',
    });
  });

  it('moves once for each of two advances at once', async () => {
    const before = String((await city.get('/training/clock')).body['now']);
    await Promise.all([advance({ by: '1h' }), advance({ by: '1h' })]);
    const after = String((await city.get('/training/clock')).body['now']);
    expect(Date.parse(after) - Date.parse(before)).toBe(2 * 3_600_000);
  });

  it.each([
    ['backwards', { to: '2026-01-14T00:00:00Z' }, 409, 'training.backwards'],
    ['into the next century', { to: '2126-01-01T00:00:00Z' }, 409, 'training.too-far'],
    ['by and to', { to: '2026-02-01T00:00:00Z', by: '1h' }, 400, 'request.invalid'],
    ['nowhere', {}, 400, 'request.invalid'],
    ['by something', { by: 'a while' }, 400, 'request.invalid'],
    ['to an instant without offset', { to: '2026-02-01T00:00:00' }, 400, 'request.invalid'],
    ['to a month that is none', { to: '2026-13-01T00:00:00Z' }, 400, 'request.invalid'],
  ])('does not move %s', async (_where, body, status, code) => {
    const before = (await city.get('/training/clock')).body;
    const answer = await advance(body);
    expect({ status: answer.status, code: answer.body.code }).toEqual({ status, code });
    expect((await city.get('/training/clock')).body).toEqual(before);
  });

  it('says with an example how to write where it goes', async () => {
    const { body } = await advance({ by: 'a while', to: 'tomorrow' });
    const said = (body.faults ?? []).map(({ message }) => message).join(' ');
    expect(said).toMatch(/such as 2026-01-15T08:00:00\+08:00.*such as 2h or 30m/);
    expect(said).not.toContain('regular expression');
  });

  it('is moved by the administrator only', async () => {
    const password = await city.addStaff('3001', [{ role: 'call-taker', unit: '/city' }]);
    const token = await city.signIn('3001', password);
    const answer = await city.post('/training/clock/advance', { by: '1h' }, { token });
    expect(answer.body.code).toBe('role.missing');
  });

  it('stands where it was after a restart, and its data never meet the real clock', async () => {
    const before = (await city.get('/training/clock')).body;
    await city.stop();
    await expect(new City().start([], { DATA_DIR: city.directory })).rejects.toThrow(
      /is a training directory/,
    );
    await city.start(['--training']);
    expect((await city.get('/training/clock')).body).toEqual(before);
  });
});
