import { defineEvent, type EventFrom } from '@shouwen/engine';
import { IsBoolean, IsString, IsUUID, Matches } from 'class-validator';
import { TYPE_CODE } from './unit-path.js';

class TicketWorkRetypedV1 {
  @IsUUID() ticketId!: string;
  @IsUUID(undefined, { each: true }) workOrderIds!: string[];
  @Matches(TYPE_CODE) typeCode!: string;
  @IsString() category!: string;
  @IsBoolean() isSafety!: boolean;
}

/** A ticket with open work orders got another type of the same utility. */
export const TicketWorkRetyped = defineEvent({
  type: 'dispatch.ticket-work-retyped',
  version: 1,
  visibility: 'service',
  data: TicketWorkRetypedV1,
  key: 'ticketId',
  says: {
    en: 'The work on the ticket is now for {typeCode|type}.',
    zh: '工单派工类型改为“{typeCode|type}”。',
  },
});
export type TicketWorkRetyped = EventFrom<typeof TicketWorkRetyped>;
