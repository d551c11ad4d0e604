import { findCycle } from './cycles.js';

const graph = (edges: Record<string, string[]>) => new Map(Object.entries(edges));

describe('finding a cycle', () => {
  it('finds none in a diamond', () =>
    expect(findCycle(graph({ a: ['b', 'c'], b: ['d'], c: ['d'], d: [] }))).toBeNull());

  it('names the way round', () =>
    expect(findCycle(graph({ a: ['b'], b: ['c'], c: ['d', 'b'], d: [] }))).toEqual([
      'b',
      'c',
      'b',
    ]));

  it('finds a cycle that the first walk does not meet', () =>
    expect(findCycle(graph({ a: [], b: ['a', 'c'], c: ['b'] }))).toEqual(['b', 'c', 'b']));

  it('finds a node that points at itself', () =>
    expect(findCycle(graph({ a: ['a'] }))).toEqual(['a', 'a']));
});
