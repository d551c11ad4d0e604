import { defineEvent, type EventFrom } from '@shouwen/engine';
import {
  IsBoolean,
  IsIn,
  IsISO8601,
  IsOptional,
  IsString,
  IsUUID,
  Matches,
  IsArray,
} from 'class-validator';
import { UTILITIES, type Utility } from '../utility.js';
import { GRID_CODE, TYPE_CODE, UNIT_PATH } from './unit-path.js';

class WorkOrderIssuedV1 {
  @IsUUID() workOrderId!: string;
  @IsUUID(undefined, { each: true }) ticketIds!: string[];
  @IsIn(UTILITIES) utility!: Utility;
  @Matches(TYPE_CODE) typeCode!: string;
  @IsString() category!: string;
  /** Danger to life: first in every queue, exempt from quiet hours. */
  @IsBoolean() isSafety!: boolean;
  @IsBoolean() isPriority!: boolean;
  /** Who is to do it; the utility's dispatching unit where no grid was known. */
  @Matches(UNIT_PATH) unit!: string;
  @IsOptional() @Matches(GRID_CODE) gridCode?: string;
  /** Receipt of the ticket, from which its clocks run; earliest of them where there are several. */
  @IsISO8601({ strict: true }) receivedAt!: string;
  @IsISO8601({ strict: true }) issuedAt!: string;
  /** The affected person; never the caller, who may have asked not to be known here. */
  @IsString() affectedId!: string;
  /** Staff complained about: they may neither see nor do it. */
  @IsArray() @IsString({ each: true }) aboutStaff!: string[];
  @IsArray() @IsString({ each: true }) aboutUnits!: string[];
  @IsOptional() @IsString() affectedName?: string;
  @IsOptional() @IsString() affectedPhone?: string;
  @IsOptional() @IsString() address?: string;
  @IsOptional() @IsString() task?: string;
}

/** There is a job for a crew, for zero to many tickets. Sent once per work order by dispatch. */
export const WorkOrderIssued = defineEvent({
  type: 'dispatch.work-order-issued',
  version: 1,
  visibility: 'public',
  data: WorkOrderIssuedV1,
  key: 'workOrderId',
  personal: {
    affectedId: { affectedName: 'name', affectedPhone: 'phone', address: 'address', task: 'text' },
  },
  says: {
    en: 'A work order for {typeCode|type} was issued to {unit|unit}.',
    zh: '已向{unit|unit}派发“{typeCode|type}”派工单。',
  },
});
export type WorkOrderIssued = EventFrom<typeof WorkOrderIssued>;
