import { TicketWorkChased } from '@shouwen/contracts';
import { Command, handles } from '@shouwen/engine';
import { IsInt, IsOptional, IsString, IsUUID, Min } from 'class-validator';
import { ticketWorks } from './ticket-work.js';

/** Somebody presses for a ticket: everybody who has work on it is to hear of it. */
export class ChaseTicketWork extends Command {
  @IsUUID() ticketId!: string;
  @IsInt() @Min(1) count!: number;
  /** Ticket number for people, for the message that follows. */
  @IsOptional() @IsString() number?: string;
}

export const chaseTicketWork = handles(
  ChaseTicketWork,
  ticketWorks,
  (ticket, { ticketId, count, number }) => {
    if (ticket.status === 'unknown' || count <= ticket.chases || !ticket.workOrderIds.length)
      return [];
    return [
      TicketWorkChased({
        ticketId,
        workOrderIds: [...ticket.workOrderIds],
        count,
        ...(number ? { number } : {}),
      }),
    ];
  },
);
