import { IsNotEmpty, IsString, IsUUID, MaxLength } from 'class-validator';
import { Command, handles, Rejected } from '@shouwen/engine';
import { MessageFailed } from '@shouwen/contracts';
import { messages, retryAt } from './message.js';

/** The provider did not take the message of this attempt. */
export class RecordFailure extends Command {
  @IsUUID() messageId!: string;
  @IsUUID() attemptId!: string;
  /** Short code of what went wrong; never the text of an error, which may hold paths or people. */
  @IsString() @IsNotEmpty() @MaxLength(100) because!: string;
}

export const recordFailure = handles(
  RecordFailure,
  messages,
  (message, { attemptId, because }, { now }) => {
    if (message.status === 'failed') return [];
    if (message.status !== 'attempted' || message.attemptId !== attemptId)
      throw new Rejected('message.attempt-unknown', 'This attempt is not the one on its way.');
    const { messageId, ticketId, staff } = message.content;
    const attempt = message.attempts;
    const next = retryAt(attempt, now);
    return [
      MessageFailed(
        {
          messageId,
          ticketId,
          staff,
          attemptId,
          attempt,
          because,
          ...(next ? { retryAt: next } : {}),
        },
        { occurredAt: now },
      ),
    ];
  },
);
