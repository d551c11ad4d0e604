import { IsNotEmpty, IsOptional, IsString, IsUUID } from 'class-validator';
import { defineEvent, type EventFrom } from '@shouwen/engine';

class FeedbackGivenV1 {
  @IsUUID() ticketId!: string;
  @IsNotEmpty() @IsString() by!: string;
  /** Who answers for the ticket, and so for what the customer hears. */
  @IsNotEmpty() @IsString() to!: string;
  @IsNotEmpty() @IsString() affectedId!: string;
  /** How it stands. */
  @IsOptional() @IsString() note?: string;
}

/** Those who handle a ticket told its first-contact owner how it stands. Sent by intake every time. */
export const FeedbackGiven = defineEvent({
  type: 'intake.feedback-given',
  version: 1,
  visibility: 'public',
  data: FeedbackGivenV1,
  key: 'ticketId',
  personal: { affectedId: { note: 'text' } },
  says: {
    en: '{by|staff} told {to|staff}, who answers for the ticket, how it stands.',
    zh: '{by|staff} 向首问责任人 {to|staff} 反馈了处理情况。',
  },
});
export type FeedbackGiven = EventFrom<typeof FeedbackGiven>;
