/**
 * The named posts of one unit, and who sits on them. Ladders of the standards name posts; this is where a post
 * becomes a person. One stream per unit, without an end:
 *
 *     vacant ──PostHeld (holder, perhaps a deputy)──▶ held ──PostVacated (a deputy may stay)──▶ vacant
 */
import { PostHeld, PostVacated, type Told } from '@shouwen/contracts';
import { at, defineStream, isWithin, type StreamRef } from '@shouwen/engine';
import { upwardFrom } from '../unit/unit.js';

export interface Seats {
  readonly holder?: string;
  readonly deputy?: string;
}

/** By the name of the post. */
export type Posts = Readonly<Record<string, Seats>>;

/**
 * It names no unit of its own: whoever acts on a ticket must learn which posts stand above it, also beyond the own
 * subtree. Commands that change posts read the unit, which guards them.
 */
export const posts = defineStream<Posts, PostHeld | PostVacated>({
  name: 'post',
  idField: 'unit',
  events: [PostHeld, PostVacated],
  initial: {},
  evolve: (state, event) => {
    const { post, deputy } = event.data;
    const deputySeat = deputy ? { deputy } : {};
    switch (event.type) {
      case 'dispatch.post-held':
        return { ...state, [post]: { holder: event.data.holder, ...deputySeat } };
      case 'dispatch.post-vacated':
        return { ...state, [post]: deputySeat };
    }
  },
});

/** Who has to be told that the seat is theirs no more. */
export const previousOf = (
  before: Seats,
  after: Seats,
): { readonly previousHolder?: string; readonly previousDeputy?: string } => ({
  ...(before.holder && before.holder !== after.holder ? { previousHolder: before.holder } : {}),
  ...(before.deputy && before.deputy !== after.deputy ? { previousDeputy: before.deputy } : {}),
});

/** The posts of the unit and of every unit above it: what a command declares before it asks for a post. */
export const postsAbove = (unit: string): readonly StreamRef[] =>
  upwardFrom(unit).map((path) => at(posts, path));

export interface Wanted {
  readonly post: string;
  /** Where the search begins. */
  readonly unit: string;
  /** Persons whom the matter complains about: passed over. */
  readonly aboutStaff?: readonly string[];
  /** Units whom it complains about: passed over with everything below them. */
  readonly aboutUnits?: readonly string[];
}

/** A post found: where it is, and who answers on it. */
export interface Found extends Told {
  readonly unit: string;
  readonly isDeputy: boolean;
}

/** The nearest unit upward whose post is taken: its holder, or the deputy where nobody may or does hold it. */
export function findPost(postsOf: (unit: string) => Posts, wanted: Wanted): Found | null {
  const { post, unit, aboutStaff = [], aboutUnits = [] } = wanted;
  for (const path of upwardFrom(unit)) {
    if (aboutUnits.some((named) => isWithin(path, named))) continue;
    const { holder, deputy } = postsOf(path)[post] ?? {};
    const isFree = (person: string | undefined) =>
      person !== undefined && !aboutStaff.includes(person);
    if (isFree(holder)) return { post, unit: path, staff: holder!, isDeputy: false };
    if (isFree(deputy)) return { post, unit: path, staff: deputy!, isDeputy: true };
  }
  return null;
}
