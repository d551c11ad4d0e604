// Rebuilds a view beside the one that serves: a second subscription folds the logs from the beginning into a table of
// its own, stops exactly where the serving one stands, and takes its place.
import { setImmediate as turn } from 'node:timers/promises';
import type { Documents, Put } from './ports.js';
import { Positions } from './positions.js';
import type { Subscription } from './subscription.js';

export const VIEWS = { name: '$views', indexes: [] };
const SYSTEM = '-';
/** Documents compared at a time. */
const PAGE = 500;

export interface Rebuilt {
  /** Documents of the view now. */
  readonly documents: number;
  /** Documents that differ from what served before: 0 where the view's code has not changed. */
  readonly differences: number;
  /** Events that were read. */
  readonly events: number;
}

export const tableOf = (view: string, generation: number): string => `view:${view}:${generation}`;

/** The generation that serves. */
export async function generationOf(documents: Documents, view: string): Promise<number> {
  const known = (await documents.get(VIEWS.name, SYSTEM, view)) as { generation: number } | null;
  return known?.generation ?? 1;
}

const generationPut = (view: string, generation: number): Put => ({
  table: VIEWS.name,
  tenant: SYSTEM,
  id: view,
  document: { generation },
});

/** Follows until the shadow has read what the serving view has read; reports events done and to do. */
async function catchUp(
  serving: Subscription,
  shadow: Subscription,
  progress: (done: number, of: number) => void,
): Promise<void> {
  for (;;) {
    const wanted = serving.positions.all();
    const reached = shadow.positions.all();
    const of = sum(wanted);
    const done = sum(
      new Map([...wanted].map(([place, g]) => [place, Math.min(g, reached.get(place) ?? 0)])),
    );
    progress(done, of);
    if (shadow.state === 'stopped' && shadow.error) throw new Error(shadow.error);
    if (done >= of) return;
    await turn();
  }
}

const sum = (positions: ReadonlyMap<string, number>): number =>
  [...positions.values()].reduce((total, g) => total + g, 0);

/** Documents that stand in one of the tables only, with exactly that content. Both are walked in the same order, so
 * that no more than what differs is held in memory. */
async function differences(documents: Documents, one: string, other: string): Promise<number> {
  const unmatched = new Map<string, number>();
  const sides = [
    { table: one, sign: 1, cursor: '' as string | undefined },
    { table: other, sign: -1, cursor: '' as string | undefined },
  ];
  while (sides.some(({ cursor }) => cursor !== undefined)) {
    for (const side of sides) {
      if (side.cursor === undefined) continue;
      const from = side.cursor === '' ? {} : { cursor: side.cursor };
      const page = await documents.find(side.table, null, { limit: PAGE, ...from });
      for (const item of page.items) tally(unmatched, JSON.stringify(item), side.sign);
      side.cursor = page.next;
    }
    await turn();
  }
  const counts = [...unmatched.values()];
  const total = (sign: number) => counts.reduce((n, count) => n + Math.max(0, sign * count), 0);
  return Math.max(total(1), total(-1));
}

function tally(counts: Map<string, number>, text: string, sign: number): void {
  const count = (counts.get(text) ?? 0) + sign;
  if (count === 0) counts.delete(text);
  else counts.set(text, count);
}

interface Rebuilding {
  readonly view: string;
  readonly indexes: readonly string[];
  /** Generation that serves now. */
  readonly generation: number;
  readonly serving: Subscription;
  /** Folds into the table of the next generation. */
  readonly shadow: Subscription;
  readonly switched: () => void;
  readonly progress: (done: number, of: number) => void;
}

export async function rebuildBeside(rebuilding: Rebuilding): Promise<Rebuilt> {
  const { view, indexes, generation, serving, shadow, switched, progress } = rebuilding;
  const { documents } = serving;
  const [oldTable, newTable] = [tableOf(view, generation), tableOf(view, generation + 1)];
  await clear(shadow, newTable);
  await documents.define({ name: newTable, indexes });
  await shadow.begin(() => {});
  try {
    await catchUp(serving, shadow, progress);
    return await serving.exclusively(async () => {
      shadow.limit(serving.positions.all());
      await catchUp(serving, shadow, progress);
      await shadow.halt();
      const different = await differences(documents, oldTable, newTable);
      await serving.positions.adopt(shadow.positions, [generationPut(view, generation + 1)]);
      switched();
      await documents.drop(oldTable);
      const count = await documents.count(newTable);
      return { documents: count, differences: different, events: sum(serving.positions.all()) };
    });
  } finally {
    await shadow.halt();
    await shadow.forget();
  }
}

/** What an earlier rebuild that was killed has left. */
async function clear(shadow: Subscription, table: string): Promise<void> {
  const { documents } = shadow;
  await documents.drop(table);
  await documents.write(await shadow.positions.removals());
}

/**
 * The table of a view, made where it is missing. Where a release has changed the view's indexes, the next generation
 * begins and reads from the beginning. Answers the generation that serves.
 */
export async function openTable(
  documents: Documents,
  { name, indexes }: { readonly name: string; readonly indexes: readonly string[] },
  durable: string,
): Promise<number> {
  const generation = await generationOf(documents, name);
  const table = tableOf(name, generation);
  const kept = (await documents.tables()).find((one) => one.name === table);
  if (!kept || JSON.stringify(kept.indexes) === JSON.stringify(indexes)) {
    await documents.define({ name: table, indexes });
    return generation;
  }
  await documents.drop(tableOf(name, generation + 1));
  await documents.define({ name: tableOf(name, generation + 1), indexes });
  const removals = await new Positions(durable, documents).removals();
  await documents.write([...removals, generationPut(name, generation + 1)]);
  await documents.drop(table);
  return generation + 1;
}
