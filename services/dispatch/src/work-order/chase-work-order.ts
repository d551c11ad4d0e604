import { WorkOrderChased } from '@shouwen/contracts';
import { Command, handles } from '@shouwen/engine';
import { IsInt, IsUUID, Min } from 'class-validator';
import { placeOf, workOrders } from './work-order.js';

/** The customer presses: whoever has the job sees it. Sent by the reaction only. */
export class ChaseWorkOrder extends Command {
  @IsUUID() workOrderId!: string;
  @IsUUID() ticketId!: string;
  @IsInt() @Min(1) count!: number;
}

export const chaseWorkOrder = handles(ChaseWorkOrder, workOrders, (state, command) => {
  const { workOrderId, ticketId, count } = command;
  if (state.status !== 'open' && state.status !== 'returned') return [];
  if (count <= (state.chased[ticketId] ?? 0)) return [];
  const ticketIds = [...state.ticketIds];
  return [WorkOrderChased({ workOrderId, ticketIds, ticketId, unit: placeOf(state), count })];
});
