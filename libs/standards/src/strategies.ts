import type { Span } from './local-time.js';
import { firstCallFrom, lastCallBy } from './quiet-hours.js';

/** What a strategy may look at: the limit as counted, and the quiet hours that hold for the ticket. */
export interface Counted {
  readonly start: number;
  readonly due: number;
  readonly quiet: readonly Span[];
}

/**
 * What data cannot say. A clock of a pack names one of these; each has a table test.
 *
 * `before-quiet-hours` (heat service rules, callback section, H-033; power callbacks follow it): a call that
 * would fall due inside quiet hours is due before they start, because nobody may phone until they are over.
 * Only where they began before the clock itself did is the call due when they end.
 */
export const STRATEGIES = {
  'before-quiet-hours': ({ start, due, quiet }: Counted): number => {
    const before = lastCallBy(quiet, due);
    return before >= start ? before : firstCallFrom(quiet, due);
  },
} as const;

export type Strategy = keyof typeof STRATEGIES;

/** The clauses that each strategy stands for. */
export const STRATEGY_CLAUSES: Readonly<Record<Strategy, readonly string[]>> = {
  'before-quiet-hours': ['H-033'],
};

export const isStrategy = (name: string): name is Strategy => Object.hasOwn(STRATEGIES, name);
