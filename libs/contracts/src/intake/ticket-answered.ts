import { IsBoolean, IsIn, IsNotEmpty, IsOptional, IsString, IsUUID } from 'class-validator';
import { defineEvent, type EventFrom } from '@shouwen/engine';

/** How an answer reached the customer. */
export const ANSWER_WAYS = ['phone', 'window', 'web', 'on-site', 'letter', 'message'] as const;
export type AnswerWay = (typeof ANSWER_WAYS)[number];

class TicketAnsweredV1 {
  @IsUUID() ticketId!: string;
  @IsNotEmpty() @IsString() by!: string;
  @IsIn(ANSWER_WAYS) how!: AnswerWay;
  /** False: a progress note. It is shown, and counts for no clock and no gate. */
  @IsBoolean() isInSubstance!: boolean;
  /** The first-contact owner, where whoever holds the duty seat answered in the owner's name. */
  @IsOptional() @IsNotEmpty() @IsString() inNameOf?: string;
  @IsNotEmpty() @IsString() affectedId!: string;
  @IsOptional() @IsString() answer?: string;
}

/** The customer was told something about the matter. Sent by intake; only an answer in substance stops a clock. */
export const TicketAnswered = defineEvent({
  type: 'intake.ticket-answered',
  version: 1,
  visibility: 'public',
  data: TicketAnsweredV1,
  key: 'ticketId',
  personal: { affectedId: { answer: 'text' } },
  says: {
    en: '{by|staff} answered the customer[ in the name of {inNameOf|staff}] (in substance: {isInSubstance}).',
    zh: '{by|staff} [代首问责任人 {inNameOf|staff} ]答复了客户（实质答复：{isInSubstance}）。',
  },
});
export type TicketAnswered = EventFrom<typeof TicketAnswered>;
