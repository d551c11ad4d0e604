import { IsUUID, Matches } from 'class-validator';
import { Command, handles, isWithin } from '@shouwen/engine';
import { TicketRouted } from '@shouwen/contracts';
import { joinableTicket, tickets } from './ticket.js';

/** A unit has the ticket. Sent by reactions; it has no route, because dispatch decides who works. */
export class RouteTicket extends Command {
  @IsUUID() ticketId!: string;
  @Matches(/^(\/[a-z0-9][a-z0-9-]{0,39}){1,8}$/) unit!: string;
}

/** `/` is where dispatch keeps what no rule could route; whoever took it goes on seeing it until somebody has it. */
export const isRouted = (unit: string): boolean => unit !== '/';

export const routeTicket = handles(RouteTicket, tickets, (ticket, { ticketId, unit }, context) => {
  const known = joinableTicket(ticket, context);
  // A unit does not get to see the complaint about itself, even where routing sends it some of the work.
  if (known.unit === unit || known.aboutUnits.some((named) => isWithin(unit, named))) return [];
  return [TicketRouted({ ticketId, unit })];
});
