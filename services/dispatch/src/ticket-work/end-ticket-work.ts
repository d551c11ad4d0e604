import { ENDINGS, TicketWorkEnded, type Ending } from '@shouwen/contracts';
import { Command, handles } from '@shouwen/engine';
import { IsIn, IsOptional, IsUUID } from 'class-validator';
import { ticketWorks } from './ticket-work.js';

/** A ticket needs its work orders no more, or one of them. */
export class EndTicketWork extends Command {
  @IsUUID() ticketId!: string;
  @IsIn(ENDINGS) because!: Ending;
  /** Absent: all of them. */
  @IsOptional() @IsUUID() workOrderId?: string;
}

export const endTicketWork = handles(EndTicketWork, ticketWorks, (ticket, command) => {
  const { ticketId, because, workOrderId } = command;
  if (ticket.status === 'unknown') return [];
  const workOrderIds = ticket.workOrderIds.filter((id) => !workOrderId || id === workOrderId);
  return workOrderIds.length ? [TicketWorkEnded({ ticketId, workOrderIds, because })] : [];
});
