import { Attempts } from './attempts.js';

const MINUTE = 60_000;

describe('failed sign-ins', () => {
  const after = (failures: number) => {
    const clock = { now: 0 };
    const attempts = new Attempts(() => clock.now);
    for (let i = 0; i < failures; i++) attempts.begin('1001');
    return { clock, attempts };
  };

  it('are free up to nine', () => {
    expect(after(9).attempts.waitFor('1001')).toBe(0);
  });

  it('make the user wait from the tenth on, and nobody else', () => {
    const { attempts } = after(10);
    expect(attempts.waitFor('1001')).toBe(900);
    expect(attempts.waitFor('1002')).toBe(0);
  });

  it('are forgotten a quarter of an hour later', () => {
    const { clock, attempts } = after(10);
    clock.now += 14 * MINUTE;
    expect(attempts.waitFor('1001')).toBe(60);
    clock.now += MINUTE;
    expect(attempts.waitFor('1001')).toBe(0);
  });

  it('are forgotten after a good one', () => {
    const { attempts } = after(10);
    attempts.succeeded('1001');
    expect(attempts.waitFor('1001')).toBe(0);
  });
});
