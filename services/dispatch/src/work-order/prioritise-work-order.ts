import { WorkOrderPrioritised } from '@shouwen/contracts';
import { Command, handles } from '@shouwen/engine';
import { IsUUID } from 'class-validator';
import { placeOf, workOrders } from './work-order.js';

/** A ticket of this job turned out to concern a priority customer. Sent by the reaction only. */
export class PrioritiseWorkOrder extends Command {
  @IsUUID() workOrderId!: string;
  @IsUUID() ticketId!: string;
}

/** Not where the ticket has another job by now, and not where there is nothing left to do first. */
export const prioritiseWorkOrder = handles(
  PrioritiseWorkOrder,
  workOrders,
  (state, { workOrderId, ticketId }) => {
    if (state.status !== 'open' && state.status !== 'returned') return [];
    if (state.isPriority || !state.ticketIds.includes(ticketId)) return [];
    const ticketIds = [...state.ticketIds];
    return [WorkOrderPrioritised({ workOrderId, ticketIds, unit: placeOf(state) })];
  },
);
