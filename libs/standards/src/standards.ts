import type { Practice } from './practice-answers.js';
import type { Matter, PackRef, Words } from './references.js';

export type { Matter, PackRef, Words } from './references.js';
export type {
  CountedFact,
  Measured,
  Measurement,
  Practice,
  Question,
  Rate,
} from './practice-answers.js';

export const UTILITIES = ['water', 'heat', 'gas', 'power'] as const;
export type Utility = (typeof UTILITIES)[number];

export const CATEGORIES = [
  'emergency',
  'repair',
  'complaint',
  'consultation',
  'tip-off',
  'suggestion',
  'application',
] as const;
export type Category = (typeof CATEGORIES)[number];

export const STAGES = [
  'sign-for',
  'arrive',
  'restore',
  'answer',
  'first-contact',
  'feedback',
  'callback',
] as const;
export type Stage = (typeof STAGES)[number];

export const EVIDENCE = ['answer', 'work-result', 'signature', 'callback'] as const;
export type Evidence = (typeof EVIDENCE)[number];

/** One kind of matter a customer may bring. */
export interface TicketType {
  readonly code: string;
  readonly utility: Utility;
  readonly category: Category;
  readonly name: Words;
  readonly needsWorkOrder: boolean;
  readonly isSafety: boolean;
  /** Words in a message that suggest this type, heaviest first. */
  readonly words: readonly string[];
  /** Sentences to be said to the caller before anything else. */
  readonly safetyWords?: { readonly en: readonly string[]; readonly zh: readonly string[] };
  /** What closing a ticket of this type asks for, by the gates of the pack. */
  readonly evidence: readonly Evidence[];
  readonly pack: PackRef;
}

/** What a type is chosen by when a ticket is not classified yet. */
export const UNCLASSIFIED = 'unclassified';

/** What the standards need to know of a ticket. All instants ISO 8601 in UTC. */
export interface TicketFacts {
  readonly utility: string;
  readonly typeCode: string;
  readonly category: string;
  readonly receivedAt: string;
  /** When the call was answered; absent, the receipt stands for it. */
  readonly answeredAt?: string;
  /** When another company passed the matter on. Clocks from there run only if it is given. */
  readonly transferredAt?: string;
  /** When the work or the answer was finished. Clocks from there run only if it is given. */
  readonly finishedAt?: string;
  /** The time the customer chose; it replaces an arrival limit that allows it. */
  readonly slot?: Slot;
  /** Zone of the service point where a pack tells zones apart (urban, rural, remote). */
  readonly zone?: string;
}

export interface Slot {
  readonly from: string;
  readonly to: string;
}

/** One limit of one ticket, worked out. Instants ISO 8601 in UTC with milliseconds. */
export interface Deadline {
  /** One per ticket and stage; today the stage itself. */
  readonly deadline: string;
  readonly stage: Stage;
  readonly startAt: string;
  readonly dueAt: string;
  /** When somebody is warned; absent where the pack warns nobody. */
  readonly warnAt?: string;
  /** Id of the calendar it was counted in. */
  readonly calendar: string;
  /** True: a day it counted lies in a year the calendar has no data for; weekdays stood in. */
  readonly isCalendarGuessed: boolean;
  /** True: a slot that the customer chooses takes the place of this limit. */
  readonly isReplacedBySlot: boolean;
  readonly pack: PackRef;
}

export interface LadderStep {
  readonly step: string;
  /** Hours after the start of the ladder. */
  readonly hours: number;
  readonly dueAt: string;
  /** Post whose holder is told. */
  readonly post: string;
  readonly pack: PackRef;
}

export interface Ladder {
  readonly ladder: string;
  readonly steps: readonly LadderStep[];
}

export interface Suggestion {
  readonly code: string;
  readonly score: number;
  /** The words of the message that spoke for it, heaviest first. */
  readonly words: readonly string[];
}

export interface Season {
  readonly season: string;
  readonly isIn: boolean;
  /** The season that `asOf` lies in, or the next one. Instants, UTC; `to` is the 24:00 that ends its last day. */
  readonly from: string;
  readonly to: string;
  readonly pack: PackRef;
}

/** One rule of a source document, as the catalogue has it. */
export interface Clause {
  readonly id: string;
  /** Where it stands in its document, in Chinese: `社会服务承诺制度 第六条`, `4.2.3.7-8`. */
  readonly clause: string;
  readonly utility: string;
  /** Name of the rule, e.g. `ARRIVE_60_MIN`. */
  readonly rule: string;
  /** What the software has to do for it. */
  readonly text: string;
  /** Where in a ticket's life it applies. */
  readonly where: string;
  readonly figure: string;
}

/** One edition of one pack, as loaded. */
export interface Edition {
  readonly pack: string;
  readonly version: string;
  readonly hash: string;
  readonly layer: string;
  /** Absent: it holds for all utilities. */
  readonly utility?: string;
  readonly name: Words;
  /** Local day from which it holds. */
  readonly from: string;
}

/**
 * The loaded service standards. Everything is pure and synchronous: the same question has the same answer, and
 * nothing is read from disk after loading. Every answer names pack, version, hash and clauses.
 */
export interface Standards extends Practice {
  /** The edition of a pack that held at an instant, or null where there was none. */
  resolve(pack: string, asOf: string): Edition | null;
  /** Every pack that held at an instant, base first. */
  packs(asOf: string): readonly Edition[];
  types(asOf: string): readonly TicketType[];
  type(code: string, asOf: string): TicketType | null;
  /** Types that the words of a message speak for, best first; [] where nothing matched. */
  suggestTypes(
    text: string,
    options: { readonly utility?: string; readonly asOf: string; readonly limit?: number },
  ): readonly Suggestion[];
  /** The limits of a ticket, resolved as of its receipt; at most one per stage, earliest due first. */
  deadlines(ticket: TicketFacts): readonly Deadline[];
  /** Who is told when, while a ticket stays unhandled; null where no ladder applies. */
  ladder(ticket: TicketFacts): Ladder | null;
  /** What must be there, or recorded as impossible, before a ticket may be closed. */
  closingEvidence(matter: Matter): readonly { evidence: Evidence; pack: PackRef }[];
  /** Stages whose clocks run on, and those that start again, when a ticket is reopened. */
  reopening(matter: Matter): {
    continues: readonly Stage[];
    restarts: readonly Stage[];
    pack: PackRef;
  };
  safetyWords(typeCode: string, lang: 'zh' | 'en', asOf: string): readonly string[];
  /** How long a crew waits at a closed door before it leaves the card. */
  noAccessWaitMinutes(matter: Matter): { minutes: number; pack: PackRef };
  /** True: a slot that the customer chose takes the place of the arrival limit. */
  arrivalReplacedBySlot(matter: Matter): boolean;
  /** The latest instant at or before `at` when the customer may be phoned; null where no quiet hours hold. */
  callBefore(matter: Matter, at: string): { at: string; pack: PackRef } | null;
  /** Null where no pack of the utility has that season. */
  season(season: string, matter: { utility: string; asOf: string }): Season | null;
  /** Null where the catalogue has no such id. */
  clause(id: string): Clause | null;
}

/**
 * The standards that a decider's context carries, typed.
 *
 * @throws TypeError where the context was built without loaded standards.
 */
export function standardsOf(context: { readonly standards: object }): Standards {
  const { standards } = context;
  if (!isStandards(standards))
    throw new TypeError('The context carries no loaded standards; load them with loadStandards().');
  return standards;
}

const isStandards = (value: object): value is Standards =>
  'deadlines' in value && typeof value.deadlines === 'function';
