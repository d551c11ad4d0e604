import { WorkOrderSigned } from '@shouwen/contracts';
import { Command, Rejected, handles } from '@shouwen/engine';
import { IsUUID } from 'class-validator';
import { refuseOutside } from './visit.js';
import { placeOf, workOrders } from './work-order.js';

/** Somebody of the unit or crew takes the job on. Only a person can. */
export class SignFor extends Command {
  @IsUUID() workOrderId!: string;
}

export const signFor = handles(SignFor, workOrders, (state, { workOrderId }, context) => {
  const { actor, occurredAt } = context;
  if (actor.number.startsWith('system:'))
    throw new Rejected('sign-for.not-a-person', 'Only a person can sign for a work order.');
  if (state.status !== 'unknown' && state.signedBy !== null) return [];
  const job = refuseOutside(state, occurredAt);
  return [
    WorkOrderSigned({
      ...{ workOrderId, ticketIds: [...job.ticketIds], unit: placeOf(job) },
      signedBy: actor.number,
      signedAt: occurredAt,
    }),
  ];
});
