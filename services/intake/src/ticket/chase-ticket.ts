import { IsUUID } from 'class-validator';
import { Command, handles } from '@shouwen/engine';
import { TicketChased } from '@shouwen/contracts';
import { openTicket, tickets } from './ticket.js';

/** Somebody in the house presses for it. A customer who presses is a contact that chases. */
export class ChaseTicket extends Command {
  @IsUUID() ticketId!: string;
}

/** Told twice under one key it is one chase, by the key; under two keys somebody pressed twice. */
export const chaseTicket = handles(ChaseTicket, tickets, (ticket, { ticketId }, context) => {
  const { number, chases } = openTicket(ticket, context);
  return [TicketChased({ ticketId, number, by: context.actor.number, count: chases + 1 })];
});
