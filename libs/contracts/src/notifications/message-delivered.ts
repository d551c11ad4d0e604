import { IsString, IsUUID, MaxLength } from 'class-validator';
import { defineEvent, type EventFrom } from '@shouwen/engine';

/** The provider has taken the message over. */
class MessageDeliveredV1 {
  @IsUUID() messageId!: string;
  @IsUUID() ticketId!: string;
  @IsString() @MaxLength(40) staff!: string;
  @IsUUID() attemptId!: string;
  /** What the provider answered: for the file outbox the name of the file. */
  @IsString() @MaxLength(200) receipt!: string;
}

export const MessageDelivered = defineEvent({
  type: 'notifications.message-delivered',
  version: 1,
  visibility: 'public',
  key: 'ticketId',
  data: MessageDeliveredV1,
  says: {
    en: 'The message to {staff|staff} was delivered.',
    zh: '发给{staff|staff}的消息已送达。',
  },
});
export type MessageDelivered = EventFrom<typeof MessageDelivered>;
