import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { City, finished, killAll, until, type RaiseCity } from './city.js';
import { MAP, PATIENCE, sampleOf } from './sample.js';

interface Closing {
  readonly opened: number;
  readonly closed: number;
}

export function simulationStory(raise: RaiseCity, lines: number): void {
  const work = mkdtempSync(join(tmpdir(), 'shouwen-simulation-'));
  const file = sampleOf(lines, work);

  afterAll(() => {
    killAll();
    rmSync(work, { recursive: true, force: true });
  });

  const simulate = (city: City, out: string) =>
    city.tool('simulate', ['--seed', '7', '--import', file, '--map', MAP, '--json', out]);
  const tableIn = (out: string) => JSON.parse(readFileSync(out, 'utf8')) as Closing;

  describe('a simulation that the power interrupts', () => {
    it(
      'ends with every ticket closed and the table of one that ran through, and so do rebuilt views',
      async () => {
        const calm = await City.raise(join(work, 'calm'));
        const calmOut = join(work, 'calm.json');
        expect(await finished(simulate(calm, calmOut))).toMatchObject({ code: 0 });
        await calm.stop();

        const city = await raise(join(work, 'killed'));
        const out = join(work, 'killed.json');
        const closed = async () => (await city.list('/intake/tickets?status=closed')).length;
        const interrupted = simulate(city, out);
        const end = finished(interrupted);
        await until(async () => (await closed()) >= lines / 8, end);
        await city.killAndStart();
        await until(async () => (await closed()) >= lines / 3, end);
        interrupted.kill('SIGKILL');
        await end;
        const rest = finished(simulate(city, out));
        await until(async () => (await closed()) >= lines / 2, rest);
        await city.killAndStartEach();
        expect(await rest).toMatchObject({ code: 0 });

        const table = tableIn(out);
        expect(table).toMatchObject({ opened: lines - 2, closed: lines - 2 });
        expect(table).toEqual(tableIn(calmOut));

        const before = await city.views();
        expect(await city.rebuildAll()).toBeGreaterThan(15);
        expect(await city.views()).toEqual(before);
      },
      PATIENCE,
    );
  });
}
