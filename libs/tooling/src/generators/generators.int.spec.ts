import { spawnSync } from 'node:child_process';
import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  symlinkSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ROOT, shown, type Finding } from '../tidy/repository.js';
import { commentFindings, headerFindings } from '../tidy/comment-rules.js';
import { unvalidatedFindings } from '../tidy/contract-rules.js';
import { declaredFindings, pathFindings } from '../tidy/names.js';
import { specFindings } from '../tidy/spec-rules.js';
import { spellingFindings } from '../tidy/words.js';

const MADE = {
  event: ['intake', 'ticket', 'ticket-frozen'],
  slice: ['intake', 'ticket', 'freeze-ticket'],
  view: ['intake', 'frozen-tickets', 'TicketFrozen'],
  reaction: ['intake', 'freeze-ticket-when-ticket-opened', 'TicketOpened'],
};
const FILES = [
  'libs/contracts/src/intake/ticket-frozen.ts',
  'services/intake/src/ticket/freeze-ticket.ts',
  'services/intake/src/ticket/freeze-ticket.spec.ts',
  'services/intake/src/views/frozen-tickets.view.ts',
  'services/intake/src/views/frozen-tickets.view.spec.ts',
  'services/intake/src/reactions/freeze-ticket-when-ticket-opened.ts',
  'services/intake/src/reactions/freeze-ticket-when-ticket-opened.spec.ts',
];
const TOUCHED = [
  ...FILES,
  'services/intake/src/intake.service.ts',
  'libs/contracts/src/intake/index.ts',
];
const COPIED = [
  ...['libs', 'services', 'package.json', 'package-lock.json', 'nx.json', 'eslint.config.mjs'],
  ...['jest.config.mjs', 'tsconfig.json', 'tsconfig.base.json'],
];

let copy: string;

/** The workspace with packages linked, so that what is generated is tried where it will stand and spoils nothing. */
function copyWorkspace(): string {
  const folder = mkdtempSync(join(tmpdir(), 'generators-'));
  for (const name of COPIED) cpSync(join(ROOT, name), join(folder, name), { recursive: true });
  const modules = join(folder, 'node_modules');
  mkdirSync(join(modules, '@shouwen'), { recursive: true });
  for (const name of readdirSync(join(ROOT, 'node_modules')))
    if (name !== '@shouwen') symlinkSync(join(ROOT, 'node_modules', name), join(modules, name));
  for (const kind of ['libs', 'services'])
    for (const name of readdirSync(join(folder, kind)))
      symlinkSync(join(folder, kind, name), join(modules, '@shouwen', name));
  return folder;
}

function run(...args: readonly string[]): { status: number | null; output: string } {
  const { status, stdout, stderr } = spawnSync(process.execPath, args, {
    cwd: copy,
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
    env: { ...process.env, NX_DAEMON: 'false', CI: 'true', NO_COLOR: '1' },
  });
  return { status, output: `${stdout}${stderr}` };
}

const source = (path: string) => ({ path, text: readFileSync(join(copy, path), 'utf8') });
const none = (findings: readonly Finding[]) => expect(findings.map(shown)).toEqual([]);
const NX = 'node_modules/nx/dist/bin/nx.js';

beforeAll(() => {
  copy = copyWorkspace();
  for (const [name, args] of Object.entries(MADE)) {
    const { status, output } = run(NX, 'g', `@shouwen/tooling:${name}`, ...args);
    if (status !== 0) throw new Error(`generator ${name} failed: ${output}`);
  }
});
afterAll(() => rmSync(copy, { recursive: true, force: true }));

describe('what the generators write', () => {
  it('is there, and listed in the manifest', () => {
    const manifest = source('services/intake/src/intake.service.ts').text;
    for (const name of ['freezeTicket', 'frozenTicketsView', 'freezeTicketWhenTicketOpened'])
      expect(manifest.match(new RegExp(`\\b${name}\\b`, 'g'))).toHaveLength(2);
    expect(source('libs/tooling/durable-names.txt').text).toContain(
      'intake.freeze-ticket-when-ticket-opened',
    );
    expect(source('docs/reference/events.md').text).toContain('intake.ticket-frozen');
  });

  it('compiles', () => {
    const { output } = run('node_modules/ts7/bin/tsc', '-p', 'tsconfig.json', '--pretty', 'false');
    expect(output.split('\n').filter((line) => TOUCHED.some((p) => line.startsWith(p)))).toEqual(
      [],
    );
  });

  it('passes the linter and Prettier', () => {
    expect(run(NX, 'graph', '--file=.nx/graph.json').status).toBe(0);
    expect(run('node_modules/eslint/bin/eslint.js', ...TOUCHED)).toEqual({ status: 0, output: '' });
    expect(run('node_modules/prettier/bin/prettier.cjs', '--check', ...TOUCHED).status).toBe(0);
  });

  it('is tidy', () =>
    none(
      FILES.map(source).flatMap((file) => [
        ...pathFindings(file.path),
        ...declaredFindings(file),
        ...commentFindings(file),
        ...headerFindings(file),
        ...spellingFindings(file),
        ...(file.path.endsWith('.spec.ts') ? specFindings(file) : unvalidatedFindings(file)),
      ]),
    ));

  it('passes its own specs, with a pending title in each', () => {
    const specs = FILES.filter((path) => path.endsWith('.spec.ts'));
    const { status, output } = run(
      '--experimental-vm-modules',
      'node_modules/jest/bin/jest.js',
      '--runTestsByPath',
      ...specs,
    );
    expect({ status, last: output.match(/\d+ passed, \d+ failed/)?.[0] }).toEqual({
      status: 0,
      last: '5 passed, 0 failed',
    });
    for (const path of specs) expect(source(path).text).toContain('it.failing(');
  });

  it('never replaces a file', () => {
    const { status, output } = run(NX, 'g', '@shouwen/tooling:slice', ...MADE.slice);
    expect(status).not.toBe(0);
    expect(output).toContain('is there already; choose another name.');
  });
});
