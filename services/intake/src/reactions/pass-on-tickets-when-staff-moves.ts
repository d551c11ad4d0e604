import { when } from '@shouwen/engine';
import { StaffLeft, StaffRegistered } from '@shouwen/contracts';
import { departureIdOf } from '../ownership/departure.js';
import { NoteDeparture } from '../ownership/note-departure.js';
import { NoteReturn } from '../ownership/note-return.js';
import { LISTS, ownershipIdOf } from '../ownership/ownership.js';
import { PassOnOwnership } from '../ownership/pass-on-ownership.js';

/**
 * Whoever leaves hands over. The departure is noted first: a ticket given to them from then on passes on by itself, and
 * what was given before stands in one of the lists. One subscription, because only within one is a leaving surely
 * handled before the return.
 */
export const passOnTicketsWhenStaffMoves = when(
  [StaffLeft, StaffRegistered],
  'pass-on-tickets-when-staff-moves',
  ({ type, data }, { actor: { tenant } }) => {
    const { staff: owner } = data;
    const departureId = departureIdOf(tenant, owner);
    if (type === 'dispatch.staff-registered') return [NoteReturn.of({ departureId, owner })];
    const successor = data.successor ? { successor: data.successor } : {};
    return [
      NoteDeparture.of({ departureId, owner, ...successor }),
      ...LISTS.map((list) =>
        PassOnOwnership.of({
          ownershipId: ownershipIdOf(tenant, owner, list),
          ...{ owner, ...successor },
        }),
      ),
    ];
  },
);
