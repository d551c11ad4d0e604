import { wholeNumber } from './whole-number.js';

describe('a whole number of an option', () => {
  it('is read', () => expect(wholeNumber('300')).toBe(300));

  it.each(['0', '-1', '1.5', 'abc', '', '1e3'])('is not %j', (text) =>
    expect(() => wholeNumber(text)).toThrow('a whole number above 0'),
  );
});
