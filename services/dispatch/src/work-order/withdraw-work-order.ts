import { WorkOrderWithdrawn } from '@shouwen/contracts';
import { Command, Rejected, handles } from '@shouwen/engine';
import { IsUUID } from 'class-validator';
import { refuseUnknown } from './visit.js';
import { placeOf, workOrders } from './work-order.js';

/** A dispatcher takes the job back: it is not needed. Its tickets stay open. */
export class WithdrawWorkOrder extends Command {
  @IsUUID() workOrderId!: string;
}

export const withdrawWorkOrder = handles(
  WithdrawWorkOrder,
  workOrders,
  (state, { workOrderId }, { occurredAt }) => {
    const job = refuseUnknown(state);
    if (job.status === 'withdrawn') return [];
    if (job.status === 'finished')
      throw new Rejected('work-order.already-finished', 'This work order is finished.');
    const ticketIds = [...job.ticketIds];
    return [
      WorkOrderWithdrawn({
        ...{ workOrderId, ticketIds, unit: placeOf(job), because: 'not-needed' },
        withdrawnAt: occurredAt,
      }),
    ];
  },
);
