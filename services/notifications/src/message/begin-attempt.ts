import { IsUUID } from 'class-validator';
import { Command, handles, Rejected } from '@shouwen/engine';
import { MessageAttempted } from '@shouwen/contracts';
import { messages } from './message.js';

/** The message is about to go to the provider. Recorded before the call, under the id that the provider gets. */
export class BeginAttempt extends Command {
  @IsUUID() messageId!: string;
  @IsUUID() attemptId!: string;
}

export const beginAttempt = handles(BeginAttempt, messages, (message, { attemptId }, { now }) => {
  switch (message.status) {
    case 'none':
      throw new Rejected('message.not-found', 'There is no such message.');
    case 'delivered':
      throw new Rejected('message.already-delivered', 'This message has been delivered.');
    case 'failed':
      throw new Rejected('message.failed', 'This attempt has failed; a new one must be asked for.');
    case 'attempted':
      if (message.attemptId === attemptId) return [];
      throw new Rejected('message.attempt-in-flight', 'Another attempt is on its way already.');
    case 'queued': {
      const { messageId, ticketId, staff } = message.content;
      const attempt = message.attempts + 1;
      return [
        MessageAttempted({ messageId, ticketId, staff, attemptId, attempt }, { occurredAt: now }),
      ];
    }
  }
});
