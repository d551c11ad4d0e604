import { describe, expect, it } from '@jest/globals';
import { NOW, spec } from '@shouwen/testkit';
import {
  aMessageAttempted,
  aMessageDelivered,
  aMessageFailed,
  aMessageQueued,
  ATTEMPT,
  MESSAGE,
} from '../../test/build.js';
import { retryAt } from './message.js';
import { recordFailure } from './record-failure.js';

const given = spec(recordFailure);
const full = { messageId: MESSAGE, attemptId: ATTEMPT, because: 'ENOSPC' };

describe('record a failure', () => {
  it('says when the next attempt is due', () =>
    given(aMessageQueued(), aMessageAttempted())
      .when(full)
      .records(aMessageFailed({ retryAt: '2026-01-15T08:01:00.000Z' })));

  it('leaves a message that failed six times to a person', () =>
    given(aMessageQueued(), aMessageAttempted({ attempt: 6 }))
      .when(full)
      .records(aMessageFailed({ attempt: 6 })));

  it('changes nothing when told twice', () =>
    given(aMessageQueued(), aMessageAttempted(), aMessageFailed()).when(full).changesNothing());

  it('is refused once the message is delivered', () =>
    given(aMessageQueued(), aMessageAttempted(), aMessageDelivered())
      .when(full)
      .isRejected('message.attempt-unknown'));
});

describe('pauses between attempts', () => {
  it.each([
    [1, '2026-01-15T08:01:00.000Z'],
    [2, '2026-01-15T08:05:00.000Z'],
    [3, '2026-01-15T08:15:00.000Z'],
    [4, '2026-01-15T09:00:00.000Z'],
    [5, '2026-01-15T12:00:00.000Z'],
    [6, null],
  ])('after attempt %i: %s', (attempt, due) => expect(retryAt(attempt, NOW)).toBe(due));
});
