import { IsUUID } from 'class-validator';
import { Command, handles } from '@shouwen/engine';
import { TicketChased } from '@shouwen/contracts';
import { chaseOf, openTicket, tickets } from './ticket.js';

/** Somebody in the house presses for it. A customer who presses is a contact that chases. */
export class ChaseTicket extends Command {
  @IsUUID() ticketId!: string;
}

/** Told twice under one key it is one chase, by the key; under two keys somebody pressed twice. */
export const chaseTicket = handles(ChaseTicket, tickets, (ticket, _, context) => {
  const chase = chaseOf(openTicket(ticket, context));
  return [TicketChased({ ...chase, by: context.actor.number })];
});
