import { IsIn, IsNotEmpty, IsOptional, IsString, IsUUID } from 'class-validator';
import { defineEvent, type EventFrom } from '@shouwen/engine';
import { HAND_OVER_CAUSES, type HandOverCause } from './vocabulary.js';

class TicketHandedOverV1 {
  @IsUUID() ticketId!: string;
  @IsNotEmpty() @IsString() from!: string;
  @IsNotEmpty() @IsString() to!: string;
  @IsNotEmpty() @IsString() by!: string;
  @IsNotEmpty() @IsString() affectedId!: string;
  @IsIn(HAND_OVER_CAUSES) because!: HandOverCause;
  /** What whoever instructed it wrote. */
  @IsOptional() @IsString() reason?: string;
}

/** Another person answers for the ticket from now on. Sent by intake; the only way the first-contact owner changes. */
export const TicketHandedOver = defineEvent({
  type: 'intake.ticket-handed-over',
  version: 1,
  visibility: 'public',
  data: TicketHandedOverV1,
  key: 'ticketId',
  personal: { affectedId: { reason: 'text' } },
  says: {
    en: 'The role of first-contact owner passed from {from|staff} to {to|staff}, by {by|staff}: {because}.',
    zh: '首问责任人由 {from|staff} 变更为 {to|staff}，经办人 {by|staff}，原因：{because}。',
  },
});
export type TicketHandedOver = EventFrom<typeof TicketHandedOver>;
