import type { Told } from '@shouwen/contracts';
import type { Read } from '@shouwen/engine';
import { findPost, posts } from '../post/post.js';
import type { KnownClock } from './clock.js';

/** Who hears of a limit that comes near or has passed: the nearest of these posts that somebody answers on. */
export const LINE_POSTS = [
  'head-of-station',
  'duty-leader',
  'dispatcher',
  'dispatch-desk',
  'operating-company-manager',
] as const;

/**
 * The first of the posts that anybody holds, looked for from the unit upward. Persons and units that the ticket
 * complains about are passed over. Empty where all are vacant: the event then says that nobody was told.
 */
export function tellsOf(read: Read, clock: KnownClock, wanted: readonly string[]): Told[] {
  const { aboutStaff, aboutUnits, matter } = clock;
  for (const post of wanted) {
    const place = { post, unit: matter.unit, aboutStaff, aboutUnits };
    const found = findPost((unit) => read(posts, unit), place);
    if (found) return [{ post: found.post, staff: found.staff }];
  }
  return [];
}
