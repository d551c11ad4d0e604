import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { local } from '../test/build.js';
import { loadStandards } from './load.js';
import { runScenario } from './scenario.js';
import { standardsOf } from './standards.js';

const standards = await loadStandards();
const asOf = local('2026-01-15 20:00');
const noHeat = { utility: 'heat', typeCode: 'heat.no-heat', category: 'repair' };

describe('the standards', () => {
  it('come out of a context that carries them', () => {
    expect(standardsOf({ standards })).toBe(standards);
  });

  it('are missed in a context without them', () => {
    expect(() => standardsOf({ standards: {} })).toThrow(TypeError);
  });

  it('have between 10 and 20 types for each utility, each with both names and a complaint and a consultation', () => {
    const types = standards.types(asOf);
    for (const utility of ['water', 'heat', 'gas', 'power']) {
      const own = types.filter((type) => type.utility === utility);
      expect([own.length >= 10, own.length <= 20]).toEqual([true, true]);
      expect(own.filter((type) => !type.name.zh || !type.name.en)).toEqual([]);
      expect(standards.type(`${utility}.complaint`, asOf)?.category).toBe('complaint');
      expect(standards.type(`${utility}.consultation`, asOf)?.category).toBe('consultation');
    }
  });

  it('give every type at least one deadline and something to close it by', () => {
    const without = standards.types(asOf).filter(({ utility, code, category, evidence }) => {
      const ticket = { utility, typeCode: code, category, receivedAt: asOf };
      return standards.deadlines(ticket).length === 0 || evidence.length === 0;
    });
    expect(without).toEqual([]);
  });

  it('answer with a pack, a version, a hash and clauses that the catalogue has', () => {
    const packs = [
      ...standards.deadlines({ ...noHeat, receivedAt: asOf }).map((d) => d.pack),
      ...(standards.ladder({ ...noHeat, receivedAt: asOf })?.steps ?? []).map((s) => s.pack),
      ...standards.closingEvidence({ ...noHeat, asOf }).map((e) => e.pack),
      standards.reopening({ ...noHeat, asOf }).pack,
      standards.noAccessWaitMinutes({ ...noHeat, asOf }).pack,
    ];
    for (const { pack, version, hash, clauses } of packs) {
      const edition = standards.resolve(pack, asOf);
      expect([edition?.version, edition?.hash]).toEqual([version, hash]);
      expect(clauses.map((id) => standards.clause(id)?.id)).toEqual(clauses);
    }
    expect(packs).toHaveLength(11);
  });

  it('know the clauses of the catalogue and no others', () => {
    expect(standards.clause('H-006')?.rule).toBe('ARRIVE_60_MIN');
    expect(standards.clause('H-999')).toBeNull();
  });

  it('have no rules for a time before any pack', () => {
    const receivedAt = '1999-12-31T15:59:59.000Z';
    expect([standards.types(receivedAt), standards.deadlines({ ...noHeat, receivedAt })]).toEqual([
      [],
      [],
    ]);
  });

  it('answer a ticket that nobody has classified by its category', () => {
    const ticket = {
      utility: 'heat',
      typeCode: 'unclassified',
      category: 'repair',
      receivedAt: asOf,
    };
    expect(standards.deadlines(ticket).map((d) => d.stage)).toEqual(['arrive', 'restore']);
  });

  it('start a clock only from an instant that the ticket has', () => {
    const stages = (more: object) =>
      standards.deadlines({ ...noHeat, receivedAt: asOf, ...more }).map((d) => d.stage);
    expect(stages({})).not.toContain('feedback');
    expect(stages({ transferredAt: asOf })).toContain('feedback');
    expect(stages({ finishedAt: asOf })).toContain('callback');
  });

  it('count a slot that begins at once as due now, never before the receipt', () => {
    const slot = { from: local('2026-01-15 20:05'), to: local('2026-01-15 22:00') };
    const [arrival] = standards.deadlines({ ...noHeat, receivedAt: asOf, slot });
    expect([arrival?.stage, arrival?.dueAt, arrival?.warnAt]).toEqual(['arrive', asOf, undefined]);
  });

  it('name the pack whose quiet hours a call would fall into', () => {
    const call = (at: string) => {
      const before = standards.callBefore({ ...noHeat, asOf }, local(at));
      return [before?.at, before?.pack.pack];
    };
    expect(call('2026-01-15 23:00')).toEqual([local('2026-01-15 22:00'), 'national']);
    expect(call('2026-01-15 12:00')).toEqual([local('2026-01-15 11:30'), 'heat']);
    expect(standards.callBefore({ ...noHeat, category: 'emergency', asOf }, asOf)).toBeNull();
  });

  it('say the safety words of a gas alarm in both languages, and none where there is no danger', () => {
    expect(standards.safetyWords('gas.leak-alarm', 'zh', asOf)).toHaveLength(5);
    expect(standards.safetyWords('gas.leak-alarm', 'en', asOf)[0]).toMatch(/flame/);
    expect(standards.safetyWords('gas.charges', 'zh', asOf)).toEqual([]);
  });
});

describe('any ticket at any time', () => {
  const types = standards.types(asOf);
  const tickets = fc.record({
    type: fc.constantFrom(...types),
    at: fc.integer({ min: Date.parse('2000-01-01'), max: Date.parse('2040-01-01') }),
    zone: fc.constantFrom('urban', 'rural', 'remote'),
    hours: fc.integer({ min: 0, max: 200 }),
  });
  const instant = (at: number) => new Date(at).toISOString();

  it('has limits that end after they start, with the warning between, and the same ones when asked again', () =>
    fc.assert(
      fc.property(tickets, ({ type, at, zone, hours }) => {
        const { utility, code: typeCode, category } = type;
        const finishedAt = instant(at + hours * 3_600_000);
        const facts = { utility, typeCode, category, zone, receivedAt: instant(at), finishedAt };
        const deadlines = standards.deadlines({ ...facts, transferredAt: instant(at) });
        for (const { startAt, dueAt, warnAt = dueAt } of deadlines)
          expect([startAt < warnAt, warnAt <= dueAt]).toEqual([true, true]);
        expect(new Set(deadlines.map((d) => d.stage)).size).toBe(deadlines.length);
        expect(standards.deadlines({ ...facts, transferredAt: instant(at) })).toEqual(deadlines);
      }),
    ));

  it('guesses days only where the holidays are not known', () =>
    fc.assert(
      fc.property(tickets, ({ type, at }) => {
        const { utility, code: typeCode, category } = type;
        const found = standards.deadlines({ utility, typeCode, category, receivedAt: instant(at) });
        const isKnown = at >= Date.parse('2007-01-01') && at < Date.parse('2026-11-01');
        if (isKnown) expect(found.filter((d) => d.isCalendarGuessed)).toEqual([]);
      }),
    ));
});

describe('a scenario', () => {
  const ticket = { type: 'heat.no-heat', receivedAt: '2026-01-15 20:30' };
  const arrive = { stage: 'arrive', due: '2026-01-15 21:30', clause: 'H-006' };
  const restore = { stage: 'restore', due: '2026-01-16 20:30', clause: 'H-009' };
  const differences = (expected: object) =>
    runScenario(standards, { name: 'x', file: 'x', ticket, expect: expected });

  it('tells another instant, another clause, and what it did not expect', () => {
    const late = { ...arrive, due: '2026-01-15 22:30', clause: 'H-013' };
    expect(differences({ deadlines: [late] })).toEqual([
      'arrive is due 2026-01-15 21:30, expected 2026-01-15 22:30',
      'arrive cites H-006, expected H-013',
      'restore: not expected',
    ]);
  });

  it.each([
    ['a missing deadline', { deadlines: [arrive, restore, { ...arrive, stage: 'answer' }] }],
    ['a ladder', { ladder: 'none' }],
    ['evidence', { evidence: { answer: 'W-030' } }],
    ['a wait', { noAccessWait: { minutes: 1, clause: 'H-062' } }],
    ['words that nobody says', { safetyWords: ['不要点火'] }],
    ['a category', { category: 'complaint' }],
    ['a guess', { deadlines: [{ ...arrive, isGuessed: true }, restore] }],
    ['a slot', { slotReplacesArrival: false }],
  ])('tells %s', (_, expected) => {
    expect(differences(expected)).toHaveLength('evidence' in expected ? 4 : 1);
  });

  it('tells a type that does not exist', () => {
    const unknown = { name: 'x', file: 'x', ticket: { ...ticket, type: 'heat.ufo' }, expect: {} };
    expect(runScenario(standards, unknown)).toEqual(['There is no ticket type heat.ufo.']);
  });
});
