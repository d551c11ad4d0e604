import { when } from '@shouwen/engine';
import { WorkOrderSigned } from '@shouwen/contracts';
import { TakeOverTicket } from '../ticket/take-over-ticket.js';

/** What came by machine belongs to the first person who signs for it; signing for its job is signing for it. */
export const takeOverTicketsWhenWorkOrderSigned = when(
  WorkOrderSigned,
  'take-over-tickets-when-work-order-signed',
  ({ data: { ticketIds, signedBy: by } }) =>
    ticketIds.map((ticketId) => TakeOverTicket.of({ ticketId, by })),
);
