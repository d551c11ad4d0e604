import { defineService, type Service } from '@shouwen/engine';
import { writeToOutbox } from './effects/write-to-outbox.js';
import { beginAttempt } from './message/begin-attempt.js';
import { messageRoutes } from './message/message.http.js';
import { queueMessage } from './message/queue-message.js';
import { recordDelivery } from './message/record-delivery.js';
import { recordFailure } from './message/record-failure.js';
import { retryMessage } from './message/retry-message.js';
import { queueMessageToOwnerWhenTicketChased } from './reactions/queue-message-to-owner-when-ticket-chased.js';
import { queueMessagesWhenPostsAreTold } from './reactions/queue-messages-when-posts-are-told.js';
import { retryMessageWhenDue } from './reactions/retry-message-when-due.js';
import { messagesView } from './views/messages.view.js';

/** `outbox`: the directory that messages are written to. */
export const notifications = ({ outbox }: { readonly outbox: string }): Service =>
  defineService({
    name: 'notifications',
    routes: messageRoutes,
    commands: [queueMessage, beginAttempt, recordDelivery, recordFailure, retryMessage],
    views: [messagesView],
    reactions: [
      queueMessagesWhenPostsAreTold,
      queueMessageToOwnerWhenTicketChased,
      retryMessageWhenDue,
    ],
    effects: [writeToOutbox(outbox)],
  });
