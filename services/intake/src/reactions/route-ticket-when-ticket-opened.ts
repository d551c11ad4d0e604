import { when } from '@shouwen/engine';
import { TicketOpened } from '@shouwen/contracts';
import { RouteTicket } from '../ticket/route-ticket.js';

/**
 * A unit that was named at opening has the ticket at once, in the system's name: whoever takes a complaint about
 * staff need not reach into the supervision office.
 */
export const routeTicketWhenTicketOpened = when(
  TicketOpened,
  'route-ticket-when-ticket-opened',
  ({ data: { ticketId, unit } }) =>
    unit ? [RouteTicket.of({ ticketId, unit, isFirst: true })] : [],
);
