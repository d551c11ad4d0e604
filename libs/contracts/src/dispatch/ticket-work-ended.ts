import { defineEvent, type EventFrom } from '@shouwen/engine';
import { IsIn, IsUUID } from 'class-validator';
import { ENDINGS, type Ending } from './work-order-terms.js';

class TicketWorkEndedV1 {
  @IsUUID() ticketId!: string;
  @IsUUID(undefined, { each: true }) workOrderIds!: string[];
  @IsIn(ENDINGS) because!: Ending;
}

/** A ticket needs its work orders no more. */
export const TicketWorkEnded = defineEvent({
  type: 'dispatch.ticket-work-ended',
  version: 1,
  visibility: 'service',
  data: TicketWorkEndedV1,
  key: 'ticketId',
  says: {
    en: 'No more work is needed for the ticket.',
    zh: '工单不再需要派工。',
  },
});
export type TicketWorkEnded = EventFrom<typeof TicketWorkEnded>;
