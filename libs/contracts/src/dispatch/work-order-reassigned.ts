import { defineEvent, type EventFrom } from '@shouwen/engine';
import { IsOptional, IsString, IsUUID, Matches } from 'class-validator';
import { UNIT_PATH } from './unit-path.js';

class WorkOrderReassignedV1 {
  @IsUUID() workOrderId!: string;
  @IsUUID(undefined, { each: true }) ticketIds!: string[];
  @Matches(UNIT_PATH) from!: string;
  @Matches(UNIT_PATH) unit!: string;
  /** Staff number of whoever did it. */
  @IsString() by!: string;
  @IsString() affectedId!: string;
  @IsOptional() @IsString() note?: string;
}

/** A coordinator moved the job to another unit, which has to sign for it anew. */
export const WorkOrderReassigned = defineEvent({
  type: 'dispatch.work-order-reassigned',
  version: 1,
  visibility: 'public',
  data: WorkOrderReassignedV1,
  key: 'workOrderId',
  personal: { affectedId: { note: 'text' } },
  says: {
    en: 'The work order was moved from {from|unit} to {unit|unit}.',
    zh: '派工单由{from|unit}改派至{unit|unit}。',
  },
});
export type WorkOrderReassigned = EventFrom<typeof WorkOrderReassigned>;
