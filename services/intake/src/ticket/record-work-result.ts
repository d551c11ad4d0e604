import { IsIn, IsNotEmpty, IsOptional, IsString, IsUUID } from 'class-validator';
import { Command, handles } from '@shouwen/engine';
import { WORK_OUTCOMES, WorkResultRecorded, type WorkOutcome } from '@shouwen/contracts';
import { joinableTicket, tickets } from './ticket.js';

/**
 * Dispatch told that the work is finished. Has no route: only the work order knows. A crew without network may be
 * heard late, even after the ticket was closed; it is a fact all the same.
 */
export class RecordWorkResult extends Command {
  @IsUUID() ticketId!: string;
  @IsUUID() workOrderId!: string;
  @IsIn(WORK_OUTCOMES) outcome!: WorkOutcome;
  @IsOptional() @IsIn(['signed', 'refused', 'not-asked']) signature?:
    'signed' | 'refused' | 'not-asked';
  @IsNotEmpty() @IsString() by!: string;
  @IsOptional() @IsString() unit?: string;
}

export const recordWorkResult = handles(RecordWorkResult, tickets, (ticket, command, context) => {
  const { ticketId, workOrderId, outcome, signature, by, unit } = command;
  const { finishedWorkOrders } = joinableTicket(ticket, context);
  if (finishedWorkOrders.includes(workOrderId)) return [];
  return [
    WorkResultRecorded({
      ticketId,
      workOrderId,
      outcome,
      ...(signature ? { signature } : {}),
      by,
      ...(unit ? { unit } : {}),
    }),
  ];
});
