import { when } from '@shouwen/engine';
import { ClockMoved, ClockOpened } from '@shouwen/contracts';
import { isRouted, RouteTicket } from '../ticket/route-ticket.js';

/** A matter without a work order has a unit too: the one that answers for its limits. */
export const routeTicketWhenClockOpened = when(
  [ClockOpened, ClockMoved],
  'route-ticket-when-clock-opened',
  ({ data: { ticketId, unit } }) =>
    unit && isRouted(unit) ? [RouteTicket.of({ ticketId, unit })] : [],
);
