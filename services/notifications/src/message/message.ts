// One message to one member of staff.
//
//   none ──queued──▶ queued ──attempted──▶ attempted ──delivered──▶ delivered
//                      ▲                       │  ▲
//                      └──retried── failed ◀───┘  └ the same attempt again, after a kill: nothing new
//
// A failed message goes out again by itself as long as an attempt is left, and after that when somebody asks for it.
import { defineStream } from '@shouwen/engine';
import {
  MessageAttempted,
  MessageDelivered,
  MessageFailed,
  MessageQueued,
  MessageRetried,
  type MessageContent,
} from '@shouwen/contracts';

export type MessageEvent =
  MessageQueued | MessageAttempted | MessageDelivered | MessageFailed | MessageRetried;

export type Message =
  | { readonly status: 'none' }
  | ({ readonly status: 'queued' | 'failed' } & Known)
  | ({ readonly status: 'attempted' | 'delivered'; readonly attemptId: string } & Known);

interface Known {
  readonly content: MessageContent;
  /** Attempts that have begun. */
  readonly attempts: number;
}

export const messages = defineStream<Message, MessageEvent>({
  name: 'message',
  events: [MessageQueued, MessageAttempted, MessageDelivered, MessageFailed, MessageRetried],
  initial: { status: 'none' },
  unit: (message) => (message.status === 'none' ? null : message.content.unit),
  closedTo: (message) => (message.status === 'none' ? [] : (message.content.aboutStaff ?? [])),
  evolve: (message, event) => {
    if (event.type === 'notifications.message-queued')
      return { status: 'queued', content: event.data, attempts: 0 };
    if (message.status === 'none') return message;
    const { content, attempts } = message;
    switch (event.type) {
      case 'notifications.message-attempted': {
        const { attemptId, attempt } = event.data;
        return { status: 'attempted', content, attempts: attempt, attemptId };
      }
      case 'notifications.message-delivered':
        return { status: 'delivered', content, attempts, attemptId: event.data.attemptId };
      case 'notifications.message-failed':
        return { status: 'failed', content, attempts };
      case 'notifications.message-retried':
        return { status: 'queued', content, attempts };
    }
  },
});

/** Minutes from a failed attempt to the next one; after the last of them a person decides. */
const PAUSES_IN_MINUTES = [1, 5, 15, 60, 240];

/** When the attempt after the given one is due by itself; null: it is not. */
export function retryAt(attempt: number, failedAt: string): string | null {
  const minutes = PAUSES_IN_MINUTES[attempt - 1];
  if (minutes === undefined) return null;
  return new Date(Date.parse(failedAt) + minutes * 60_000).toISOString();
}
