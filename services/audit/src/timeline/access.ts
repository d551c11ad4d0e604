import { covers, Forbidden, isWithin, type Actor } from '@shouwen/engine';
import type { TicketAccess } from '../views/ticket-access.view.js';

/** Why a caller may not see a ticket's timeline; null: they may. */
export type Denial = 'names-you' | 'names-your-unit' | 'other-unit';

/**
 * Persons and units that a matter complains about never see it, whatever their role. Everybody else sees the matters
 * of their own part of the organisation; a ticket that no unit has yet is open to the role.
 */
export function denialFor(
  actor: Actor,
  { units, aboutStaff, aboutUnits }: TicketAccess,
  roles: readonly string[],
): Denial | null {
  if (aboutStaff.includes(actor.number)) return 'names-you';
  const grants = actor.grants.filter(({ role }) => roles.includes(role));
  const neutral = grants.filter(({ unit }) => !aboutUnits.some((named) => isWithin(unit, named)));
  if (grants.length > 0 && neutral.length === 0) return 'names-your-unit';
  if (units.length === 0) return neutral.length > 0 ? null : 'other-unit';
  return units.some((unit) => covers({ ...actor, grants: neutral }, unit)) ? null : 'other-unit';
}

export const closedToYou = (): Forbidden =>
  new Forbidden('matter.closed-to-you', 'This matter names you or your unit; others handle it.');
