import { IsInt, IsISO8601, IsOptional, IsString, IsUUID, MaxLength, Min } from 'class-validator';
import { defineEvent, type EventFrom } from '@shouwen/engine';

/** The provider did not take the message. Without `retryAt` a person must see to it. */
class MessageFailedV1 {
  @IsUUID() messageId!: string;
  @IsUUID() ticketId!: string;
  @IsString() @MaxLength(40) staff!: string;
  @IsUUID() attemptId!: string;
  @IsInt() @Min(1) attempt!: number;
  /** Short code of what went wrong, as the provider or the operating system names it: `ENOSPC`. */
  @IsString() @MaxLength(100) because!: string;
  /** When the next attempt is due; absent: no further one by itself. */
  @IsOptional() @IsISO8601({ strict: true }) retryAt?: string;
}

export const MessageFailed = defineEvent({
  type: 'notifications.message-failed',
  version: 1,
  visibility: 'public',
  key: 'ticketId',
  data: MessageFailedV1,
  says: {
    en: 'Attempt {attempt} to deliver the message to {staff|staff} failed: {because}.',
    zh: '第{attempt}次向{staff|staff}投递消息失败：{because}。',
  },
});
export type MessageFailed = EventFrom<typeof MessageFailed>;
