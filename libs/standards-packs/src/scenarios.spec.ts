import { describe, expect, it } from '@jest/globals';
import { loadPacks, makeStandards, proofsOf, readScenarios, runScenario } from '@shouwen/standards';
import { packsFolder } from './index.js';

const { packs, clauses } = await loadPacks({ shipped: packsFolder });
const scenarios = await readScenarios(packsFolder);
const standards = makeStandards(packs, clauses);

describe('what the shipped packs promise', () => {
  it.each(scenarios.map((scenario) => [scenario.name, scenario] as const))('%s', (_, scenario) => {
    expect(runScenario(standards, scenario)).toEqual([]);
  });

  it('has no two scenarios of one name', () => {
    const names = scenarios.map((scenario) => scenario.name);
    expect(names.filter((name, i) => names.indexOf(name) !== i)).toEqual([]);
  });
});

// A scenario that passes with and without an entry says nothing about it: each entry has one that needs it.
describe('every entry of every pack, step of a ladder and strategy is needed by a scenario', () => {
  it.each(proofsOf({ packs, clauses }, scenarios).map((proof) => [proof.name, proof] as const))(
    '%s',
    (_, proof) => {
      expect(proof.scenarios).not.toEqual([]);
    },
  );
});
