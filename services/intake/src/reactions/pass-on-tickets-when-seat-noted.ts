import { when } from '@shouwen/engine';
import { SeatNoted } from '@shouwen/contracts';
import { LISTS, ownershipIdOf } from '../ownership/ownership.js';
import { PassOnOwnership } from '../ownership/pass-on-ownership.js';
import { sitterOf } from '../seat/seat.js';

/** What fell to the post while nobody held it has a person again. */
export const passOnTicketsWhenSeatNoted = when(
  SeatNoted,
  'pass-on-tickets-when-seat-noted',
  ({ data }, { actor: { tenant } }) => {
    const successor = sitterOf(data);
    if (!successor) return [];
    const { seatId: owner } = data;
    return LISTS.map((list) =>
      PassOnOwnership.of({ ownershipId: ownershipIdOf(tenant, owner, list), owner, successor }),
    );
  },
);
