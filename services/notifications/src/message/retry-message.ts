import { IsInt, IsOptional, IsUUID, Min } from 'class-validator';
import { Command, handles, Rejected } from '@shouwen/engine';
import { MessageRetried } from '@shouwen/contracts';
import { messages } from './message.js';

/** A failed message is to go out again: the pause is over, or somebody has mended the cause. */
export class RetryMessage extends Command {
  @IsUUID() messageId!: string;
  /** Only if this attempt was the last one: a timer that comes late must not hasten a later pause. */
  @IsOptional() @IsInt() @Min(1) afterAttempt?: number;
}

export const retryMessage = handles(RetryMessage, messages, (message, command, { now }) => {
  if (message.status === 'none')
    throw new Rejected('message.not-found', 'There is no such message.');
  const { afterAttempt = message.attempts } = command;
  if (message.status !== 'failed' || message.attempts !== afterAttempt) return [];
  return [MessageRetried({ ...message.content, attempt: afterAttempt + 1 }, { occurredAt: now })];
});
