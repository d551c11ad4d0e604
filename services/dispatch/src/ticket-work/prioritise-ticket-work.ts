import { TicketWorkPrioritised } from '@shouwen/contracts';
import { Command, handles } from '@shouwen/engine';
import { IsUUID } from 'class-validator';
import { ticketWorks } from './ticket-work.js';

/** The ticket turned out to concern a priority customer. Work that is begun later goes first too. */
export class PrioritiseTicketWork extends Command {
  @IsUUID() ticketId!: string;
}

export const prioritiseTicketWork = handles(
  PrioritiseTicketWork,
  ticketWorks,
  (ticket, { ticketId }) =>
    ticket.status === 'unknown' || ticket.facts.isPriority
      ? []
      : [TicketWorkPrioritised({ ticketId, workOrderIds: [...ticket.workOrderIds] })],
);
