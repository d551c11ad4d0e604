// Opens a stopped data directory and counts what must be so, whatever happened on the way.
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { hashOf, type StoredEvent } from '@shouwen/engine';
import { openEmbeddedEngine } from '@shouwen/engine-embedded';

export interface Counted {
  readonly events: number;
  readonly commits: number;
  /** Numbers that are missing or stand twice, event ids that stand twice, hashes that are wrong. */
  readonly faults: number;
  readonly byType: ReadonlyMap<string, number>;
}

const PAGE = 1_000;

async function* everyEvent(directory: string, service: string): AsyncGenerator<StoredEvent> {
  const engine = openEmbeddedEngine({ directory, training: {} });
  const { log } = await engine.open(service);
  for (let g = 0; ;) {
    const page = await log.read(g, PAGE);
    if (page.length === 0) break;
    yield* page;
    g = page.at(-1)!.g;
  }
  await engine.close();
}

/** Reads every event of a log: dense from 1, each id once, each hash right. */
export async function countLog(directory: string, service: string): Promise<Counted> {
  const ids = new Set<string>();
  const byType = new Map<string, number>();
  let events = 0;
  let commits = 0;
  let faults = 0;
  for await (const event of everyEvent(directory, service)) {
    events += 1;
    commits = event.n;
    if (event.g !== events || ids.has(event.id) || hashOf(event) !== event.hash) faults += 1;
    ids.add(event.id);
    byType.set(event.type, (byType.get(event.type) ?? 0) + 1);
  }
  return { events, commits, faults, byType };
}

/** Letters of the file outbox; a repeated attempt overwrites its own file. */
export const countOutbox = (directory: string): number =>
  readdirSync(join(directory, 'outbox')).filter((name) => name.endsWith('.json')).length;
