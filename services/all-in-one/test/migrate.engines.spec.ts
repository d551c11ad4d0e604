// A city that began in one directory goes on in separate processes on servers, while its twin stays where it was.
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { City, finished, killAll, node, type Document } from './city.js';
import { environmentOf, serversOfRun } from './servers.js';

const work = mkdtempSync(join(tmpdir(), 'shouwen-migrate-'));
const here = join(work, 'city');
const there = join(work, 'twin');
const servers = serversOfRun();
let city: City;
let twin: City;
let before: object;

beforeAll(async () => {
  city = await City.raise(here);
});

afterAll(() => {
  killAll();
  rmSync(work, { recursive: true, force: true });
});

async function tells(opens: object): Promise<string> {
  const told = await city.ask('/intake/contacts', 'POST', {
    channel: 'phone',
    matters: [{ opens }],
  });
  return (told['matters'] as Document[])[0]!.ticketId;
}
const jobsOf = (ticketId: string) =>
  city.list<{ workOrderId: string }>(`/dispatch/work-orders?ticketIds=${ticketId}`);
const escalationsOf = (of: City, ticketId: string) =>
  of.list<{ hours: number }>(`/dispatch/escalations?ticketId=${ticketId}&sort=hours`);

const migrate = (...args: string[]) =>
  node('libs/tooling/src/shouwen/main.ts', ['migrate', ...args], {
    ...{ ...environmentOf(here, servers), DATA_DIR: here },
  });

describe('an installation that moves to servers', () => {
  let cold: string;

  it('has begun a story in its directory', async () => {
    cold = await tells({ typeCode: 'heat.no-heat', description: '暖气不热', address: '杏林巷3号' });
    const leak = await tells({ typeCode: 'gas.leak-alarm', address: '杏林巷4号' });
    await city.advance('20m');
    const [job] = await jobsOf(leak);
    const order = `/dispatch/work-orders/${job!.workOrderId}`;
    await city.ask(`${order}/assign`, 'POST', { crew: '/mingcheng/gas/east/crew-1' });
    await city.ask(`${order}/arrive`, 'POST', {});
    await city.advance('10h');
    expect(await escalationsOf(city, cold)).toEqual([]);
    before = await city.views();
    await city.stop();
    cpSync(here, there, { recursive: true });
  });

  it('is killed in the middle of it, and no service starts on half of an installation', async () => {
    const child = migrate();
    child.stderr?.on('data', (chunk: Buffer) => {
      if (chunk.toString().includes('log intake')) child.kill('SIGKILL');
    });
    const { said } = await finished(child);
    expect(said).toContain('log intake');
    expect(said).not.toContain('Copied and compared');
    const early = node('services/all-in-one/src/main.ts', ['intake', '--training'], {
      ...{ ...environmentOf(here, servers), DATA_DIR: here },
      PORT: '0',
    });
    const refused = await finished(early);
    expect([refused.code, refused.said]).toEqual([1, expect.stringContaining('is not finished')]);
  });

  it('goes on where it was, compares everything, and has nothing to do the next time', async () => {
    const again = await finished(migrate());
    expect([again.code, again.said]).toEqual([0, expect.stringContaining('goes on where it was')]);
    expect(again.said).toContain('Copied and compared');
    expect(again.said).toContain('The outbox of notifications stays');
    const { code, said } = await finished(migrate('--json'));
    expect([code, said]).toEqual([0, expect.stringContaining('"outcome":"was-done"')]);
  });

  it('shows in separate processes what it showed before', async () => {
    city = await City.raiseOn(servers)(here);
    expect(await city.views()).toEqual(before);
  });

  it('goes on as its twin does that stayed, clocks and messages included, each once', async () => {
    twin = await City.raise(there);
    for (const one of [city, twin]) expect(await one.advance('30h')).toBeGreaterThan(0);
    expect((await escalationsOf(city, cold)).map(({ hours }) => hours)).toEqual([24]);
    expect(await city.views()).toEqual(await twin.views());
    await twin.stop();
  });

  it('takes new tickets, and every view comes out the same when it is built anew', async () => {
    const leak = await tells({ typeCode: 'gas.leak-alarm', address: '杏林巷5号' });
    await city.advance('2h');
    expect(await jobsOf(leak)).toHaveLength(1);
    expect(await city.rebuildAll()).toBeGreaterThan(15);
  });

  it('is not begun again while a service runs', async () => {
    const { code, said } = await finished(migrate());
    expect([code, said]).toEqual([1, expect.stringContaining('A service still runs')]);
    await city.stop();
  });
});
