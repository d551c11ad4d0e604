import {
  ENDINGS,
  WorkOrderTicketRemoved,
  WorkOrderWithdrawn,
  type Ending,
} from '@shouwen/contracts';
import { Command, handles } from '@shouwen/engine';
import { IsIn, IsUUID } from 'class-validator';
import { placeOf, workOrders } from './work-order.js';

/** A ticket needs this job no more; without its last ticket nobody needs it. Sent by the reaction only. */
export class RemoveTicket extends Command {
  @IsUUID() workOrderId!: string;
  @IsUUID() ticketId!: string;
  @IsIn(ENDINGS) because!: Ending;
}

export const removeTicket = handles(RemoveTicket, workOrders, (state, command, { occurredAt }) => {
  const { workOrderId, ticketId, because } = command;
  if (state.status !== 'open' && state.status !== 'returned') return [];
  if (!state.ticketIds.includes(ticketId)) return [];
  const unit = placeOf(state);
  const ticketIds = state.ticketIds.filter((id) => id !== ticketId);
  if (ticketIds.length)
    return [WorkOrderTicketRemoved({ workOrderId, ticketIds, ticketId, because, unit })];
  return [
    WorkOrderWithdrawn({
      ...{ workOrderId, ticketIds: [ticketId], unit, because },
      withdrawnAt: occurredAt,
    }),
  ];
});
