import { VisitAppointed } from '@shouwen/contracts';
import { Command, Rejected, handles } from '@shouwen/engine';
import { IsISO8601, IsUUID } from 'class-validator';
import { inUtc, refuseEnded } from './visit.js';
import { placeOf, workOrders } from './work-order.js';

/** The customer chose a slot. It replaces the limit for arrival; a later choice replaces an earlier one. */
export class AppointVisit extends Command {
  @IsUUID() workOrderId!: string;
  @IsISO8601({ strict: true }) from!: string;
  @IsISO8601({ strict: true }) to!: string;
}

export const appointVisit = handles(AppointVisit, workOrders, (state, command, context) => {
  const { workOrderId } = command;
  const [from, to] = [inUtc(command.from), inUtc(command.to)];
  const { actor, occurredAt } = context;
  const job = refuseEnded(state);
  if (job.slot?.from === from && job.slot.to === to) return [];
  if (from >= to)
    throw new Rejected('slot.reversed', 'The visit would end before it begins.', 'to');
  if (to <= occurredAt)
    throw new Rejected('slot.past', 'This time has passed; agree on a later one.', 'to');
  return [
    VisitAppointed({
      ...{ workOrderId, ticketIds: [...job.ticketIds], unit: placeOf(job), from, to },
      by: actor.number,
    }),
  ];
});
