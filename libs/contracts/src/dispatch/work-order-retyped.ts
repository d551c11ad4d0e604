import { defineEvent, type EventFrom } from '@shouwen/engine';
import { IsArray, IsBoolean, IsOptional, IsString, IsUUID, Matches } from 'class-validator';
import { TYPE_CODE, UNIT_PATH } from './unit-path.js';

class WorkOrderRetypedV1 {
  @IsUUID() workOrderId!: string;
  @IsUUID(undefined, { each: true }) ticketIds!: string[];
  @Matches(TYPE_CODE) typeCode!: string;
  @IsString() category!: string;
  @IsBoolean() isSafety!: boolean;
  @Matches(UNIT_PATH) unit!: string;
  /** Present where a ticket of the job names more persons or units: all that the job is closed to from now on. */
  @IsOptional() @IsArray() @IsString({ each: true }) aboutStaff?: readonly string[];
  @IsOptional() @IsArray() @IsString({ each: true }) aboutUnits?: readonly string[];
}

/** The matter turned out to be of another type of the same utility, or to name somebody; the job stays where it is. */
export const WorkOrderRetyped = defineEvent({
  type: 'dispatch.work-order-retyped',
  version: 1,
  visibility: 'public',
  data: WorkOrderRetypedV1,
  key: 'workOrderId',
  says: {
    en: 'The work order is now for {typeCode|type}.',
    zh: '派工单类型改为“{typeCode|type}”。',
  },
});
export type WorkOrderRetyped = EventFrom<typeof WorkOrderRetyped>;
