import { defineEvent, type EventFrom } from '@shouwen/engine';
import { IsUUID } from 'class-validator';

class TicketWorkPrioritisedV1 {
  @IsUUID() ticketId!: string;
  @IsUUID(undefined, { each: true }) workOrderIds!: string[];
}

/** The ticket concerns a priority customer: its work orders, and those still to come, go before others. */
export const TicketWorkPrioritised = defineEvent({
  type: 'dispatch.ticket-work-prioritised',
  version: 1,
  visibility: 'service',
  data: TicketWorkPrioritisedV1,
  key: 'ticketId',
  says: {
    en: 'The work on the ticket goes before others.',
    zh: '工单的派工优先处理。',
  },
});
export type TicketWorkPrioritised = EventFrom<typeof TicketWorkPrioritised>;
