import { after } from '@shouwen/engine';
import { MessageFailed } from '@shouwen/contracts';
import { RetryMessage } from '../message/retry-message.js';

/** The pause after a failed attempt is over. A message that is on its way again, or delivered, stays as it is. */
export const retryMessageWhenDue = after(
  MessageFailed,
  'retry-message-when-due',
  ({ data }) => data.retryAt ?? null,
  ({ data: { messageId, attempt } }) => [RetryMessage.of({ messageId, afterAttempt: attempt })],
);
