import { describe, expect, it } from '@jest/globals';
import { NOW, spec } from '@shouwen/testkit';
import {
  aMessageDelivered,
  aMessageAttempted,
  aMessageQueued,
  anOrderToTell,
} from '../../test/build.js';
import { MessageQueued } from '@shouwen/contracts';
import { messages } from './message.js';
import { queueMessage } from './queue-message.js';

const given = spec(queueMessage);

describe('queue a message', () => {
  it('records whom to tell, and what', () =>
    given().when(anOrderToTell()).records(aMessageQueued()));

  it('keeps the clauses behind it', () => {
    const pack = { pack: 'heat', version: '2026.1', hash: 'h', clauses: ['H-031'] };
    given()
      .when(anOrderToTell({ pack }))
      .records(MessageQueued(anOrderToTell(), { occurredAt: NOW, pack }));
  });

  it('keeps the persons it complains about away from it', () => {
    given()
      .when(anOrderToTell({ aboutStaff: ['2007'] }))
      .records(aMessageQueued({ aboutStaff: ['2007'] }));
    expect(
      messages.closedTo?.(
        messages.evolve(messages.initial, aMessageQueued({ aboutStaff: ['2007'] })),
      ),
    ).toEqual(['2007']);
  });

  it('changes nothing when told twice', () =>
    given(aMessageQueued()).when(anOrderToTell()).changesNothing());

  it('changes nothing when the message has long been delivered', () =>
    given(aMessageQueued(), aMessageAttempted(), aMessageDelivered())
      .when(anOrderToTell({ textEn: 'another text' }))
      .changesNothing());
});
