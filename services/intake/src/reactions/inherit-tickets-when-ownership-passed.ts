import { when } from '@shouwen/engine';
import { OwnershipPassed } from '@shouwen/contracts';
import { InheritTicket } from '../ticket/inherit-ticket.js';

/** Each ticket decides by itself: it may be closed, have another owner by now, or name the successor. */
export const inheritTicketsWhenOwnershipPassed = when(
  OwnershipPassed,
  'inherit-tickets-when-ownership-passed',
  ({ data: { owner: from, successor, ticketIds } }) =>
    ticketIds.map((ticketId) =>
      InheritTicket.of({ ticketId, from, ...(successor ? { successor } : {}) }),
    ),
);
