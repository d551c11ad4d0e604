import { later, latest, minutesBetween, withinHours } from './hours.js';

describe('hours of the desk', () => {
  it.each([
    ['2026-01-15T02:00:00.000Z', '2026-01-15T02:00:00.000Z', 'at ten in the morning at once'],
    ['2026-01-15T14:10:00.000Z', '2026-01-16T00:30:00.000Z', 'late in the evening tomorrow'],
    ['2026-01-14T20:00:00.000Z', '2026-01-15T00:30:00.000Z', 'at four in the morning the same day'],
    ['2026-01-15T12:00:00.000Z', '2026-01-16T00:30:00.000Z', 'on the stroke of closing tomorrow'],
  ])('%s becomes %s: %s', (at, expected) =>
    expect(withinHours(at, '08:30', '20:00')).toBe(expected),
  );
});

describe('instants of the simulation', () => {
  it('lie on the whole minute, never before what led to them', () => {
    expect(later('2026-01-15T08:00:00.001Z', 0)).toBe('2026-01-15T08:01:00.000Z');
    expect(later('2026-01-15T08:00:00.000Z', 30)).toBe('2026-01-15T08:30:00.000Z');
  });
  it('compare as text', () =>
    expect(latest('2026-01-15T08:00:00.000Z', '2026-01-15T09:00:00.000Z')).toBe(
      '2026-01-15T09:00:00.000Z',
    ));
  it('lie so many minutes apart', () =>
    expect(minutesBetween('2026-01-15T08:00:00.000Z', '2026-01-15T09:30:00.000Z')).toBe(90));
});
