import { IsIn, IsNotEmpty, IsOptional, IsString, IsUUID, Matches } from 'class-validator';
import { defineEvent, type EventFrom } from '@shouwen/engine';
import { PRIORITY_CAUSES, type PriorityCause } from './vocabulary.js';

class TicketPrioritisedV1 {
  @IsUUID() ticketId!: string;
  @Matches(/^[WHGPX]\d{6}-[0-9A-HJKMNP-TV-Z]{8}$/) number!: string;
  @IsNotEmpty() @IsString() by!: string;
  @IsIn(PRIORITY_CAUSES) because!: PriorityCause;
  /** The customer whose registration says so, as a data subject; why, only that registration says. */
  @IsOptional() @IsString() registeredAs?: string;
  @IsNotEmpty() @IsString() affectedId!: string;
  /** Why, as somebody told. */
  @IsOptional() @IsString() reason?: string;
}

/**
 * A ticket that was not opened as one turned out to concern a priority customer: by a registration, or because
 * somebody said why. Sent by intake once per ticket.
 */
export const TicketPrioritised = defineEvent({
  type: 'intake.ticket-prioritised',
  version: 1,
  visibility: 'public',
  data: TicketPrioritisedV1,
  key: 'ticketId',
  personal: { affectedId: { reason: 'text' } },
  says: {
    en: '{by|staff} marked the ticket as that of a priority customer: {because}.',
    zh: '{by|staff} 将工单标记为优先客户：{because}。',
  },
});
export type TicketPrioritised = EventFrom<typeof TicketPrioritised>;
