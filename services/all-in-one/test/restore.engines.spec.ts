// The log of intake is lost and put back from a copy that is older, while the other services have gone on.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { copyDatabase } from '@shouwen/engines-local';
import { City, finished, killAll, node, type Document } from './city.js';
import { environmentOf, serversOfRun } from './servers.js';

const work = mkdtempSync(join(tmpdir(), 'shouwen-restore-'));
const directory = join(work, 'city');
const servers = serversOfRun();
let city: City;

beforeAll(async () => {
  city = await City.raiseOn(servers)(directory);
});

afterAll(() => {
  killAll();
  rmSync(work, { recursive: true, force: true });
});

async function leaksGas(address: string): Promise<string> {
  const told = await city.ask('/intake/contacts', 'POST', {
    channel: 'phone',
    matters: [{ opens: { typeCode: 'gas.leak-alarm', address } }],
  });
  return (told['matters'] as Document[])[0]!.ticketId;
}
const jobsOf = (ticketId: string) => city.list(`/dispatch/work-orders?ticketIds=${ticketId}`);
const messages = () => city.list<{ messageId: string }>('/notifications/messages');
const tickets = async () => (await city.list('/intake/tickets')).map(({ ticketId }) => ticketId);
async function openedIn(ticketId: string): Promise<number> {
  const { items } = (await city.ask(`/audit/tickets/${ticketId}/timeline?lang=en`)) as {
    items: readonly { type: string }[];
  };
  return items.filter(({ type }) => type === 'intake.ticket-opened').length;
}

const environment = () => environmentOf(directory, servers);
const database = () => `${environment().MONGO_PREFIX}_intake_main`;
const backup = () => `${environment().MONGO_PREFIX}-backup`;
const accept = (...args: string[]) =>
  finished(
    node('libs/tooling/src/shouwen/main.ts', ['accept-restore', '--log', 'intake.main', ...args], {
      ...environment(),
    }),
  );

describe('a log that was restored from an older copy', () => {
  let kept: string;
  let lost: string;
  let sent: readonly { messageId: string }[];

  it('is copied, and goes on', async () => {
    kept = await leaksGas('杏林巷3号');
    await city.advance('25m');
    await city.stop();
    await copyDatabase(servers.mongo, database(), backup());
    await city.start();
    lost = await leaksGas('杏林巷5号');
    await city.advance('25m');
    expect(await jobsOf(lost)).toHaveLength(1);
    sent = await messages();
    expect(sent.length).toBeGreaterThan(2);
  });

  it('is refused at the start of its service while others know more than the copy has', async () => {
    await city.stop();
    await copyDatabase(servers.mongo, backup(), database());
    await expect(city.process('intake').start()).rejects.toThrow(
      /the log was cut or is an older copy.*accept-restore/,
    );
  });

  it('is accepted by the step of the runbook, which says what is lost, and only once', async () => {
    const { code, said } = await accept();
    expect(said).toMatch(/intake\.main is accepted at event \d+, and goes on as epoch 2/);
    expect(said).toMatch(/[1-9]\d* events that consumers had seen are lost/);
    expect(said).toMatch(/is built anew at the next start/);
    expect(said).toMatch(/goes back from event \d+ to \d+/);
    expect(code).toBe(0);
    const again = await accept('--json');
    expect([again.code, again.said]).toEqual([0, expect.stringContaining('"isNeeded":false')]);
  });

  it('goes on with every event once, and nobody is told anything again', async () => {
    await city.start();
    await city.advance('1s');
    expect(await messages()).toEqual(sent);
    expect(await tickets()).toContain(kept);
    expect(await tickets()).not.toContain(lost);
    const later = await leaksGas('杏林巷7号');
    await city.advance('1h');
    for (const ticketId of [kept, later]) {
      expect(await jobsOf(ticketId)).toHaveLength(1);
      expect(await openedIn(ticketId)).toBe(1);
    }
    // What dispatch did because of a ticket that is lost stays done.
    expect(await jobsOf(lost)).toHaveLength(1);
    const now = (await messages()).map(({ messageId }) => messageId);
    expect(now).toEqual(expect.arrayContaining(sent.map(({ messageId }) => messageId)));
    expect(new Set(now).size).toBe(now.length);
    expect(now.length).toBeGreaterThan(sent.length);
    expect(await city.rebuildAll()).toBeGreaterThan(15);
  });
});
