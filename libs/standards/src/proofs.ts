import { makeStandards } from './book.js';
import type { PackSet } from './load.js';
import { FILES } from './pack-schema.js';
import { ENTRY_KINDS, idOf } from './pack.js';
import type { EntryKind, Pack } from './pack.js';
import { runScenario } from './scenario.js';
import type { Scenario } from './scenario.js';
import { STRATEGY_CLAUSES, isStrategy } from './strategies.js';

/** Something that clauses are cited by and that can be taken away: an entry, a step of a ladder, a strategy. */
export interface Citation {
  /** `heat/clocks.yaml heat.arrive`, or `strategy before-quiet-hours`. */
  readonly name: string;
  /** What list of a pack it stands in; absent for a strategy. */
  readonly kind?: EntryKind;
  readonly basis?: string;
  readonly clauses: readonly string[];
  /** The packs without it. */
  readonly without: readonly Pack[];
}

/** A citation and the scenarios that hold with it and fail without it. */
export interface Proof extends Citation {
  readonly scenarios: readonly string[];
}

/** Everything that the packs cite a clause for, each with the packs as they would be without it. */
export function citationsOf(packs: readonly Pack[]): readonly Citation[] {
  const entries = packs.flatMap((pack) =>
    ENTRY_KINDS.flatMap((kind) =>
      pack[kind].flatMap((entry) => citedBy({ packs, pack, kind }, entry)),
    ),
  );
  return [...entries, ...strategiesOf(packs)];
}

type Entry = Pack[EntryKind][number];

interface Place {
  readonly packs: readonly Pack[];
  readonly pack: Pack;
  readonly kind: EntryKind;
}

function citedBy({ packs, pack, kind }: Place, entry: Entry): Citation[] {
  const name = `${pack.id}/${fileOf(kind)} ${idOf(entry)}`;
  const basis = 'basis' in entry ? { basis: entry.basis } : {};
  const instead = (kept: readonly Entry[]) =>
    packs.map((each) => (each === pack ? { ...pack, [kind]: kept } : each));
  const others = (pack[kind] as readonly Entry[]).filter((other) => other !== entry);
  const whole: Citation = {
    ...{ name, kind, ...basis },
    clauses: 'clauses' in entry ? (entry.clauses ?? []) : [],
    without: instead(others),
  };
  if (!('steps' in entry) || entry.isWithdrawn) return [whole];
  const steps = entry.steps.map((step) => ({
    ...{ name: `${name}/${step.id}`, kind, ...basis, clauses: step.clauses },
    without: instead(
      pack.ladders.map((each) =>
        each === entry ? { ...each, steps: each.steps.filter((one) => one !== step) } : each,
      ),
    ),
  }));
  return [whole, ...steps];
}

/** File of a pack in which entries of a kind stand. */
export const fileOf = (kind: EntryKind): string =>
  Object.keys(FILES).find((file) => FILES[file]?.includes(kind)) ?? 'pack.yaml';

function strategiesOf(packs: readonly Pack[]): Citation[] {
  const named = new Set(packs.flatMap(({ clocks }) => clocks.map(({ strategy }) => strategy)));
  return [...named].flatMap((strategy) => {
    if (strategy === undefined || !isStrategy(strategy)) return [];
    const bare = (pack: Pack): Pack => ({
      ...pack,
      clocks: pack.clocks.map(({ strategy: own, ...clock }) =>
        own === undefined || own === strategy ? clock : { ...clock, strategy: own },
      ),
    });
    const clauses = STRATEGY_CLAUSES[strategy];
    return [{ name: `strategy ${strategy}`, clauses, without: packs.map(bare) }];
  });
}

/**
 * Takes every citation away in turn and says which scenarios fail then. Those that fail with all of them in place
 * prove nothing and are not counted. What a message suggests depends on the types alone and is not asked of the rest.
 */
export function proofsOf(
  { packs, clauses }: PackSet,
  scenarios: readonly Scenario[],
): readonly Proof[] {
  const whole = makeStandards(packs, clauses);
  const holding = scenarios.filter((scenario) => runScenario(whole, scenario).length === 0);
  return citationsOf(packs).map((citation) => {
    const fewer = makeStandards(citation.without, clauses);
    const failing = holding
      .filter(({ says }) => says === undefined || citation.kind === 'types')
      .filter((scenario) => runScenario(fewer, scenario).length > 0);
    return { ...citation, scenarios: failing.map(({ name }) => name) };
  });
}
