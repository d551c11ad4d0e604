import {
  RETURN_REASONS,
  WorkOrderReturned,
  aboveNamed,
  parentOf,
  type ReturnReason,
} from '@shouwen/contracts';
import { Command, Rejected, handles } from '@shouwen/engine';
import { IsIn, IsNotEmpty, IsOptional, IsString, IsUUID, MaxLength } from 'class-validator';
import { refuseOutside, refuseUnknown } from './visit.js';
import { placeOf, workOrders } from './work-order.js';

/** The crew or unit refuses the job, with a reason, before anybody arrived. The next unit up moves it on. */
export class ReturnWorkOrder extends Command {
  @IsUUID() workOrderId!: string;
  @IsIn(RETURN_REASONS) reason!: ReturnReason;
  @IsOptional() @IsString() @IsNotEmpty() @MaxLength(1_000) note?: string;
}

export const returnWorkOrder = handles(ReturnWorkOrder, workOrders, (state, command, context) => {
  const { workOrderId, reason, note } = command;
  const { actor, occurredAt } = context;
  if (refuseUnknown(state).status === 'returned') return [];
  const job = refuseOutside(state, occurredAt);
  if (job.status !== 'open')
    throw new Rejected('work-order.already-finished', `This work order is ${job.status} already.`);
  if (job.visits.some(({ what }) => what === 'arrived'))
    throw new Rejected(
      'work-order.already-arrived',
      'The crew was on site already; finish the work order, or ask for it to be reassigned.',
    );
  const from = placeOf(job);
  const unit = aboveNamed(job.crew ? job.unit : parentOf(job.unit), job.aboutUnits);
  if (unit === from)
    throw new Rejected('work-order.nobody-above', 'There is no unit above to return it to.');
  const { affectedId } = job;
  return [
    WorkOrderReturned({
      ...{ workOrderId, ticketIds: [...job.ticketIds], from, unit, by: actor.number },
      ...{ returnedAt: occurredAt, reason, affectedId },
      ...(note ? { note } : {}),
    }),
  ];
});
