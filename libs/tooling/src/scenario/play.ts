import { loadPacks, makeStandards, readScenarios, runScenario } from '@shouwen/standards';
import type { Pack, Scenario, Words } from '@shouwen/standards';
import { packsFolder } from '@shouwen/standards-packs';
import { packDifferences } from './differences.js';

/** A scenario that does not come out as it says, and how. */
export interface Played {
  readonly scenario: Scenario;
  readonly differences: readonly string[];
}

export interface Outcome {
  readonly packs: readonly Pack[];
  /** What the folder changes of the shipped packs. */
  readonly changes: readonly Words[];
  /** Shipped scenarios that come out differently under the folder: the company's own choice. */
  readonly different: readonly Played[];
  /** Scenarios of the folder that do not hold: a mistake in the packs or in the scenario. */
  readonly failed: readonly Played[];
  readonly own: number;
  readonly shipped: number;
}

/**
 * Plays the shipped scenarios and those of a folder with its packs laid over the shipped ones. A scenario of the
 * folder takes the place of a shipped one of its name.
 *
 * @throws InvalidPacks where a pack or a list of scenarios is wrong.
 */
export async function play(folder: string): Promise<Outcome> {
  const shipped = await loadPacks();
  const laid = await loadPacks({ folders: [folder] });
  const standards = makeStandards(laid.packs, laid.clauses);
  const own = await readScenarios(folder);
  const replaced = new Set(own.map(({ name }) => name));
  const others = (await readScenarios(packsFolder)).filter(({ name }) => !replaced.has(name));
  const played = (scenarios: readonly Scenario[]): readonly Played[] =>
    scenarios
      .map((scenario) => ({ scenario, differences: runScenario(standards, scenario) }))
      .filter(({ differences }) => differences.length > 0);
  const known = new Set(shipped.packs.map(({ folder: place }) => place));
  const packs = laid.packs.filter(({ folder: place }) => !known.has(place));
  return {
    packs,
    changes: packDifferences(shipped.packs, packs),
    different: played(others),
    failed: played(own),
    own: own.length,
    shipped: others.length,
  };
}
