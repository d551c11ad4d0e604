import { defineEvent, type EventFrom } from '@shouwen/engine';
import { IsUUID } from 'class-validator';

class TicketWorkJoinedV1 {
  @IsUUID() ticketId!: string;
  @IsUUID() workOrderId!: string;
  @IsUUID(undefined, { each: true }) instead!: string[];
}

/** A ticket is served by a work order that was there already; those of its own are given up. */
export const TicketWorkJoined = defineEvent({
  type: 'dispatch.ticket-work-joined',
  version: 1,
  visibility: 'service',
  data: TicketWorkJoinedV1,
  key: 'ticketId',
  says: {
    en: 'The ticket shares a work order with others.',
    zh: '工单与其他工单合并派工。',
  },
});
export type TicketWorkJoined = EventFrom<typeof TicketWorkJoined>;
