import {
  TYPE_CODE,
  UNIT_PATH,
  WorkOrderReassigned,
  WorkOrderRetyped,
  aboveNamed,
} from '@shouwen/contracts';
import { Command, handles } from '@shouwen/engine';
import { IsArray, IsBoolean, IsOptional, IsString, IsUUID, Matches } from 'class-validator';
import { placeOf, workOrders, type Job, type KnownWorkOrder } from './work-order.js';

/**
 * A ticket of this job turned out to be of another type or grid, or to name persons and units. Sent by the reaction
 * only. The job moves to the unit of the new grid while nobody has signed for it or gone there; after that a
 * coordinator decides. From a unit complained about it is taken in any case.
 */
export class RetypeWorkOrder extends Command {
  @IsUUID() workOrderId!: string;
  @IsUUID() ticketId!: string;
  @Matches(TYPE_CODE) typeCode!: string;
  @IsString() category!: string;
  @IsBoolean() isSafety!: boolean;
  @IsOptional() @Matches(UNIT_PATH) unit?: string;
  @IsOptional() @IsArray() @IsString({ each: true }) aboutStaff?: readonly string[];
  @IsOptional() @IsArray() @IsString({ each: true }) aboutUnits?: readonly string[];
}

export const retypeWorkOrder = handles(RetypeWorkOrder, workOrders, (state, command, { actor }) => {
  const { workOrderId, ticketId } = command;
  if (state.status === 'unknown' || !state.ticketIds.includes(ticketId)) return [];
  const isAlive = state.status === 'open' || state.status === 'returned';
  const { typeCode, category, isSafety } = isAlive ? typeOf(state, command) : state;
  const named = namedNow(state, command);
  const isSame = state.typeCode === typeCode && state.isSafety === isSafety && !named;
  const ticketIds = [...state.ticketIds];
  const from = placeOf(state);
  const unit = isAlive ? targetOf(state, command, named?.aboutUnits ?? state.aboutUnits) : from;
  const job = { workOrderId, ticketIds };
  const { affectedId } = state;
  return [
    ...(isSame
      ? []
      : [WorkOrderRetyped({ ...job, typeCode, category, isSafety, unit: from, ...named })]),
    ...(unit === from
      ? []
      : [WorkOrderReassigned({ ...job, from, unit, by: actor.number, affectedId })]),
  ];
});

/** Danger that another ticket of the job brought does not go away with this one. */
const typeOf = (state: Job, { typeCode, category, isSafety }: RetypeWorkOrder) => ({
  typeCode,
  category,
  isSafety: isSafety || (state.isSafety && state.ticketIds.length > 1),
});

/** All that the job is closed to, where that is more than before. */
function namedNow(state: KnownWorkOrder, { aboutStaff = [], aboutUnits = [] }: RetypeWorkOrder) {
  const staff = [...new Set([...state.aboutStaff, ...aboutStaff])];
  const units = [...new Set([...state.aboutUnits, ...aboutUnits])];
  const isMore = staff.length > state.aboutStaff.length || units.length > state.aboutUnits.length;
  return isMore ? { aboutStaff: staff, aboutUnits: units } : null;
}

function targetOf(state: Job, { unit }: RetypeWorkOrder, aboutUnits: readonly string[]): string {
  const wanted = unit !== undefined && isUntouched(state) ? unit : placeOf(state);
  return aboveNamed(wanted, aboutUnits);
}

const isUntouched = ({ signedBy, visits, ticketIds }: Job): boolean =>
  signedBy === null && visits.length === 0 && ticketIds.length === 1;
