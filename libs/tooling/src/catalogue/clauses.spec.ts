import { clauseFaults } from './clause-faults.js';
import { clauseLines, readEvidence } from './clauses.js';
import type { Evidence, Said } from './clauses.js';
import { serviceSources, textOf } from './service-sources.js';
import { sectionOf } from './standards-page.js';

const evidence = await readEvidence();
const sources = { read: textOf, services: serviceSources() };

const saying = (id: string, said: Said): Evidence => ({
  ...evidence,
  states: { ...evidence.states, clauses: { ...evidence.states.clauses, [id]: said } },
});
const faults = (changed: Evidence) => clauseFaults(changed, sources);

describe('what is said of the clauses', () => {
  it('is proven, row by row', () => expect(faults(evidence)).toEqual([]));

  it('is refused of a row that no entry cites', () =>
    expect(faults(saying('H-001', 'executable'))).toEqual([
      'H-001 is said to be executable and nothing of it is asked for',
    ]));

  it('is refused of a row whose entry no service asks for', () =>
    expect(faults(saying('H-002', 'executable'))).toEqual([
      'H-002 is said to be executable and nothing of it is asked for',
    ]));

  it('is refused where every scenario passes without the entry', () => {
    const proofs = evidence.proofs.map((proof) =>
      proof.name === 'heat/clocks.yaml heat.arrive' ? { ...proof, scenarios: [] } : proof,
    );
    expect(faults({ ...evidence, proofs })).toEqual([
      'H-006: every scenario passes without heat/clocks.yaml heat.arrive',
    ]);
  });

  it('is refused where a spec does not say so, or would pass without the file', () => {
    const kept = ['services/intake/src/ticket/close-ticket.ts'];
    const spec = 'services/intake/src/ticket/chase-ticket.spec.ts';
    const shown = [`${spec}: counts on`, `${spec}: counts down`];
    expect(faults(saying('H-001', { kept, shown }))).toEqual([
      `H-001: ${spec} passes without ${kept[0]}`,
      `H-001: ${spec} does not say "counts down"`,
      `H-001: ${spec} passes without ${kept[0]}`,
    ]);
    expect(faults(saying('H-001', { kept, shown: [] }))).toEqual([
      'H-001 is said to be executable and has no scenario',
    ]);
  });

  it('is refused of a row that the catalogue does not have, or that needs what nobody explains', () => {
    expect(faults(saying('H-999', 'executable'))).toEqual(['H-999 is not in the catalogue']);
    expect(faults(saying('H-001', { needs: 'luck' }))).toEqual([
      'H-001 needs luck, which nobody explains',
    ]);
  });

  it('weighs every row for heat and every common one', () => {
    const { ['H-001']: _, ...clauses } = evidence.states.clauses;
    expect(faults({ ...evidence, states: { ...evidence.states, clauses } })).toEqual([
      'H-001 is not weighed',
    ]);
  });
});

describe('the list of clauses', () => {
  const lines = clauseLines(evidence);

  it('names every row once', () => {
    expect(lines.map(({ row }) => row.id)).toEqual(evidence.rows.map(({ id }) => id));
  });

  it('tells the step of a ladder and the scenarios that fail without it', () => {
    const line = lines.find(({ row }) => row.id === 'H-043');
    expect(line?.state).toBe('executable');
    expect(line?.by).toEqual(['heat/ladders.yaml heat.unhandled/company-manager']);
    expect(line?.scenarios).toContain(
      'A complaint about heat is answered within 24 hours and climbs the ladder until then',
    );
  });
});

describe('the section of a clause', () => {
  it.each([
    ['4.2.3.12; 6.1.14', '4.2'],
    ['社会服务承诺制度 第四条; 社会服务承诺制度 第十条', '社会服务承诺制度'],
    ['第一篇第四章 规范要求 7', '第一篇第四章 规范要求'],
    ['第二篇第一章 表一 服务派单', '第二篇第一章 表一 服务派单'],
  ])('of %s is %s', (clause, section) => expect(sectionOf(clause)).toBe(section));
});
