import { defineEvent, type EventFrom } from '@shouwen/engine';
import { IsUUID, Matches } from 'class-validator';
import { UNIT_PATH } from './unit-path.js';

class WorkOrderPrioritisedV1 {
  @IsUUID() workOrderId!: string;
  @IsUUID(undefined, { each: true }) ticketIds!: string[];
  /** Where the job lies. */
  @Matches(UNIT_PATH) unit!: string;
}

/** A ticket of the job turned out to concern a priority customer: it goes before others in the queue. */
export const WorkOrderPrioritised = defineEvent({
  type: 'dispatch.work-order-prioritised',
  version: 1,
  visibility: 'public',
  data: WorkOrderPrioritisedV1,
  key: 'workOrderId',
  says: {
    en: 'The work order of {unit|unit} goes before others: it concerns a priority customer.',
    zh: '{unit|unit}的派工单涉及优先客户，优先处理。',
  },
});
export type WorkOrderPrioritised = EventFrom<typeof WorkOrderPrioritised>;
