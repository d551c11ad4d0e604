import { describe, it } from '@jest/globals';
import { spec } from '@shouwen/testkit';
import {
  aMessageAttempted,
  aMessageDelivered,
  aMessageFailed,
  aMessageQueued,
  aMessageRetried,
  MESSAGE,
  SECOND_ATTEMPT,
} from '../../test/build.js';
import { retryMessage } from './retry-message.js';

const given = spec(retryMessage);
const byTimer = { messageId: MESSAGE, afterAttempt: 1 };
const byPerson = { messageId: MESSAGE };
const failedOnce = [aMessageQueued(), aMessageAttempted(), aMessageFailed()];
const failedTwice = [
  ...failedOnce,
  aMessageRetried(),
  aMessageAttempted({ attemptId: SECOND_ATTEMPT, attempt: 2 }),
  aMessageFailed({ attemptId: SECOND_ATTEMPT, attempt: 2 }),
];

describe('retry a message', () => {
  it('sends it out again with everything the recipient needs', () =>
    given(...failedOnce)
      .when(byTimer)
      .records(aMessageRetried()));

  it('is open to a person after the last attempt', () =>
    given(...failedTwice)
      .when(byPerson)
      .records(aMessageRetried({ attempt: 3 })));

  it('changes nothing when the timer comes twice', () =>
    given(...failedOnce, aMessageRetried())
      .when(byTimer)
      .changesNothing());

  it('does not hasten a later pause when the timer comes late', () =>
    given(...failedTwice)
      .when(byTimer)
      .changesNothing());

  it('changes nothing once the message is delivered', () =>
    given(aMessageQueued(), aMessageAttempted(), aMessageDelivered())
      .when(byPerson)
      .changesNothing());

  it('is refused for a message that does not exist', () =>
    given().when(byPerson).isRejected('message.not-found'));
});
