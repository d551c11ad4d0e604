import type { EventLog, StoredEvent } from '@shouwen/engine';

const PAGE = 1_000;

export async function* everyEvent(log: EventLog): AsyncGenerator<StoredEvent> {
  for (let g = 0; ;) {
    const page = await log.read(g, PAGE);
    if (page.length === 0) return;
    yield* page;
    g = page.at(-1)!.g;
  }
}
