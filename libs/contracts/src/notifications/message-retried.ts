import { IsInt, Min } from 'class-validator';
import { defineEvent, type EventFrom } from '@shouwen/engine';
import { MessageContent } from './message-queued.js';

/** A failed message goes out again: its time had come, or somebody asked for it. */
class MessageRetriedV1 extends MessageContent {
  /** Number of the attempt that follows. */
  @IsInt() @Min(2) attempt!: number;
}

export const MessageRetried = defineEvent({
  type: 'notifications.message-retried',
  version: 1,
  visibility: 'public',
  key: 'ticketId',
  data: MessageRetriedV1,
  says: {
    en: 'The message to {staff|staff} is tried again, attempt {attempt}.',
    zh: '再次投递发给{staff|staff}的消息，第{attempt}次。',
  },
});
export type MessageRetried = EventFrom<typeof MessageRetried>;
