import { ContainerPlace } from './container-place.js';
import { LocalPlace } from './local-place.js';
import type { Place, Tell } from './place.js';
import { tellOnce, telling } from './telling.js';

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
      first === 'container'
        ? await telling(`${what}: waiting for a container of ${image}`, tell, () =>
            ContainerPlace.open(image, ports),
          )
        : new LocalPlace();
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

/** Says that servers which somebody named are not those that are about to be stopped and killed. */
export function leaveAlone(name: string, tell: Tell): void {
  const isOfRun = process.env[OF_RUN]?.split(' ').includes(name);
  if (process.env[name] && !isOfRun)
    tell(`${name} is left alone: servers to be stopped and killed are started here`);
}

/** The names of addresses that are in the environment because this run put them there. */
export const OF_RUN = 'SHOUWEN_OF_THIS_RUN';
