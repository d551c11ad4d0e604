import { covers, Forbidden, isWithin, type Actor } from '@shouwen/engine';
import { ContactRecorded } from '@shouwen/contracts';
import type { TicketAccess } from '../views/ticket-access.view.js';
import type { Opened } from './entry.js';

/** Why a caller may not see a ticket's timeline; null: they may. */
export type Denial = 'names-you' | 'names-your-unit' | 'other-unit';

/**
 * Persons and units that a matter complains about never see it, whatever their role. Everybody else sees the matters
 * of their own part of the organisation, and those that they answer for; a ticket that no unit has yet is open to the
 * role.
 */
export function denialFor(
  actor: Actor,
  { units, owner, aboutStaff, aboutUnits }: TicketAccess,
  roles: readonly string[],
): Denial | null {
  if (aboutStaff.includes(actor.number)) return 'names-you';
  const grants = actor.grants.filter(({ role }) => roles.includes(role));
  const neutral = grants.filter(({ unit }) => !aboutUnits.some((named) => isWithin(unit, named)));
  if (grants.length > 0 && neutral.length === 0) return 'names-your-unit';
  if (actor.number === owner && neutral.length > 0) return null;
  if (units.length === 0) return neutral.length > 0 ? null : 'other-unit';
  return units.some((unit) => covers({ ...actor, grants: neutral }, unit)) ? null : 'other-unit';
}

export const closedToYou = (): Forbidden =>
  new Forbidden('matter.closed-to-you', 'This matter names you or your unit; others handle it.');

/**
 * A confidential caller is known where the contact was taken and above, not in the unit that handles the matter:
 * there the event is shown without the person, the id included.
 */
export function withCallerHidden(document: Opened, actor: Actor, roles: readonly string[]): Opened {
  const { type, data } = document;
  if (type !== ContactRecorded.type || data['isConfidential'] !== true) return document;
  const takenIn = typeof data['takenIn'] === 'string' ? data['takenIn'] : '/';
  if (covers(actor, takenIn, roles)) return document;
  const { callerId: _callerId, ...rest } = data;
  return { ...document, data: rest, sealed: {} };
}
