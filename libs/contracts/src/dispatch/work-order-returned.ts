import { defineEvent, type EventFrom } from '@shouwen/engine';
import { IsIn, IsOptional, IsString, IsUUID, Matches, IsISO8601 } from 'class-validator';
import { UNIT_PATH } from './unit-path.js';
import { RETURN_REASONS, type ReturnReason } from './work-order-terms.js';

class WorkOrderReturnedV1 {
  @IsUUID() workOrderId!: string;
  @IsUUID(undefined, { each: true }) ticketIds!: string[];
  @Matches(UNIT_PATH) from!: string;
  /** Who has to move it on: the next unit up. */
  @Matches(UNIT_PATH) unit!: string;
  /** Staff number of whoever did it. */
  @IsString() by!: string;
  @IsISO8601({ strict: true }) returnedAt!: string;
  @IsIn(RETURN_REASONS) reason!: ReturnReason;
  @IsString() affectedId!: string;
  @IsOptional() @IsString() note?: string;
}

/** The unit or crew refuses the job before having arrived; it waits with `unit` for somebody to move it on. */
export const WorkOrderReturned = defineEvent({
  type: 'dispatch.work-order-returned',
  version: 1,
  visibility: 'public',
  data: WorkOrderReturnedV1,
  key: 'workOrderId',
  personal: { affectedId: { note: 'text' } },
  says: {
    en: '{from|unit} returned the work order to {unit|unit}: {reason}.',
    zh: '{from|unit}将派工单退回{unit|unit}，原因：{reason}。',
  },
});
export type WorkOrderReturned = EventFrom<typeof WorkOrderReturned>;
