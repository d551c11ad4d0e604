import type { Words } from './references.js';
import type { Category } from './standards.js';

/** Where a figure comes from: the text, our reading of it, a borrowed one, or our own default. */
export type Basis = 'stated' | 'derived' | 'assumed' | 'ours';

export interface AppliesTo {
  readonly types?: readonly string[];
  readonly categories?: readonly Category[];
  readonly zones?: readonly string[];
}

/** What every entry says of itself. */
export interface Entry {
  readonly id: string;
  readonly description: Words;
  readonly clauses: readonly string[];
  readonly basis: Basis;
  /** A later layer takes the entry of this id away. */
  readonly isWithdrawn?: true;
}
