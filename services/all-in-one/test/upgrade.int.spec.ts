// Every release opens what earlier ones have written: the kept data directories are started, read, rebuilt, worked on.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { City, killAll, ROOT } from './city.js';

const KEPT = join(ROOT, 'services/all-in-one/upgrades');

afterAll(killAll);

describe.each(readdirSync(KEPT).filter((name) => name.endsWith('.tar.gz')))(
  'the data of %s',
  (name) => {
    const work = mkdtempSync(join(tmpdir(), 'shouwen-upgrade-'));
    let city: City;
    beforeAll(async () => {
      execFileSync('tar', ['-xzf', join(KEPT, name), '-C', work]);
      city = await City.raise(join(work, 'data'));
    });
    afterAll(async () => {
      await city.stop();
      rmSync(work, { recursive: true, force: true });
    });
    const kept = () =>
      JSON.parse(readFileSync(join(work, 'views.json'), 'utf8')) as Record<string, object[]>;

    it('shows the tickets, limits and messages that it showed then', async () => {
      const now = (await city.views()) as Record<string, object[]>;
      for (const [path, documents] of Object.entries(kept()))
        expect(now[path]).toMatchObject(documents);
    });

    it('rebuilds every view without a difference', async () => {
      expect(await city.rebuildAll()).toBeGreaterThan(15);
    });

    it('tells the story of its open ticket, and goes on with its clock', async () => {
      const [open] = await city.list('/intake/tickets?status=open');
      const { items } = (await city.ask(`/audit/tickets/${open!.ticketId}/timeline?lang=en`)) as {
        items: object[];
      };
      expect(items.length).toBeGreaterThan(3);
      expect(await city.advance('200h')).toBeGreaterThan(0);
      expect(await city.list('/dispatch/limits?verdict=late')).not.toEqual([]);
    });
  },
);
