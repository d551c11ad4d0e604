import { describe, it } from '@jest/globals';
import { spec } from '@shouwen/testkit';
import {
  aMessageAttempted,
  aMessageDelivered,
  aMessageFailed,
  aMessageQueued,
  aMessageRetried,
  ATTEMPT,
  MESSAGE,
  SECOND_ATTEMPT,
} from '../../test/build.js';
import { beginAttempt } from './begin-attempt.js';

const given = spec(beginAttempt);
const first = { messageId: MESSAGE, attemptId: ATTEMPT };
const second = { messageId: MESSAGE, attemptId: SECOND_ATTEMPT };

describe('begin an attempt', () => {
  it('records the first attempt before the call', () =>
    given(aMessageQueued()).when(first).records(aMessageAttempted()));

  it('counts on after a failure', () =>
    given(aMessageQueued(), aMessageAttempted(), aMessageFailed(), aMessageRetried())
      .when(second)
      .records(aMessageAttempted({ attemptId: SECOND_ATTEMPT, attempt: 2 })));

  it('changes nothing when the same attempt is begun again after a kill', () =>
    given(aMessageQueued(), aMessageAttempted()).when(first).changesNothing());

  it('is refused while another attempt is on its way', () =>
    given(aMessageQueued(), aMessageAttempted())
      .when(second)
      .isRejected('message.attempt-in-flight'));

  it('is refused once the message is delivered', () =>
    given(aMessageQueued(), aMessageAttempted(), aMessageDelivered())
      .when(first)
      .isRejected('message.already-delivered'));

  it('is refused when the attempt has failed and nobody asked for another', () =>
    given(aMessageQueued(), aMessageAttempted(), aMessageFailed())
      .when(first)
      .isRejected('message.failed'));

  it('is refused for a message that does not exist', () =>
    given().when(first).isRejected('message.not-found'));
});
