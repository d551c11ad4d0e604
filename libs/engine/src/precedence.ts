// People first. Commands of people and consumers of events share one thread; while several people wait, consumers
// hold back, so that what arrives meanwhile is taken in fewer and larger pages. They never hold back for long: under a
// load that does not end they still get their turn, and nobody reads a view that stands still.

/** Consumers hold back for at most this long, in milliseconds. */
const PATIENCE = 10;
/** Callers who were answered together come again together: it is quiet once no two have asked for this long. Milliseconds. */
const QUIET = 2;

let inHand = 0;
let crowdedAt = -QUIET;
let turn: Promise<void> | null = null;

/** Carries out what a person waits for. */
export async function forPerson<T>(work: () => Promise<T>): Promise<T> {
  if (++inHand > 1) crowdedAt = performance.now();
  try {
    return await work();
  } finally {
    if (inHand-- > 1) crowdedAt = performance.now();
  }
}

/** Resolves when it is quiet or patience ends; at once for all who wait, so that what they write is written together. */
export function afterPeople(): Promise<void> {
  if (isQuiet()) return Promise.resolve();
  turn ??= hold(performance.now() + PATIENCE).then(() => void (turn = null));
  return turn;
}

const isQuiet = () => inHand <= 1 && performance.now() - crowdedAt >= QUIET;

async function hold(until: number): Promise<void> {
  while (!isQuiet() && performance.now() < until)
    await new Promise((resolve) => setTimeout(resolve, QUIET));
}
