import { defineEvent, type EventFrom } from '@shouwen/engine';
import { IsIn, IsUUID, Matches } from 'class-validator';
import { UNIT_PATH } from './unit-path.js';
import { ENDINGS, type Ending } from './work-order-terms.js';

class WorkOrderTicketRemovedV1 {
  @IsUUID() workOrderId!: string;
  @IsUUID(undefined, { each: true }) ticketIds!: string[];
  @IsUUID() ticketId!: string;
  @IsIn(ENDINGS) because!: Ending;
  @Matches(UNIT_PATH) unit!: string;
}

/** A ticket is served by this job no more; others still are. `ticketIds` are those that stay. */
export const WorkOrderTicketRemoved = defineEvent({
  type: 'dispatch.work-order-ticket-removed',
  version: 1,
  visibility: 'public',
  data: WorkOrderTicketRemovedV1,
  key: 'workOrderId',
  says: {
    en: 'A ticket was detached from a work order of {unit|unit}.',
    zh: '一张工单已从{unit|unit}的派工单中移出。',
  },
});
export type WorkOrderTicketRemoved = EventFrom<typeof WorkOrderTicketRemoved>;
