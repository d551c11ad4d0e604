import { WorkOrderChased } from '@shouwen/contracts';
import { Command, handles } from '@shouwen/engine';
import { IsInt, IsOptional, IsString, IsUUID, Min } from 'class-validator';
import { placeOf, workOrders } from './work-order.js';

/** The customer presses: whoever has the job sees it. Sent by the reaction only. */
export class ChaseWorkOrder extends Command {
  @IsUUID() workOrderId!: string;
  @IsUUID() ticketId!: string;
  @IsInt() @Min(1) count!: number;
  /** Ticket number for people, for the message that follows. */
  @IsOptional() @IsString() number?: string;
}

export const chaseWorkOrder = handles(ChaseWorkOrder, workOrders, (state, command) => {
  const { workOrderId, ticketId, count, number } = command;
  if (state.status !== 'open' && state.status !== 'returned') return [];
  if (count <= (state.chased[ticketId] ?? 0)) return [];
  const ticketIds = [...state.ticketIds];
  const chase = { workOrderId, ticketIds, ticketId, unit: placeOf(state), count };
  return [WorkOrderChased({ ...chase, ...(number ? { number } : {}) })];
});
