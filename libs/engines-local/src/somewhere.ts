import { ContainerPlace } from './container-place.js';
import { LocalPlace } from './local-place.js';
import type { Place, Tell } from './place.js';

export type PlaceName = Place['origin'];

export interface WhereOptions {
  /** Tried in this order; else SHOUWEN_PLACE names the one, else a container, then local processes. */
  readonly places?: readonly PlaceName[];
  readonly tell?: Tell;
}

interface Wanted extends WhereOptions {
  readonly what: string;
  readonly image: string;
  readonly ports: readonly number[];
}

/** Starts servers where they can be started, and says aloud why it was not the first choice. */
export async function startSomewhere<T>(
  { what, image, ports, places = preferred(), tell = tellOnce }: Wanted,
  start: (place: Place) => Promise<T>,
): Promise<T> {
  const [first, ...others] = places;
  try {
    const place =
      first === 'container' ? await ContainerPlace.open(image, ports) : new LocalPlace();
    return await startOrEnd(place, start);
  } catch (error) {
    const [next] = others;
    if (!next) throw error;
    const reason = error instanceof Error ? error.message : String(error);
    tell(`${what}: no container (${reason}); local processes instead`);
    return startSomewhere({ what, image, ports, places: others, tell }, start);
  }
}

async function startOrEnd<T>(place: Place, start: (place: Place) => Promise<T>): Promise<T> {
  try {
    return await start(place);
  } catch (error) {
    await place.end();
    throw error;
  }
}

function preferred(): readonly PlaceName[] {
  const named = process.env['SHOUWEN_PLACE'];
  if (named === 'local' || named === 'container') return [named];
  if (named) throw new Error(`SHOUWEN_PLACE is "container" or "local", not "${named}"`);
  return ['container', 'local'];
}

const told = new Set<string>();

/** To standard error, past the test runner, which would print a stack under it. */
export function tellOnce(line: string): void {
  if (told.has(line)) return;
  told.add(line);
  process.stderr.write(`${line}\n`);
}
