import { post, type Route } from '@shouwen/engine';
import { retryMessage } from './retry-message.js';

export const messageRoutes: readonly Route[] = [
  post(
    '/messages/:messageId/retry',
    retryMessage,
    ['supervisor', 'duty-leader', 'administrator'],
    'Sends a failed message again. Changes nothing when it is on its way or delivered.',
  ),
];
