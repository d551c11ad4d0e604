import { describe, it } from '@jest/globals';
import { spec } from '@shouwen/testkit';
import {
  aMessageAttempted,
  aMessageDelivered,
  aMessageQueued,
  ATTEMPT,
  MESSAGE,
  SECOND_ATTEMPT,
} from '../../test/build.js';
import { recordDelivery } from './record-delivery.js';

const given = spec(recordDelivery);
const unknown = { messageId: MESSAGE, attemptId: SECOND_ATTEMPT, receipt: 'x.json' };
const taken = { messageId: MESSAGE, attemptId: ATTEMPT, receipt: `${ATTEMPT}.json` };

describe('record a delivery', () => {
  it('records what the provider answered', () =>
    given(aMessageQueued(), aMessageAttempted()).when(taken).records(aMessageDelivered()));

  it('changes nothing when told twice', () =>
    given(aMessageQueued(), aMessageAttempted(), aMessageDelivered()).when(taken).changesNothing());

  it('is refused for an attempt that is not on its way', () =>
    given(aMessageQueued(), aMessageAttempted())
      .when(unknown)
      .isRejected('message.attempt-unknown'));

  it('is refused before any attempt', () =>
    given(aMessageQueued()).when(taken).isRejected('message.attempt-unknown'));
});
