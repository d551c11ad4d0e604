import { IsNotEmpty, IsOptional, IsString, IsUUID, MaxLength } from 'class-validator';
import { Command, handles } from '@shouwen/engine';
import { TicketJoined } from '@shouwen/contracts';
import { joinableTicket, tickets } from './ticket.js';

/**
 * A recorded contact is about this ticket. Sent by a reaction for what an outside number found; it has no route,
 * because people join by recording a contact. A closed ticket is joined too: the contact has happened.
 */
export class JoinTicket extends Command {
  @IsUUID() ticketId!: string;
  @IsUUID() contactId!: string;
  @IsNotEmpty() @IsString() by!: string;
  @IsNotEmpty() @IsString() callerId!: string;
  @IsOptional() @IsString() @MaxLength(500_000) note?: string;
}

export const joinTicket = handles(JoinTicket, tickets, (ticket, command, context) => {
  const { ticketId, contactId, by, callerId, note } = command;
  if (joinableTicket(ticket, context).contacts.includes(contactId)) return [];
  return [TicketJoined({ ticketId, contactId, by, callerId, ...(note ? { note } : {}) })];
});
