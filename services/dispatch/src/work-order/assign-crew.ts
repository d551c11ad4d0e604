import { CrewAssigned, UNIT_PATH } from '@shouwen/contracts';
import { Command, Rejected, at, handlesAcross, isWithin, write } from '@shouwen/engine';
import { IsUUID, Matches } from 'class-validator';
import { units } from '../unit/unit.js';
import { refuseEnded } from './visit.js';
import { placeOf, workOrders } from './work-order.js';

/** Says which crew of the unit goes. A crew of another unit needs the job to be reassigned there. */
export class AssignCrew extends Command {
  @IsUUID() workOrderId!: string;
  @Matches(UNIT_PATH) crew!: string;
}

export const assignCrew = handlesAcross({
  command: AssignCrew,
  stream: workOrders,
  reads: ({ workOrderId, crew }) => [at(workOrders, workOrderId), at(units, crew)],
  decide: (read, { workOrderId, crew }, { actor }) => {
    const job = refuseEnded(read(workOrders, workOrderId));
    if (job.status === 'open' && job.crew === crew) return [];
    const known = read(units, crew);
    if (known.status === 'unknown' || known.kind !== 'crew')
      throw new Rejected('crew.not-found', `There is no crew ${crew}.`, 'crew');
    if (!isWithin(crew, job.unit))
      throw new Rejected(
        'crew.other-unit',
        `${crew} does not belong to ${job.unit}; reassign the work order first.`,
        'crew',
      );
    if (job.aboutUnits.some((named) => isWithin(crew, named)))
      throw new Rejected('unit.named', `The customer complains about ${crew}.`, 'crew');
    const { unit, ticketIds } = job;
    return [
      write(workOrders, workOrderId, [
        CrewAssigned({
          ...{ workOrderId, ticketIds: [...ticketIds], unit, crew },
          from: placeOf(job),
          by: actor.number,
        }),
      ]),
    ];
  },
});
