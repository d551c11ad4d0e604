import { Dice } from './dice.js';

describe('chance in a simulation', () => {
  const dice = new Dice('7', 'MC0001');

  it('comes out the same for the same seed, matter and step', () =>
    expect(new Dice('7', 'MC0001').roll('depart')).toBe(dice.roll('depart')));

  it('comes out otherwise for another seed, matter or step', () => {
    const rolls = [
      dice.roll('depart'),
      dice.roll('arrive'),
      new Dice('8', 'MC0001').roll('depart'),
      new Dice('7', 'MC0002').roll('depart'),
    ];
    expect(new Set(rolls).size).toBe(4);
  });

  it('does not depend on how often it was asked', () => {
    const before = dice.roll('arrive');
    dice.roll('depart');
    expect(dice.roll('arrive')).toBe(before);
  });

  it('keeps within its bounds and near its probability', () => {
    const thrown = Array.from({ length: 2_000 }, (_, i) => new Dice('7', String(i)));
    const minutes = thrown.map((one) => one.minutes('arrive', 10, 40));
    expect(Math.min(...minutes)).toBe(10);
    expect(Math.max(...minutes)).toBe(40);
    const late = thrown.filter((one) => one.is('late', 0.1)).length;
    expect(late).toBeGreaterThan(150);
    expect(late).toBeLessThan(250);
  });

  it('picks one of a list', () => expect(['a', 'b']).toContain(dice.pick('crew', ['a', 'b'])));
  it('has nothing to pick from an empty list', () =>
    expect(() => dice.pick('crew', [])).toThrow('nothing to pick'));
});
