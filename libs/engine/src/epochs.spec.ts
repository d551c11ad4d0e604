import { commonTo } from './epochs.js';

describe('what two epochs have in common', () => {
  const begins = [
    { epoch: 2, of: 1, g: 100 },
    { epoch: 3, of: 2, g: 150 },
    { epoch: 4, of: 1, g: 140 },
  ];

  it('is everything within one epoch', () => expect(commonTo(begins, 2, 2)).toBe(Infinity));

  it('is what the copy had, whichever of them is asked first', () => {
    expect(commonTo(begins, 1, 2)).toBe(100);
    expect(commonTo(begins, 2, 1)).toBe(100);
  });

  it('is the least of all acceptances between them', () =>
    expect(commonTo(begins, 1, 3)).toBe(100));

  it('is where both parted from an older one, if neither came from the other', () => {
    expect(commonTo(begins, 4, 1)).toBe(140);
    expect(commonTo(begins, 4, 2)).toBe(100);
    expect(commonTo(begins, 3, 4)).toBe(100);
  });

  it('is nothing where nobody remembers how an epoch began', () =>
    expect(commonTo(begins, 7, 1)).toBe(0));
});
