import { when } from '@shouwen/engine';
import { WorkOrderIssued, WorkOrderReassigned, WorkOrderTicketAdded } from '@shouwen/contracts';
import { isRouted, RouteTicket } from '../ticket/route-ticket.js';

/** Whoever has the work order may see its tickets. */
export const routeTicketWhenWorkOrderPlaced = when(
  [WorkOrderIssued, WorkOrderReassigned, WorkOrderTicketAdded],
  'route-ticket-when-work-order-placed',
  ({ data: { ticketIds, unit } }) =>
    isRouted(unit) ? ticketIds.map((ticketId) => RouteTicket.of({ ticketId, unit })) : [],
);
