import { defineEvent, type EventFrom } from '@shouwen/engine';
import { IsIn, IsUUID, Matches, IsISO8601 } from 'class-validator';
import { UNIT_PATH } from './unit-path.js';
import { ENDINGS, type Ending } from './work-order-terms.js';

class WorkOrderWithdrawnV1 {
  @IsUUID() workOrderId!: string;
  @IsUUID(undefined, { each: true }) ticketIds!: string[];
  @Matches(UNIT_PATH) unit!: string;
  @IsIn(ENDINGS) because!: Ending;
  @IsISO8601({ strict: true }) withdrawnAt!: string;
}

/** The job is not to be done any more. */
export const WorkOrderWithdrawn = defineEvent({
  type: 'dispatch.work-order-withdrawn',
  version: 1,
  visibility: 'public',
  data: WorkOrderWithdrawnV1,
  key: 'workOrderId',
  says: {
    en: 'The work order of {unit|unit} was withdrawn.',
    zh: '{unit|unit}的派工单已撤销。',
  },
});
export type WorkOrderWithdrawn = EventFrom<typeof WorkOrderWithdrawn>;
