import { owedOf } from './stage.js';

const limit = {
  ticketId: '019bb000-0000-8000-8000-000000000001',
  startAt: '2026-01-15T02:30:00.000Z',
  unit: '/mingcheng/heat/east',
};
const owed = { startAt: limit.startAt, unit: limit.unit };

describe('feedback that one company owes another', () => {
  it('is what runs, and what is late and was not given', () => {
    expect(owedOf([{ ...limit, verdict: 'running' }])).toEqual(owed);
    expect(owedOf([{ ...limit, verdict: 'late' }])).toEqual(owed);
  });

  it('is not what was given, in time or late, nor what was withdrawn', () => {
    const metAt = '2026-01-15T05:00:00.000Z';
    expect(owedOf([{ ...limit, verdict: 'on-time', metAt }])).toBeNull();
    expect(owedOf([{ ...limit, verdict: 'late', metAt }])).toBeNull();
    expect(owedOf([{ ...limit, verdict: 'withdrawn' }])).toBeNull();
    expect(owedOf([])).toBeNull();
  });
});
