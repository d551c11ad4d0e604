import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { inOrder } from './order.js';

const T1 = '2026-01-15T08:00:00.000Z';
const T2 = '2026-01-15T09:00:00.000Z';
const told = (eventId: string, g: number, more: object = {}) => ({
  eventId,
  occurredAt: T1,
  recordedAt: T1,
  log: 'intake.main',
  g,
  ...more,
});

const opened = told('opened', 5);
const clock = told('clock', 2, { log: 'dispatch.main', causation: 'opened' });
const message = told('message', 1, { log: 'a.main', causation: 'clock' });
const late = told('late', 9, { log: 'dispatch.main', recordedAt: T2 });
const closed = told('closed', 6, { occurredAt: T2, recordedAt: T2 });

const ids = (list: readonly { eventId: string }[]) => list.map(({ eventId }) => eventId);

describe('the order of a story', () => {
  it('puts a consequence after its cause where both happened at one instant', () =>
    expect(ids(inOrder([message, clock, opened], 'occurred'))).toEqual([
      'opened',
      'clock',
      'message',
    ]));

  it('puts a late entry where it happened', () =>
    expect(ids(inOrder([closed, late, opened], 'occurred'))).toEqual(['opened', 'late', 'closed']));

  it('puts a late entry where it was learned', () =>
    expect(ids(inOrder([closed, late, clock, opened], 'recorded'))).toEqual([
      'opened',
      'clock',
      'late',
      'closed',
    ]));

  it('is the same from whatever order they are found in', () => {
    const all = [opened, clock, message, late, closed];
    const expected = ids(inOrder(all, 'occurred'));
    fc.assert(
      fc.property(fc.shuffledSubarray(all, { minLength: all.length }), (shuffled) =>
        expect(ids(inOrder(shuffled, 'occurred'))).toEqual(expected),
      ),
    );
  });

  it('ends even where causes name each other', () =>
    expect(
      inOrder([told('a', 1, { causation: 'b' }), told('b', 2, { causation: 'a' })], 'occurred'),
    ).toHaveLength(2));
});
