import { IsBoolean, IsOptional, IsUUID, Matches } from 'class-validator';
import { Command, handles, isWithin } from '@shouwen/engine';
import { TicketRouted } from '@shouwen/contracts';
import { joinableTicket, tickets } from './ticket.js';

/** A unit has the ticket. Sent by reactions; it has no route, because dispatch decides who works. */
export class RouteTicket extends Command {
  @IsUUID() ticketId!: string;
  @Matches(/^(\/[a-z0-9][a-z0-9-]{0,39}){1,8}$/) unit!: string;
  /** Only if nothing has routed it yet: the word of the opening must not overtake what happened since. */
  @IsOptional() @IsBoolean() isFirst?: boolean;
}

/** `/` is where dispatch keeps what no rule could route; whoever took it goes on seeing it until somebody has it. */
export const isRouted = (unit: string): boolean => unit !== '/';

export const routeTicket = handles(RouteTicket, tickets, (ticket, command, context) => {
  const { ticketId, unit, isFirst = false } = command;
  const known = joinableTicket(ticket, context);
  // A unit does not get to see the complaint about itself, even where routing sends it some of the work.
  if (isFirst && known.isRouted) return [];
  if (known.unit === unit || known.aboutUnits.some((named) => isWithin(unit, named))) return [];
  return [TicketRouted({ ticketId, unit })];
});
