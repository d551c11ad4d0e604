import { TYPE_CODE, UNIT_PATH, WorkOrderReassigned, WorkOrderRetyped } from '@shouwen/contracts';
import { Command, handles } from '@shouwen/engine';
import { IsBoolean, IsOptional, IsString, IsUUID, Matches } from 'class-validator';
import { placeOf, workOrders, type Job } from './work-order.js';

/**
 * A ticket of this job turned out to be of another type or grid. Sent by the reaction only. The job moves to the unit
 * of the new grid while nobody has signed for it or gone there; after that a coordinator decides.
 */
export class RetypeWorkOrder extends Command {
  @IsUUID() workOrderId!: string;
  @IsUUID() ticketId!: string;
  @Matches(TYPE_CODE) typeCode!: string;
  @IsString() category!: string;
  @IsBoolean() isSafety!: boolean;
  @IsOptional() @Matches(UNIT_PATH) unit?: string;
}

export const retypeWorkOrder = handles(RetypeWorkOrder, workOrders, (state, command, { actor }) => {
  const { workOrderId, ticketId, typeCode, category, unit } = command;
  if (state.status !== 'open' && state.status !== 'returned') return [];
  if (!state.ticketIds.includes(ticketId)) return [];
  const ticketIds = [...state.ticketIds];
  // Danger that another ticket of the job brought does not go away with this one.
  const isSafety = command.isSafety || (state.isSafety && ticketIds.length > 1);
  const isSame = state.typeCode === typeCode && state.isSafety === isSafety;
  const from = placeOf(state);
  const mayMove = unit !== undefined && unit !== from && isUntouched(state);
  const { affectedId } = state;
  return [
    ...(isSame
      ? []
      : [WorkOrderRetyped({ workOrderId, ticketIds, typeCode, category, isSafety, unit: from })]),
    ...(mayMove
      ? [WorkOrderReassigned({ workOrderId, ticketIds, from, unit, by: actor.number, affectedId })]
      : []),
  ];
});

const isUntouched = ({ signedBy, visits, ticketIds }: Job): boolean =>
  signedBy === null && visits.length === 0 && ticketIds.length === 1;
