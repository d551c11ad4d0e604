import { CrewArrived } from '@shouwen/contracts';
import { Command, handles } from '@shouwen/engine';
import { IsUUID } from 'class-validator';
import { around, refuseOutside } from './visit.js';
import { placeOf, workOrders } from './work-order.js';

/**
 * The crew is on site, at `occurredAt`. It may be told after the work was finished; what counts is when it happened.
 * Told again for the same visit it is nothing new, unless it was earlier than known: then limits are judged anew.
 */
export class Arrive extends Command {
  @IsUUID() workOrderId!: string;
}

export const arrive = handles(Arrive, workOrders, (state, { workOrderId }, context) => {
  const { actor, occurredAt } = context;
  const job = refuseOutside(state, occurredAt);
  if (around(job.visits, occurredAt).before?.what === 'arrived') return [];
  return [
    CrewArrived({
      ...{ workOrderId, ticketIds: [...job.ticketIds], unit: placeOf(job) },
      by: actor.number,
      arrivedAt: occurredAt,
    }),
  ];
});
