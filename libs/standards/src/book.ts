import { deadlinesUnder, ladderUnder, quietFor } from './clocks.js';
import { bestOf, editionsOn, exactness, refOf, rulesOn } from './layers.js';
import type { Rules, Ruled } from './layers.js';
import { dayFrom, dayOf, iso, millis } from './local-time.js';
import type { AppliesTo, Clauses, Pack, TypeEntry } from './pack.js';
import { lastCallBy } from './quiet-hours.js';
import { practiceUnder } from './practice.js';
import { seasonAround } from './season.js';
import { EVIDENCE, UTILITIES } from './standards.js';
import type {
  Edition,
  Evidence,
  Matter,
  PackRef,
  Standards,
  TicketType,
  Utility,
} from './standards.js';
import { makeLexicon, suggest, utilityOf } from './suggestion.js';
import type { Lexicon } from './suggestion.js';

/** Name under which the rules for unknown utilities are kept. */
const NO_UTILITY = '-';

/** What holds from one local day until the next change: worked out once, looked up from then on. */
interface Period {
  readonly from: number;
  readonly packs: readonly Pack[];
  readonly rules: ReadonlyMap<string, Rules>;
  readonly types: ReadonlyMap<string, TicketType>;
  /** Made when the first message is read. */
  lexicon(): Lexicon;
}

/**
 * The standards of a set of packs. Layers are laid over each other here, once per period in which no edition
 * changes; answering then needs no more than looking up and adding.
 */
export function makeStandards(packs: readonly Pack[], clauses: Clauses): Standards {
  const starts = [...new Set(packs.map((pack) => dayFrom(pack.from)))].sort((a, b) => a - b);
  const periods = starts.map((from) => makePeriod(packs, from));
  const beforeAll = makePeriod([], 0);
  const periodAt = (at: string): Period => {
    const day = dayOf(millis(at));
    return periods.findLast((period) => period.from <= day) ?? beforeAll;
  };
  const rulesAt = (utility: string, at: string): Rules => {
    const { rules } = periodAt(at);
    return rules.get(utility) ?? rulesOfAll(rules);
  };
  return {
    resolve: (pack, asOf) => {
      const found = periodAt(asOf).packs.find((p) => p.id === pack);
      return found ? editionOf(found) : null;
    },
    packs: (asOf) => periodAt(asOf).packs.map(editionOf),
    types: (asOf) => [...periodAt(asOf).types.values()],
    type: (code, asOf) => periodAt(asOf).types.get(code) ?? null,
    suggestTypes: (text, { utility, asOf, limit = 5 }) =>
      suggest(periodAt(asOf).lexicon(), text, utility).slice(0, limit),
    deadlines: (ticket) => deadlinesUnder(rulesAt(ticket.utility, ticket.receivedAt), ticket),
    ladder: (ticket) => ladderUnder(rulesAt(ticket.utility, ticket.receivedAt), ticket),
    closingEvidence: (matter) => evidenceUnder(rulesAt(matter.utility, matter.asOf), matter),
    reopening: (matter) => {
      const { entry, ref } = one(rulesAt(matter.utility, matter.asOf).reopening, matter);
      return { continues: entry.continues, restarts: entry.restarts, pack: ref };
    },
    safetyWords: (code, lang, asOf) => periodAt(asOf).types.get(code)?.safetyWords?.[lang] ?? [],
    noAccessWaitMinutes: (matter) => {
      const { entry, ref } = one(rulesAt(matter.utility, matter.asOf).noAccess, matter);
      return { minutes: entry.wait.minutes, pack: ref };
    },
    arrivalReplacedBySlot: (matter) => {
      const clocks = [...rulesAt(matter.utility, matter.asOf).clocks.values()];
      const arrivals = clocks.filter(({ entry }) => entry.stage === 'arrive');
      return bestOf(arrivals, matter)?.entry.isReplacedBySlot ?? false;
    },
    callBefore: (matter, at) => callBefore(rulesAt(matter.utility, matter.asOf), matter, at),
    season: (id, { utility, asOf }) => {
      const found = rulesAt(utility, asOf).seasons.get(id);
      if (!found) return null;
      const around = seasonAround(found.entry, millis(asOf));
      return { season: id, ...around, pack: refOf(found.pack, found.entry.clauses) };
    },
    clause: (id) => clauses.get(id) ?? null,
    ...practiceUnder(rulesAt),
  };
}

function rulesOfAll(rules: ReadonlyMap<string, Rules>): Rules {
  const found = rules.get(NO_UTILITY);
  if (!found) throw new Error('The rules for all utilities are made with every period.');
  return found;
}

function makePeriod(all: readonly Pack[], from: number): Period {
  const packs = editionsOn(all, from);
  const rules = new Map(
    [...UTILITIES, NO_UTILITY].map((utility) => [utility, rulesOn(all, utility, from)]),
  );
  const entries: TypeEntry[] = [];
  const types = new Map<string, TicketType>();
  const utilityWords = new Map<string, readonly string[]>();
  for (const utility of UTILITIES) {
    const own = rules.get(utility) ?? rulesOfAll(rules);
    const named = own.packs.filter((pack) => pack.utility === utility);
    utilityWords.set(utility, [...new Set(named.flatMap((pack) => pack.utilityWords))]);
    for (const ruled of own.types.values())
      if (utilityOf(ruled.entry.code) === utility) {
        entries.push(ruled.entry);
        types.set(ruled.entry.code, typeOf(own, ruled, utility));
      }
  }
  let lexicon: Lexicon | undefined;
  return {
    ...{ from, packs, rules, types },
    lexicon: () => (lexicon ??= makeLexicon({ types: entries, utilityWords })),
  };
}

function typeOf(rules: Rules, { entry, pack }: Ruled<TypeEntry>, utility: Utility): TicketType {
  const { code, category, name, needsWorkOrder, isSafety, words, safetyWords } = entry;
  const { strong = [], medium = [], weak = [] } = words;
  const matter = { utility, typeCode: code, category, asOf: '' };
  return {
    code,
    utility,
    category,
    name,
    needsWorkOrder,
    isSafety,
    words: [...strong, ...medium, ...weak],
    ...(safetyWords ? { safetyWords } : {}),
    evidence: evidenceUnder(rules, matter).map((found) => found.evidence),
    pack: refOf(pack, entry.clauses),
  };
}

function evidenceUnder(rules: Rules, matter: Matter) {
  const found: { evidence: Evidence; pack: PackRef }[] = [];
  for (const evidence of EVIDENCE) {
    const gates = [...rules.closing.values()].filter(({ entry }) => entry.evidence === evidence);
    const best = bestOf(gates, matter);
    if (best) found.push({ evidence, pack: refOf(best.pack, best.entry.clauses) });
  }
  return found;
}

function callBefore(rules: Rules, matter: Matter, at: string) {
  const instant = millis(at);
  const quiet = [...rules.quietHours.values()].filter(
    ({ entry }) => !entry.except?.some((category) => category === matter.category),
  );
  const holds = ({ entry }: (typeof quiet)[number]) =>
    lastCallBy(rules.quietOf.get(entry.id) ?? [], instant) !== instant;
  const cause = quiet.find(holds) ?? quiet[0];
  if (!cause) return null;
  const before = lastCallBy(quietFor(rules, matter.category), instant);
  return { at: iso(before), pack: refOf(cause.pack, cause.entry.clauses) };
}

/** The one entry that applies to a matter. The loader has checked that the national base has one for every matter. */
function one<Entry extends { appliesTo: AppliesTo; clauses: readonly string[]; id: string }>(
  entries: ReadonlyMap<string, Ruled<Entry>>,
  matter: Matter,
) {
  const best = bestOf(entries.values(), matter);
  if (!best || exactness(best.entry.appliesTo, matter) === null)
    throw new Error(`No pack says anything about ${matter.typeCode} here.`);
  return { entry: best.entry, ref: refOf(best.pack, best.entry.clauses) };
}

const editionOf = (pack: Pack): Edition => ({
  pack: pack.id,
  version: pack.version,
  hash: pack.hash,
  layer: pack.layer,
  ...(pack.utility ? { utility: pack.utility } : {}),
  name: pack.name,
  from: pack.from,
});
