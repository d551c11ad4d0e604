import type { AppliesTo, Entry } from './entry.js';
import type { Words } from './references.js';

/** What the person is asked who calls the customer back. */
export interface QuestionEntry extends Entry {
  readonly appliesTo: AppliesTo;
  readonly ask: Words;
  /** A rating, yes or no, or words of the customer. */
  readonly answer: 'rating' | 'yes-no' | 'words';
}

/** Which closed tickets are called back, and by whom. */
export interface CallbackEntry extends Entry {
  readonly appliesTo: AppliesTo;
  /** Least share of them, 1 for all. */
  readonly share: number;
  readonly by: 'contact-centre' | 'supervision-office';
}

/** How long ahead customers know of something; told means that the notice reached them. */
export interface NoticeEntry extends Entry {
  readonly occasion: string;
  readonly ahead: { readonly hours: number };
}

/** A rate: what is counted, out of what, and the least share that is promised. */
export interface RateEntry extends Entry {
  readonly appliesTo: AppliesTo;
  readonly numerator: string;
  readonly denominator: string;
  readonly per: 'day' | 'month' | 'season' | 'year';
  readonly atLeast?: number;
}

/** One line of an inspection sheet. */
export interface InspectionEntry extends Entry {
  readonly sheet: string;
  readonly item: Words;
  /** A figure that the inspector measures; absent, the item is kept or not. */
  readonly atMost?: { readonly seconds: number };
}

/** What the temperature of a room must be in a season. */
export interface TemperatureEntry extends Entry {
  readonly season: string;
  readonly celsius: { readonly from: number; readonly to: number };
}

/** How many points a room of some area is measured at. */
export interface PointsEntry extends Entry {
  /** Square metres: from, included, up to and not including the other. */
  readonly area: { readonly from: number; readonly below?: number };
  readonly points: number;
  readonly where: Words;
}

/** What makes a measurement prove something. */
export interface MeasuringEntry extends Entry {
  readonly needs: 'signature';
  /** Witnesses of a repeated measurement that the person still does not sign. */
  readonly repeatWith: { readonly witnesses: number };
  /** Whether the repeated measurement then counts. */
  readonly repeatCounts: boolean;
}

/** How long what was recorded about a matter is kept. */
export interface RetentionEntry extends Entry {
  readonly appliesTo: AppliesTo;
  readonly keep: { readonly years: number };
}
