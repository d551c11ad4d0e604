import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { finished, killAll, until, type RaiseCity } from './city.js';
import { MAP, PATIENCE, sampleOf } from './sample.js';

const counts = (path: string) => JSON.parse(readFileSync(path, 'utf8')) as Record<string, number>;

export function importStory(raise: RaiseCity, lines: number): void {
  const work = mkdtempSync(join(tmpdir(), 'shouwen-import-'));
  const file = sampleOf(lines, work);

  afterAll(() => {
    killAll();
    rmSync(work, { recursive: true, force: true });
  });

  describe('an import that the power interrupts', () => {
    it(
      'loses no line and opens none twice',
      async () => {
        const city = await raise(join(work, 'import'));
        const out = join(work, 'import.json');
        const args = [file, '--map', MAP, '--json', out];
        const first = finished(city.tool('import', args));
        await until(async () => (await city.list('/intake/tickets')).length >= lines / 3, first);
        await city.killAndStart();
        expect(await first).toMatchObject({ code: 0 });
        const { read, opened, joined, skipped, rejected } = counts(out);
        expect({ read, joined, rejected }).toEqual({ read: lines, joined: 0, rejected: 1 });
        // The line in flight at the kill was in before its answer came: told again, it counts as in already.
        expect((opened ?? 0) + (skipped ?? 0)).toBe(lines - 1);
        const tickets = await city.list('/intake/tickets');
        const contacts = await city.list('/intake/contacts');
        expect(tickets).toHaveLength(lines - 2);
        expect(contacts).toHaveLength(lines - 2);
        expect(new Set(tickets.map(({ contactId }) => contactId)).size).toBe(lines - 2);

        expect(await finished(city.tool('import', args))).toMatchObject({ code: 0 });
        expect(counts(out)).toEqual({
          read: lines,
          opened: 0,
          joined: 0,
          skipped: lines - 1,
          rejected: 1,
        });
        expect(await city.list('/intake/tickets')).toEqual(tickets);

        const other = join(work, 'other.csv');
        writeFileSync(other, readFileSync(file));
        const again = city.tool('import', [other, '--map', MAP, '--json', out]);
        expect(await finished(again)).toMatchObject({ code: 0 });
        expect(counts(out)).toEqual({
          read: lines,
          opened: 0,
          joined: lines - 2,
          skipped: 1,
          rejected: 1,
        });
        expect(await city.list('/intake/tickets')).toHaveLength(lines - 2);
      },
      PATIENCE,
    );
  });
}
