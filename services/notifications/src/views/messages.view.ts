import { defineView } from '@shouwen/engine';
import {
  MessageAttempted,
  MessageDelivered,
  MessageFailed,
  MessageQueued,
  MessageRetried,
  type MessageContent,
} from '@shouwen/contracts';
import type { MessageEvent } from '../message/message.js';

export interface MessageDocument extends MessageContent {
  readonly status: 'queued' | 'attempted' | 'delivered' | 'failed';
  readonly queuedAt: string;
  readonly attempts: number;
  readonly attemptedAt?: string;
  readonly attemptId?: string;
  readonly deliveredAt?: string;
  readonly receipt?: string;
  readonly because?: string;
  readonly retryAt?: string;
  readonly clauses: readonly string[];
}

/** Who was told what about which ticket, and how the delivery went. */
export const messagesView = defineView<MessageDocument, MessageEvent>({
  name: 'messages',
  on: [MessageQueued, MessageAttempted, MessageDelivered, MessageFailed, MessageRetried],
  id: ({ data }) => data.messageId,
  evolve: (document, event) => {
    if (event.type === 'notifications.message-queued') {
      return {
        ...event.data,
        status: 'queued',
        queuedAt: event.recordedAt,
        attempts: 0,
        clauses: event.meta.pack?.clauses ?? [],
      };
    }
    if (!document) return null;
    switch (event.type) {
      case 'notifications.message-attempted': {
        const { attemptId, attempt } = event.data;
        const { because: _because, retryAt: _retryAt, ...rest } = document;
        const attemptedAt = event.recordedAt;
        return { ...rest, status: 'attempted', attempts: attempt, attemptId, attemptedAt };
      }
      case 'notifications.message-delivered': {
        const { receipt } = event.data;
        return { ...document, status: 'delivered', deliveredAt: event.recordedAt, receipt };
      }
      case 'notifications.message-failed': {
        const { because, retryAt } = event.data;
        return { ...document, status: 'failed', because, ...(retryAt ? { retryAt } : {}) };
      }
      case 'notifications.message-retried': {
        const { retryAt: _retryAt, ...rest } = document;
        return { ...rest, status: 'queued' };
      }
    }
  },
  indexes: ['ticketId', 'number', 'staff', 'posts', 'kind', 'status', 'unit', 'queuedAt', 'dueAt'],
  roles: [
    'dispatcher',
    'supervisor',
    'duty-leader',
    'supervision-office',
    'auditor',
    'analyst',
    'administrator',
  ],
  unit: 'unit',
  closedTo: 'aboutStaff',
});
