import { when } from '@shouwen/engine';
import { TicketHandedOver, TicketOpened, TicketReopened } from '@shouwen/contracts';
import { beginningOf } from '../ownership/begin-ownership.js';

/** A reopened ticket comes back to whoever had it, who may have left while it was closed. */
export const beginOwnershipWhenOwnerChanges = when(
  [TicketOpened, TicketHandedOver, TicketReopened],
  'begin-ownership-when-owner-changes',
  ({ type, data }, { actor }) => [
    beginningOf(
      actor.tenant,
      type === 'intake.ticket-handed-over' ? data.to : data.firstContactOwner,
      data.ticketId,
    ),
  ],
);
