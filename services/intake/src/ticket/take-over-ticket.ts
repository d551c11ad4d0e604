import { IsNotEmpty, IsString, IsUUID } from 'class-validator';
import { Command, handles } from '@shouwen/engine';
import { joinableTicket, takenUpBy, tickets } from './ticket.js';

/** A person signed for the work on a ticket. Sent by a reaction only. */
export class TakeOverTicket extends Command {
  @IsUUID() ticketId!: string;
  @IsNotEmpty() @IsString() by!: string;
}

/** Changes nothing where a person answers for it already, and where the matter names whoever signed. */
export const takeOverTicket = handles(TakeOverTicket, tickets, (ticket, { by }, context) =>
  takenUpBy(joinableTicket(ticket, context), by, context.occurredAt),
);
