import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

interface Test {
  readonly path: string;
}

const { default: LongestFirst } = (await import(
  new URL('./longest-first.mjs', import.meta.url).href
)) as { default: new () => { sort(tests: readonly Test[]): readonly Test[] } };

const folder = mkdtempSync(join(tmpdir(), 'shouwen-order-'));
afterAll(() => rmSync(folder, { recursive: true }));

const order = (files: Readonly<Record<string, number>>): string[] => {
  const tests = Object.entries(files).map(([name, bytes]) => {
    const path = join(folder, name);
    writeFileSync(path, 'x'.repeat(bytes));
    return { path };
  });
  return new LongestFirst().sort(tests).map(({ path }) => path.slice(folder.length + 1));
};

it('begins with what starts servers, then what starts a service, and ends with the shortest', () => {
  const files = { 'a.spec.ts': 900, 'b.spec.ts': 50, 'c.int.spec.ts': 20, 'd.e2e.spec.ts': 10 };
  expect(order({ ...files, 'e.engines.spec.ts': 30 })).toEqual([
    ...['e.engines.spec.ts', 'd.e2e.spec.ts', 'c.int.spec.ts', 'a.spec.ts', 'b.spec.ts'],
  ]);
});
