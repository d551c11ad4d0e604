import { makeCalendar } from './calendar.js';
import type { Calendar } from './calendar.js';
import { dayFrom, spanFrom } from './local-time.js';
import type { Span } from './local-time.js';
import { ENTRY_KINDS, LAYERS, idOf } from './pack.js';
import type { AppliesTo, EntryKind, Pack, PackEntries } from './pack.js';
import { quietSpans } from './quiet-hours.js';
import type { PackRef } from './standards.js';

/** An entry and the pack that has the last word on it. */
export interface Ruled<Entry> {
  readonly entry: Entry;
  readonly pack: Pack;
}

type RuledEntries = {
  readonly [Kind in EntryKind]: ReadonlyMap<string, Ruled<PackEntries[Kind][number]>>;
};

/** What holds for one utility from one local day on, all layers laid over each other. */
export interface Rules extends RuledEntries {
  readonly packs: readonly Pack[];
  readonly calendarOf: ReadonlyMap<string, Calendar>;
  readonly quietOf: ReadonlyMap<string, readonly Span[]>;
}

/** The editions in force on a day, base first: by layer, packs for all utilities before packs for one, by id. */
export function editionsOn(packs: readonly Pack[], day: number): readonly Pack[] {
  const latest = new Map<string, Pack>();
  for (const pack of packs) {
    const other = latest.get(pack.id);
    const isInForce = dayFrom(pack.from) <= day;
    if (isInForce && (!other || other.from < pack.from)) latest.set(pack.id, pack);
  }
  return [...latest.values()].sort(
    (a, b) =>
      LAYERS.indexOf(a.layer) - LAYERS.indexOf(b.layer) ||
      Number(a.utility !== undefined) - Number(b.utility !== undefined) ||
      (a.id < b.id ? -1 : 1),
  );
}

/** The rules for a utility on a day; for an unknown utility those that hold for all. */
export function rulesOn(packs: readonly Pack[], utility: string, day: number): Rules {
  const inForce = editionsOn(packs, day).filter((p) => !p.utility || p.utility === utility);
  const merged = Object.fromEntries(
    ENTRY_KINDS.map((kind) => [kind, merge(inForce, kind)]),
  ) as unknown as RuledEntries;
  const calendarOf = new Map<string, Calendar>();
  for (const { entry, pack } of merged.calendars.values())
    calendarOf.set(entry.id, makeCalendar(entry, pack.holidays[entry.holidays ?? ''] ?? []));
  const quietOf = new Map<string, readonly Span[]>();
  for (const { entry } of merged.quietHours.values())
    quietOf.set(entry.id, quietSpans(entry.spans, spanFrom));
  return { ...merged, packs: inForce, calendarOf, quietOf };
}

/** A later layer replaces an entry of the same id wholly, or takes it away. */
function merge(packs: readonly Pack[], kind: EntryKind) {
  const entries = new Map<string, Ruled<PackEntries[EntryKind][number]>>();
  for (const pack of packs)
    for (const entry of pack[kind])
      if (entry.isWithdrawn) entries.delete(idOf(entry));
      else entries.set(idOf(entry), { entry, pack });
  return entries;
}

/** What an entry is chosen by. */
export interface Chosen {
  readonly typeCode: string;
  readonly category: string;
  readonly zone?: string;
}

/**
 * How exactly an entry names a ticket: null where it does not apply; a named type outweighs a category, a
 * category a zone, and anything outweighs nothing said.
 */
export function exactness(
  appliesTo: AppliesTo,
  { typeCode, category, zone }: Chosen,
): number | null {
  const { types, categories, zones } = appliesTo;
  const misses =
    (types && !types.includes(typeCode)) ||
    (categories && !categories.some((one) => one === category)) ||
    (zones && !zones.some((one) => one === zone));
  if (misses) return null;
  return (types ? 4 : 0) + (categories ? 2 : 0) + (zones ? 1 : 0);
}

/** The entry that names the ticket most exactly; of equals the one of the later layer. */
export function bestOf<Entry extends { readonly appliesTo: AppliesTo }>(
  entries: Iterable<Ruled<Entry>>,
  chosen: Chosen,
): Ruled<Entry> | null {
  let best: Ruled<Entry> | null = null;
  let bestExactness = -1;
  for (const ruled of entries) {
    const found = exactness(ruled.entry.appliesTo, chosen);
    if (found === null || found < bestExactness) continue;
    if (best && found === bestExactness && rank(ruled.pack) < rank(best.pack)) continue;
    best = ruled;
    bestExactness = found;
  }
  return best;
}

const rank = (pack: Pack): number => LAYERS.indexOf(pack.layer) * 2 + (pack.utility ? 1 : 0);

export const refOf = (pack: Pack, clauses: readonly string[]): PackRef => ({
  pack: pack.id,
  version: pack.version,
  hash: pack.hash,
  clauses,
});
