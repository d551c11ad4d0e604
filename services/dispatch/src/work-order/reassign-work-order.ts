import { UNIT_PATH, WorkOrderReassigned } from '@shouwen/contracts';
import { Command, Rejected, at, handlesAcross, isWithin, write } from '@shouwen/engine';
import { IsNotEmpty, IsOptional, IsString, IsUUID, Matches, MaxLength } from 'class-validator';
import { units } from '../unit/unit.js';
import { refuseEnded } from './visit.js';
import { placeOf, workOrders } from './work-order.js';

/** A coordinator above both units moves the job; the new unit signs for it anew. */
export class ReassignWorkOrder extends Command {
  @IsUUID() workOrderId!: string;
  @Matches(UNIT_PATH) unit!: string;
  @IsOptional() @IsString() @IsNotEmpty() @MaxLength(1_000) note?: string;
}

export const reassignWorkOrder = handlesAcross({
  command: ReassignWorkOrder,
  stream: workOrders,
  reads: ({ workOrderId, unit }) => [at(workOrders, workOrderId), at(units, unit)],
  decide: (read, { workOrderId, unit, note }, { actor }) => {
    const job = refuseEnded(read(workOrders, workOrderId));
    if (job.status === 'open' && placeOf(job) === unit) return [];
    const target = read(units, unit);
    if (target.status === 'unknown')
      throw new Rejected('unit.not-found', `There is no unit ${unit}.`, 'unit');
    if (target.utility !== null && target.utility !== job.utility)
      throw new Rejected(
        'unit.other-utility',
        `${unit} serves ${target.utility}; reclassify the ticket instead.`,
        'unit',
      );
    if (job.aboutUnits.some((named) => isWithin(unit, named)))
      throw new Rejected('unit.named', `The customer complains about ${unit}.`, 'unit');
    const { affectedId } = job;
    return [
      write(workOrders, workOrderId, [
        WorkOrderReassigned({
          ...{ workOrderId, ticketIds: [...job.ticketIds], from: placeOf(job), unit },
          ...{ by: actor.number, affectedId },
          ...(note ? { note } : {}),
        }),
      ]),
    ];
  },
});
