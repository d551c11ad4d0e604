import { IsNotEmpty, IsString, IsUUID, MaxLength } from 'class-validator';
import { Command, handles } from '@shouwen/engine';
import { TicketReopened } from '@shouwen/contracts';
import { standardsOf } from '@shouwen/standards';
import { knownTicket, tickets } from './ticket.js';

/** It was not over after all. */
export class ReopenTicket extends Command {
  @IsUUID() ticketId!: string;
  @IsNotEmpty() @IsString() @MaxLength(2_000) reason!: string;
}

export const reopenTicket = handles(ReopenTicket, tickets, (ticket, command, context) => {
  const { ticketId, reason } = command;
  const known = knownTicket(ticket, context);
  if (known.status === 'open') return [];
  const { number, utility, typeCode, category, receivedAt, reopenings, affectedId } = known;
  const { firstContactOwner } = known;
  const { continues, restarts, pack } = standardsOf(context).reopening({
    utility,
    typeCode,
    category,
    asOf: receivedAt,
  });
  return [
    TicketReopened(
      {
        ticketId,
        number,
        by: context.actor.number,
        count: reopenings + 1,
        continues: [...continues],
        restarts: [...restarts],
        firstContactOwner,
        affectedId,
        reason,
      },
      { pack },
    ),
  ];
});
