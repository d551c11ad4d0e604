import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { answerFor } from './answer.js';
import { play } from './play.js';
import { printed } from './printed.js';

const PACK = `
id: mingcheng-heat
layer: company
utility: heat
version: 1.2.0
from: 2020-01-01
zone: Asia/Shanghai
name: { en: Mingcheng Heat, zh: 明城热力 }
`;
const CLOCKS = `
clocks:
  - id: heat.arrive
    description: { en: A crew is there within 45 minutes, zh: 45分钟内到达 }
    stage: arrive
    appliesTo: { categories: [repair, emergency] }
    from: receipt
    within: { minutes: 45 }
    warn: { minutesBefore: 20 }
    isReplacedBySlot: true
    clauses: [H-006]
    basis: ours
  - id: heat.feedback
    isWithdrawn: true
    description: { en: Ours is one company, zh: 只有一家公司 }
`;
const PASSES = `
- name: We are there within three quarters of an hour
  ticket: { type: heat.pipe-burst, receivedAt: 2026-01-15 20:00 }
  expect:
    deadlines:
      - { stage: arrive, due: 2026-01-15 20:45, clause: H-006 }
      - { stage: restore, due: 2026-01-16 20:00, clause: H-009 }
`;

let folder: string;

function write(files: Record<string, string>): void {
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
}

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'own-packs-'));
  write({ 'heat/pack.yaml': PACK, 'heat/clocks.yaml': CLOCKS, 'heat/scenarios/ours.yaml': PASSES });
});
afterEach(() => rmSync(folder, { recursive: true }));

describe('packs of a company', () => {
  it('are compared with the shipped ones, in both languages', async () => {
    const { changes, failed, own } = await play(folder);
    expect(changes.map(({ en }) => en)).toEqual(
      ['heat.arrive', 'heat.arrive', 'heat.arrive', 'heat.feedback'].map(
        (id) => expect.stringContaining(id) as string,
      ),
    );
    expect(changes[1]?.en).toContain('within was 60 minutes, is 45 minutes.');
    expect(changes[1]?.zh).toContain('within 由 60分钟 改为 45分钟。');
    expect(changes[2]?.en).toContain('basis was stated, is ours.');
    expect(changes[3]).toEqual({
      en: 'mingcheng-heat/clocks.yaml heat.feedback (Ours is one company) holds no longer.',
      zh: 'mingcheng-heat/clocks.yaml heat.feedback（只有一家公司）不再适用。',
    });
    expect([own, failed]).toEqual([1, []]);
  });

  it('are told which shipped scenarios come out differently, and how', async () => {
    const { different } = await play(folder);
    const names = different.map(({ scenario }) => scenario.name);
    expect(names).toContain('What another company passes on at eleven is fed back the same day');
    const burst = different.find(({ scenario }) =>
      scenario.name.startsWith('A burst heating main'),
    );
    expect(burst?.differences).toEqual([
      'arrive is due 2026-01-15 03:45, expected 2026-01-15 04:00',
    ]);
  });

  it('may say a shipped scenario in their own way', async () => {
    const name = 'A burst heating main needs no signature and begins with words about hot water';
    write({ 'heat/scenarios/ours.yaml': PASSES.replace(/We are .*/, name) });
    const { different, failed } = await play(folder);
    expect(different.map(({ scenario }) => scenario.name)).not.toContain(name);
    expect(failed).toEqual([]);
  });

  it('fail where a scenario of their own does not hold', async () => {
    write({ 'heat/scenarios/ours.yaml': PASSES.replace('20:45', '20:30') });
    const outcome = await play(folder);
    expect(outcome.failed).toHaveLength(1);
    expect(printed(outcome)).toContain('0 of 1 own scenarios hold');
    expect(printed(outcome)).toContain('自有场景通过 0/1');
  });

  it('that take the place of a shipped pack are told what they leave out', async () => {
    const whole = PACK.replace('mingcheng-heat', 'heat').replace('company', 'utility');
    const clock = CLOCKS.slice(0, CLOCKS.indexOf('  - id: heat.feedback'));
    write({ 'heat/pack.yaml': whole, 'heat/clocks.yaml': clock, 'heat/scenarios/ours.yaml': '[]' });
    const { changes } = await play(folder);
    const ladder = changes.find(({ en }) => en.startsWith('heat/ladders.yaml heat.unhandled'));
    expect(ladder?.en).toContain('is left out');
    expect(ladder?.zh).toContain('未保留');
  });
});

describe('the answer', () => {
  it('is 0 where every own scenario holds', async () =>
    expect(await answerFor(folder)).toMatchObject({
      code: 0,
      says: expect.stringContaining('1 of 1 own scenarios hold') as string,
    }));

  it('is 1 where one does not', async () => {
    write({ 'heat/scenarios/ours.yaml': PASSES.replace('20:45', '20:30') });
    expect(await answerFor(folder)).toMatchObject({ code: 1 });
  });

  it('is 2 where the packs cannot be read, with file, entry and field', async () => {
    write({ 'heat/clocks.yaml': CLOCKS.replace('minutes: 45', 'hurry: 45') });
    const { code, says } = await answerFor(folder);
    expect(code).toBe(2);
    expect(says).toContain('heat/clocks.yaml: heat.arrive: within.hurry');
  });

  it('is 2 where there are no packs at all', async () => {
    expect(await answerFor(join(folder, 'heat'))).toMatchObject({ code: 2 });
    expect(await answerFor(join(folder, 'nowhere'))).toMatchObject({ code: 2 });
  });
});
