import { GRID_CODE, TYPE_CODE, UTILITIES, type Utility } from '@shouwen/contracts';
import { at, handlesAcross } from '@shouwen/engine';
import { IsBoolean, IsIn, IsOptional, IsString, IsUUID, Matches } from 'class-validator';
import { workOrders } from '../work-order/work-order.js';
import { beginWork, routeOf, routeReads } from './begin-work.js';
import { NoteTicket } from './note-ticket.js';
import { ticketWorks } from './ticket-work.js';

/** A ticket was opened that needs a crew. An address is enough; of a gas alarm there may be nothing else. */
export class WorkTicket extends NoteTicket {
  @IsUUID() workOrderId!: string;
  @IsIn(UTILITIES) utility!: Utility;
  @Matches(TYPE_CODE) typeCode!: string;
  @IsString() category!: string;
  @IsBoolean() isSafety!: boolean;
  @IsOptional() @Matches(GRID_CODE) gridCode?: string;
  @IsOptional() @IsString() affectedName?: string;
  @IsOptional() @IsString() affectedPhone?: string;
  @IsOptional() @IsString() address?: string;
  @IsOptional() @IsString() task?: string;
}

export const workTicket = handlesAcross({
  command: WorkTicket,
  stream: ticketWorks,
  reads: (command) => [
    at(ticketWorks, command.ticketId),
    at(workOrders, command.workOrderId),
    ...routeReads(command),
  ],
  decide: (read, command, { occurredAt }) => {
    const { ticketId, workOrderId, utility, typeCode, category, isSafety, gridCode } = command;
    if (read(ticketWorks, ticketId).status === 'known') return [];
    const unit = routeOf(read, { ...command, asOf: command.receivedAt });
    const { affectedName, affectedPhone, address, task } = command;
    return beginWork({
      ...{ ticketId, workOrderId, utility, typeCode, category, isSafety, unit },
      ...(gridCode ? { gridCode } : {}),
      issuedAt: occurredAt,
      facts: command,
      person: {
        ...(affectedName ? { affectedName } : {}),
        ...(affectedPhone ? { affectedPhone } : {}),
        ...(address ? { address } : {}),
        ...(task ? { task } : {}),
      },
    });
  },
});
