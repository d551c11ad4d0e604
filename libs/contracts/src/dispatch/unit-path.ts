import { isWithin } from '@shouwen/engine';

/**
 * A unit's place in the organisation tree, root first. `/` stands above every group: work that no rule could
 * route waits there, where only somebody with a grant on everything sees it.
 */
export const UNIT_PATH = /^(\/|(\/[a-z0-9][a-z0-9-]{0,39}){1,8})$/;

export const UNIT_KINDS = ['group', 'company', 'station', 'crew', 'office'] as const;
export type UnitKind = (typeof UNIT_KINDS)[number];

/** A staff number as the companies write it. */
export const STAFF_NUMBER = /^[A-Za-z0-9][A-Za-z0-9._-]{0,31}$/;

/** A named post, such as `head-of-station`; every unit may have one of a name. */
export const POST_NAME = /^[a-z][a-z0-9-]{0,59}$/;

/** A service area as the companies' maps name it. */
export const GRID_CODE = /^[A-Za-z0-9][A-Za-z0-9-]{0,31}$/;

/** A ticket type's code in the packs, such as `heat.no-heat`. */
export const TYPE_CODE = /^[a-z][a-z0-9.-]{0,79}$/;

/** The unit above; `/` above a group. */
export const parentOf = (unit: string): string => unit.slice(0, unit.lastIndexOf('/')) || '/';

/** The unit itself, or the nearest above it that is not complained about: nobody handles a complaint about themselves. */
export function aboveNamed(unit: string, aboutUnits: readonly string[]): string {
  const named = aboutUnits.find((one) => one !== '/' && isWithin(unit, one));
  return named === undefined ? unit : aboveNamed(parentOf(named), aboutUnits);
}
