import { when } from '@shouwen/engine';
import { ClockMoved, ClockOpened } from '@shouwen/contracts';
import { isRouted, RouteTicket } from '../ticket/route-ticket.js';

/**
 * The unit that answers for the limits has the ticket: with work that of the work order, without it the one that
 * routing names. Dispatch tells it in one row per ticket; read from the work orders as well, two subscriptions would
 * decide the same thing and the slower one would have the last word.
 */
export const routeTicketWhenClockOpened = when(
  [ClockOpened, ClockMoved],
  'route-ticket-when-clock-opened',
  ({ data: { ticketId, unit } }) =>
    unit && isRouted(unit) ? [RouteTicket.of({ ticketId, unit })] : [],
);
