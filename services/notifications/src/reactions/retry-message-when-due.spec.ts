import { describe, expect, it } from '@jest/globals';
import { aContext, aMessageFailed, MESSAGE, recorded } from '../../test/build.js';
import { RetryMessage } from '../message/retry-message.js';
import { retryMessageWhenDue } from './retry-message-when-due.js';

const { due, react } = retryMessageWhenDue;
const failed = recorded(aMessageFailed({ attempt: 2, retryAt: '2026-01-15T08:05:00.000Z' }));

describe('retry a message when its pause is over', () => {
  it('is due at the instant that the failure names', () =>
    expect(due?.(failed)).toBe('2026-01-15T08:05:00.000Z'));

  it('is never due after the last attempt', () =>
    expect(due?.(recorded(aMessageFailed()))).toBeNull());

  it('names the attempt it follows, so that coming twice or late changes nothing', () =>
    expect(react(failed, aContext())).toEqual([
      RetryMessage.of({ messageId: MESSAGE, afterAttempt: 2 }),
    ]));
});
