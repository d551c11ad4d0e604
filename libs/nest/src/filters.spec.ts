import { parseFind, type QueryString } from './filters.js';
import type { HttpProblem } from './problem.js';

const view = { indexes: ['status', 'unit', 'count', 'isSafety', 'dueAt', 'closedAt'] };

const find = (query: QueryString) => parseFind(view, query).find;

const faultsOf = (query: QueryString) => {
  try {
    parseFind(view, query);
    return [];
  } catch (error) {
    return (error as HttpProblem).extra.faults?.map(({ field, rule }) => `${field} ${rule}`);
  }
};

describe('the query string of a view', () => {
  it('asks for everything when it is empty', () => {
    expect(parseFind(view, {})).toEqual({ find: { where: {} } });
  });

  it('compares with a value', () => {
    expect(find({ status: 'open' }).where).toEqual({ status: { in: ['open'] } });
  });

  it('reads numbers and booleans both as such and as text', () => {
    expect(find({ count: '3', isSafety: 'true' }).where).toEqual({
      count: { in: ['3', 3] },
      isSafety: { in: ['true', true] },
    });
  });

  it('keeps a staff number with leading zeros as text', () => {
    expect(find({ status: '007' }).where).toEqual({ status: { in: ['007'] } });
  });

  it('takes one of several values', () => {
    expect(find({ status: 'in:open,answered' }).where).toEqual({
      status: { in: ['open', 'answered'] },
    });
  });

  it('takes a prefix, a missing value and a value with a colon', () => {
    expect(
      find({ unit: 'prefix:/mingcheng/heat', closedAt: 'missing:', status: 'is:in:x' }).where,
    ).toEqual({
      unit: { prefix: '/mingcheng/heat' },
      closedAt: { is: null },
      status: { in: ['in:x'] },
    });
  });

  it('takes two bounds of one field, and turns offsets into UTC', () => {
    expect(
      find({ dueAt: ['from:2026-01-15T08:00:00+08:00', 'below:2026-01-16T00:00Z'] }).where,
    ).toEqual({
      dueAt: { from: '2026-01-15T00:00:00.000Z', below: '2026-01-16T00:00:00.000Z' },
    });
  });

  it('forgives a plus sign that the query string turned into a space', () => {
    expect(find({ dueAt: 'above:2026-01-15T08:00:00 08:00' }).where).toEqual({
      dueAt: { above: '2026-01-15T00:00:00.000Z' },
    });
  });

  it('sorts, pages and waits', () => {
    const query = { sort: '-dueAt', limit: '20', cursor: 'abc', after: 'intake.main@1:4' };
    expect(parseFind(view, query)).toEqual({
      find: {
        where: {},
        sort: { by: 'dueAt', order: 'descending' },
        limit: 20,
        cursor: 'abc',
      },
      after: 'intake.main@1:4',
    });
  });

  it.each([
    [{ limit: '0' }, 'limit must be a whole number from 1 to 1000.'],
    [{ colour: 'red', shape: 'x' }, 'The query has parameters that this address does not take.'],
    [
      { colour: 'red', limit: '0' },
      'Several parameters of the query are wrong; each is named with what it takes.',
    ],
  ])('says in the title what is wrong with %j', (query, title) =>
    expect(() => parseFind(view, query)).toThrow(title),
  );

  it.each([
    ['an unknown field', { colour: 'red' }, ['colour unknownParameter']],
    ['a field that is not indexed', { title: 'x' }, ['title unknownParameter']],
    ['a limit of zero', { limit: '0' }, ['limit range']],
    ['a limit beyond a thousand', { limit: '1001' }, ['limit range']],
    ['a limit that is no number', { limit: '1e2' }, ['limit range']],
    ['an empty cursor', { cursor: '' }, ['cursor single']],
    ['two limits', { limit: ['1', '2'] }, ['limit single']],
    ['a sort by an unknown field', { sort: '-title' }, ['sort unknownField']],
    ['one field twice', { status: ['open', 'closed'] }, ['status repeated']],
    ['one bound twice', { dueAt: ['from:a', 'from:b'] }, ['dueAt repeated']],
    ['too many values', { status: `in:${'x,'.repeat(200)}y` }, ['status maxValues']],
    ['several things', { colour: 'red', limit: 'x' }, ['colour unknownParameter', 'limit range']],
  ])('is refused with %s', (_what, query, faults) => {
    expect(faultsOf(query)).toEqual(faults);
  });
});
