import { describe, expect, it } from '@jest/globals';
import {
  ENTRY_KINDS,
  idOf,
  loadPacks,
  makeStandards,
  readScenarios,
  runScenario,
} from '@shouwen/standards';
import type { EntryKind, Pack } from '@shouwen/standards';
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

/** The packs without one entry, or without one step of a ladder. */
function without(pack: Pack, kind: EntryKind, id: string, step?: string): readonly Pack[] {
  const kept = step
    ? pack.ladders.map((ladder) =>
        ladder.id === id
          ? { ...ladder, steps: ladder.steps.filter((each) => each.id !== step) }
          : ladder,
      )
    : pack[kind].filter((entry) => idOf(entry) !== id);
  return packs.map((each) => (each === pack ? { ...pack, [kind]: kept } : each));
}

const entries = packs.flatMap((pack) =>
  ENTRY_KINDS.flatMap((kind) =>
    pack[kind].flatMap((entry) => [
      { pack, kind, id: idOf(entry), step: '' },
      ...('steps' in entry
        ? entry.steps.map((each) => ({ pack, kind, id: idOf(entry), step: each.id }))
        : []),
    ]),
  ),
);

// A scenario that passes with and without an entry says nothing about it: each entry has one that needs it.
describe('every entry of every pack is needed by a scenario', () => {
  it.each(
    entries.map(
      (entry) => [`${entry.pack.id} ${entry.kind} ${entry.id} ${entry.step}`, entry] as const,
    ),
  )('%s', (_, { pack, kind, id, step }) => {
    const fewer = makeStandards(without(pack, kind, id, step), clauses);
    const failing = scenarios.filter((scenario) => runScenario(fewer, scenario).length > 0);
    expect(failing.length).toBeGreaterThan(0);
  });
});
