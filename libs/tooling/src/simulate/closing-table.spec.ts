import { closingOf, duration, printed, spreadOf } from './closing-table.js';
import type { Outcome } from './closing-table.js';

const OUTCOME: Outcome = {
  tickets: [
    {
      utility: 'heat',
      receivedAt: '2026-01-15T00:00:00.000Z',
      closedAt: '2026-01-15T02:00:00.000Z',
      reopenings: 1,
      joined: 2,
    },
    { utility: 'gas', receivedAt: '2026-01-15T00:00:00.000Z', reopenings: 0, joined: 0 },
  ],
  limits: [
    { utility: 'heat', stage: 'arrive', clause: 'H-006', verdict: 'on-time' },
    { utility: 'heat', stage: 'arrive', clause: 'H-006', verdict: 'late' },
    { utility: 'gas', stage: 'arrive', clause: 'G-010', verdict: 'on-time' },
    { utility: 'gas', stage: 'arrive', clause: 'G-010', verdict: 'running' },
    { utility: 'heat', stage: 'restore', clause: 'H-009', verdict: 'withdrawn' },
  ],
  escalations: [
    { utility: 'heat', step: 'company-manager', hours: 48 },
    { utility: 'heat', step: 'station-head', hours: 24 },
    { utility: 'heat', step: 'station-head', hours: 24 },
  ],
  arrivals: [
    { receivedAt: '2026-01-15T00:00:00.000Z', arrivedAt: '2026-01-15T00:30:00.000Z' },
    { receivedAt: '2026-01-15T00:00:00.000Z', arrivedAt: '2026-01-15T01:30:00.000Z' },
  ],
};

describe('the closing table', () => {
  it('counts what the views know', () =>
    expect(closingOf(OUTCOME)).toEqual({
      opened: 2,
      joined: 2,
      closed: 1,
      reopened: 1,
      onTime: 2,
      late: 1,
      breached: 1,
      byClause: [
        { utility: 'gas', clause: 'G-010', stage: 'arrive', onTime: 1, late: 0 },
        { utility: 'heat', clause: 'H-006', stage: 'arrive', onTime: 1, late: 1 },
      ],
      escalated: [
        { step: 'station-head', hours: 24, tickets: 2 },
        { step: 'company-manager', hours: 48, tickets: 1 },
      ],
      minutesToArrival: { count: 2, median: 30, p95: 90 },
      minutesToClose: { count: 1, median: 120, p95: 120 },
    }));

  it('does not depend on the order in which the views list', () =>
    expect(
      closingOf({
        tickets: [...OUTCOME.tickets].reverse(),
        limits: [...OUTCOME.limits].reverse(),
        escalations: [...OUTCOME.escalations].reverse(),
        arrivals: [...OUTCOME.arrivals].reverse(),
      }),
    ).toEqual(closingOf(OUTCOME)));

  it('is printed for people', () => {
    const text = printed(closingOf(OUTCOME));
    expect(text).toContain('H-006');
    expect(text).toContain('station-head');
    expect(text).toContain('30 min / 90 min (2)');
  });
});

describe('median and p95', () => {
  it('are values that occurred', () =>
    expect(spreadOf(Array.from({ length: 100 }, (_, i) => 100 - i))).toEqual({
      count: 100,
      median: 50,
      p95: 95,
    }));
  it('are absent where nothing occurred', () =>
    expect(spreadOf([])).toEqual({ count: 0, median: null, p95: null }));
});

describe('a duration for people', () => {
  it.each([
    [29.6, '30 min'],
    [125, '2 h 5 min'],
    [4_000, '2 d 18 h'],
  ])('%d minutes are %s', (minutes, text) => expect(duration(minutes)).toBe(text));
});
