// How a view takes a page of events: documents are fetched once, folded in memory and written together.
import type { View, ViewTools } from './consumer.js';
import type { Recorded } from './event.js';
import { isOwnError } from './parking.js';
import type { Documents, Put } from './ports.js';
import type { Work } from './subscription.js';

export interface Folding {
  readonly view: View;
  /** Table of the generation that is written. */
  readonly table: string;
  readonly documents: Documents;
  readonly tools: ViewTools;
  readonly now: () => string;
}

const place = (tenant: string, id: string) => `${tenant}\n${id}`;

export async function fold(folding: Folding, { events, stored, parking }: Work): Promise<Put[]> {
  const { table, now } = folding;
  const parked: Put[] = [];
  const known = await fetch(folding, events);
  const changed = new Set<string>();
  events.forEach((event, i) => {
    const aside = { event, stored: stored[i]! };
    if (parking.holds(event.key)) {
      parked.push(parking.park(aside, 'waits behind an earlier event of its key', now()));
      return;
    }
    try {
      for (const [at, document] of next(folding, event, known)) {
        known.set(at, document);
        changed.add(at);
      }
    } catch (error) {
      if (!isOwnError(error)) throw error;
      parked.push(parking.park(aside, error, now()));
    }
  });
  const puts = [...changed].map((at): Put => {
    const [tenant, id] = at.split('\n') as [string, string];
    return { table, tenant, id, document: known.get(at) ?? null };
  });
  return [...puts, ...parked];
}

const idsOf = (view: View, event: Recorded): readonly string[] => [view.id(event) ?? []].flat();

async function fetch(
  { view, table, documents }: Folding,
  events: readonly Recorded[],
): Promise<Map<string, object | null>> {
  const wanted = new Map<string, { tenant: string; id: string }>();
  for (const event of events)
    for (const id of safely(() => idsOf(view, event)))
      wanted.set(place(event.meta.tenant, id), { tenant: event.meta.tenant, id });
  const found = await documents.getMany(table, [...wanted.values()]);
  return new Map([...wanted.keys()].map((at, i) => [at, found[i]!]));
}

/** An id that cannot be computed shows again, and is parked, when the event is folded. */
function safely(ids: () => readonly string[]): readonly string[] {
  try {
    return ids();
  } catch {
    return [];
  }
}

/** All documents of one event, or none: what fails half-way leaves nothing behind. */
function next(
  { view, tools }: Folding,
  event: Recorded,
  known: ReadonlyMap<string, object | null>,
): [string, object | null][] {
  return idsOf(view, event).map((id) => {
    const at = place(event.meta.tenant, id);
    return [at, view.evolve(known.get(at) ?? null, event, id, tools)];
  });
}
