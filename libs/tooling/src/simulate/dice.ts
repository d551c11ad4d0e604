import { createHash } from 'node:crypto';

/**
 * Chance that comes out the same again: what happens to a matter at a step depends on the seed, the matter and the
 * step alone, never on what else was going on, so that a killed simulation goes on as if nothing had been.
 */
export class Dice {
  constructor(
    readonly seed: string,
    /** What is thrown for: the ticket as its source numbers it. */
    readonly matter: string,
  ) {}

  /** A number from 0 up to, but not including, 1. */
  roll(step: string): number {
    const hash = createHash('sha256')
      .update(JSON.stringify([this.seed, this.matter, step]))
      .digest();
    return hash.readUIntBE(0, 6) / 2 ** 48;
  }

  is(step: string, probability: number): boolean {
    return this.roll(step) < probability;
  }

  /** A whole number of minutes between two, both included; short ones are likelier than long ones. */
  minutes(step: string, least: number, most: number): number {
    const roll = this.roll(step);
    return Math.min(most, least + Math.floor((most - least + 1) * roll ** 1.5));
  }

  pick<T>(step: string, list: readonly T[]): T {
    const one = list[Math.floor(this.roll(step) * list.length)];
    if (one === undefined) throw new Error(`nothing to pick from at ${step}`);
    return one;
  }
}
