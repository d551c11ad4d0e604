import { IsNotEmpty, IsString, IsUUID, Matches, MaxLength } from 'class-validator';
import { Command, handles, Rejected } from '@shouwen/engine';
import { TicketHandedOver } from '@shouwen/contracts';
import { openTicket, tickets } from './ticket.js';

/** Another person answers for the ticket from now on. */
export class HandOverTicket extends Command {
  @IsUUID() ticketId!: string;
  @Matches(/^[A-Za-z0-9][A-Za-z0-9._-]{0,31}$/) to!: string;
  @IsNotEmpty() @IsString() @MaxLength(500) reason!: string;
}

export const handOverTicket = handles(HandOverTicket, tickets, (ticket, command, context) => {
  const { ticketId, to, reason } = command;
  const { firstContactOwner: from, affectedId, aboutStaff } = openTicket(ticket, context);
  if (from === to) return [];
  if (aboutStaff.includes(to))
    throw new Rejected(
      'ticket.names-new-owner',
      `The complaint names ${to}; somebody else must answer for it.`,
      'to',
    );
  const by = context.actor.number;
  return [TicketHandedOver({ ticketId, from, to, by, because: 'instructed', affectedId, reason })];
});
