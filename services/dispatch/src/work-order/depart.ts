import { CrewDeparted } from '@shouwen/contracts';
import { Command, handles } from '@shouwen/engine';
import { IsUUID } from 'class-validator';
import { around, refuseOutside } from './visit.js';
import { placeOf, workOrders } from './work-order.js';

/** The crew sets out. Told twice, or told late after the arrival, it is still one departure. */
export class Depart extends Command {
  @IsUUID() workOrderId!: string;
}

export const depart = handles(Depart, workOrders, (state, { workOrderId }, context) => {
  const { actor, occurredAt } = context;
  const job = refuseOutside(state, occurredAt);
  const { before, after } = around(job.visits, occurredAt);
  if (before?.what === 'departed' || after?.what === 'departed') return [];
  return [
    CrewDeparted({
      ...{ workOrderId, ticketIds: [...job.ticketIds], unit: placeOf(job) },
      by: actor.number,
      departedAt: occurredAt,
    }),
  ];
});
