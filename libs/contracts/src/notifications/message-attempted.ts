import { IsInt, IsString, IsUUID, MaxLength, Min } from 'class-validator';
import { defineEvent, type EventFrom } from '@shouwen/engine';

/** Notifications is about to hand a message to the provider. Committed before the call. */
class MessageAttemptedV1 {
  @IsUUID() messageId!: string;
  @IsUUID() ticketId!: string;
  @IsString() @MaxLength(40) staff!: string;
  /** Goes to the provider, so that a second delivery of one attempt can be told from a new one. */
  @IsUUID() attemptId!: string;
  @IsInt() @Min(1) attempt!: number;
}

export const MessageAttempted = defineEvent({
  type: 'notifications.message-attempted',
  version: 1,
  visibility: 'public',
  key: 'ticketId',
  data: MessageAttemptedV1,
  says: {
    en: 'Delivery of the message to {staff|staff} began, attempt {attempt}.',
    zh: '开始向{staff|staff}投递消息，第{attempt}次。',
  },
});
export type MessageAttempted = EventFrom<typeof MessageAttempted>;
