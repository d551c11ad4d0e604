import { describe, expect, it } from '@jest/globals';
import { fromLocal, spanFrom, toLocal } from './local-time.js';
import { firstCallFrom, lastCallBy, quietSpans } from './quiet-hours.js';
import { STRATEGIES, isStrategy } from './strategies.js';

const night = quietSpans(['22:00-07:00'], spanFrom);
const nightAndNoon = quietSpans(['22:00-07:00', '11:30-13:30', '17:30-19:00'], spanFrom);
const touching = quietSpans(['20:00-22:00', '22:00-07:00'], spanFrom);

describe('quiet hours', () => {
  it.each([
    ['in the evening', night, '2026-01-15 23:30', '2026-01-15 22:00', '2026-01-16 07:00'],
    ['after midnight', night, '2026-01-16 03:00', '2026-01-15 22:00', '2026-01-16 07:00'],
    ['at midnight', night, '2026-01-16 00:00', '2026-01-15 22:00', '2026-01-16 07:00'],
    ['at their first minute', night, '2026-01-15 22:00', '2026-01-15 22:00', '2026-01-15 22:00'],
    ['at their last minute', night, '2026-01-16 07:00', '2026-01-16 07:00', '2026-01-16 07:00'],
    ['at noon', nightAndNoon, '2026-01-15 12:00', '2026-01-15 11:30', '2026-01-15 13:30'],
    ['in the afternoon', nightAndNoon, '2026-01-15 15:00', '2026-01-15 15:00', '2026-01-15 15:00'],
  ] as const)('%s', (...[, spans, at, before, after]) => {
    expect(toLocal(lastCallBy(spans, fromLocal(at)))).toBe(before);
    expect(toLocal(firstCallFrom(spans, fromLocal(at)))).toBe(after);
  });

  it('leave the instant between two that touch to callers', () => {
    expect(toLocal(lastCallBy(touching, fromLocal('2026-01-16 01:00')))).toBe('2026-01-15 22:00');
  });
});

describe('the strategy before-quiet-hours', () => {
  it.each([
    ['a call due at midnight', '2026-01-15 10:00', '2026-01-16 00:00', '2026-01-15 22:00'],
    ['a call due in the day', '2026-01-15 10:00', '2026-01-15 16:00', '2026-01-15 16:00'],
    [
      'a call whose clock began at night',
      '2026-01-15 23:00',
      '2026-01-16 01:00',
      '2026-01-16 07:00',
    ],
  ])('%s', (_, start, due, expected) => {
    const counted = { start: fromLocal(start), due: fromLocal(due), quiet: night };
    expect(toLocal(STRATEGIES['before-quiet-hours'](counted))).toBe(expected);
  });

  it('is known by name, and nothing else is', () => {
    expect(['before-quiet-hours', 'toString', 'tomorrow'].map(isStrategy)).toEqual([
      true,
      false,
      false,
    ]);
  });
});
