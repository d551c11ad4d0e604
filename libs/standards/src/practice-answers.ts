import type { Matter, PackRef, Words } from './references.js';

/** What a rate may count, all of them facts of tickets that events tell. */
export const COUNTED = [
  'tickets-closed',
  'repairs-closed',
  'repairs-closed-at-first-visit',
  'callbacks-reached',
  'callbacks-satisfied',
  'tickets-called-back',
  'tickets-reopened',
  'tickets-chased',
  'limits-due',
  'limits-kept',
] as const;
export type CountedFact = (typeof COUNTED)[number];

/** A question of a callback. */
export interface Question {
  readonly question: string;
  readonly ask: Words;
  readonly answer: 'rating' | 'yes-no' | 'words';
  readonly pack: PackRef;
}

/** A rate of a period, judged. */
export interface Rate {
  /** Null where there was nothing to count. */
  readonly value: number | null;
  /** True where nothing was promised, or nothing was counted. */
  readonly isKept: boolean;
  readonly pack: PackRef;
}

/** One measurement of the rooms of a home. */
export interface Measurement {
  readonly at: string;
  readonly rooms: readonly { readonly area: number; readonly celsius: readonly number[] }[];
  readonly isSigned: boolean;
  /** Witnesses of a measurement that was repeated because it was not signed. */
  readonly witnesses?: number;
}

export interface Measured {
  /** `invalid` proves nothing; `out-of-season` is kept and not judged. */
  readonly verdict: 'kept' | 'too-cold' | 'too-warm' | 'incomplete' | 'invalid' | 'out-of-season';
  /** Points that each room asks for, in the order of the rooms. */
  readonly points: readonly number[];
  /** What decided it. */
  readonly packs: readonly PackRef[];
}

/** One line of an inspection sheet. */
export interface SheetLine {
  readonly id: string;
  readonly item: Words;
  readonly atMost?: { readonly seconds: number };
  readonly pack: PackRef;
}

interface At {
  readonly utility: string;
  readonly asOf: string;
}

/** What the packs say of work beyond the limits of a ticket. Null where no pack says anything. */
export interface Practice {
  /** The questions that are asked of a customer who is called back. */
  questions(matter: Matter): readonly Question[];
  /** Least share of closed tickets like this one that are called back, and by whom. */
  callback(matter: Matter): {
    share: number;
    by: 'contact-centre' | 'supervision-office';
    pack: PackRef;
  } | null;
  /** The latest instant at which notice of something, such as `planned-stop`, must have reached people. */
  noticeBy(
    occasion: string,
    about: At & { readonly beginsAt: string },
  ): { by: string; pack: PackRef } | null;
  /** A rate from what was counted in a period, and whether it keeps what was promised. */
  rate(
    rate: string,
    of: At & { readonly counts: Partial<Readonly<Record<CountedFact, number>>> },
  ): Rate | null;
  inspectionSheet(sheet: string, at: At): readonly SheetLine[];
  /** Whether what an inspector found, yes or no or so many seconds, is a finding against a line. */
  finding(
    line: string,
    of: At & { readonly found: boolean | number },
  ): { sheet: string; isFinding: boolean; pack: PackRef } | null;
  /** What a measurement of room temperatures proves. */
  measured(measurement: Measurement, of: { readonly utility: string }): Measured | null;
  /** Until when what was recorded of a matter is kept; instants, UTC. */
  keptUntil(matter: Matter, endedAt: string): { until: string; pack: PackRef } | null;
}
