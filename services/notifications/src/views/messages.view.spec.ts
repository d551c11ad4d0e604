import { describe, expect, it } from '@jest/globals';
import type { Recorded } from '@shouwen/engine';
import {
  aMessageAttempted,
  aMessageDelivered,
  aMessageFailed,
  aMessageQueued,
  aMessageRetried,
  anOrderToTell,
  ATTEMPT,
  MESSAGE,
  recorded,
  SECOND_ATTEMPT,
} from '../../test/build.js';
import { messagesView } from './messages.view.js';

const at = (recordedAt: string) => ({ recordedAt });
const pack = { pack: 'heat', version: '2026.1', hash: 'h', clauses: ['H-031'] };
const story: Recorded[] = [
  recorded({ ...aMessageQueued(), pack }, at('2026-01-15T08:00:00.000Z')),
  recorded(aMessageAttempted(), at('2026-01-15T08:00:01.000Z')),
  recorded(aMessageFailed({ retryAt: '2026-01-15T08:01:02.000Z' }), at('2026-01-15T08:00:02.000Z')),
  recorded(aMessageRetried(), at('2026-01-15T08:01:02.000Z')),
  recorded(
    aMessageAttempted({ attemptId: SECOND_ATTEMPT, attempt: 2 }),
    at('2026-01-15T08:01:03.000Z'),
  ),
  recorded(
    aMessageDelivered({ attemptId: SECOND_ATTEMPT, receipt: `${SECOND_ATTEMPT}.json` }),
    at('2026-01-15T08:01:04.000Z'),
  ),
];

const replay = (events: readonly Recorded[]) =>
  events.reduce<object | null>(
    (document, event) => messagesView.evolve(document, event, MESSAGE, { blind: (v) => v }),
    null,
  );

describe('messages', () => {
  it('shows how a message reached its recipient', () =>
    expect(replay(story)).toEqual({
      ...anOrderToTell(),
      status: 'delivered',
      queuedAt: '2026-01-15T08:00:00.000Z',
      attempts: 2,
      attemptId: SECOND_ATTEMPT,
      attemptedAt: '2026-01-15T08:01:03.000Z',
      deliveredAt: '2026-01-15T08:01:04.000Z',
      receipt: `${SECOND_ATTEMPT}.json`,
      clauses: ['H-031'],
    }));

  it('shows why a message is not there yet, and when it is tried again', () =>
    expect(replay(story.slice(0, 3))).toMatchObject({
      status: 'failed',
      attempts: 1,
      attemptId: ATTEMPT,
      because: 'ENOSPC',
      retryAt: '2026-01-15T08:01:02.000Z',
    }));

  it('is the same after a replay, and after every event came twice', () => {
    expect(replay(story)).toEqual(replay(story));
    expect(
      replay(story.flatMap((event) => (event === story[0] ? [event] : [event, event]))),
    ).toEqual(replay(story));
  });

  it('keeps each message under its own id', () =>
    expect(story.map((event) => messagesView.id(event))).toEqual(story.map(() => MESSAGE)));

  it('makes nothing of what it never saw the beginning of', () =>
    expect(replay(story.slice(1))).toBeNull());
});
