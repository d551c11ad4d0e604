import type { AppliesTo, Entry } from './entry.js';
import type {
  CallbackEntry,
  InspectionEntry,
  MeasuringEntry,
  NoticeEntry,
  PointsEntry,
  QuestionEntry,
  RateEntry,
  RetentionEntry,
  TemperatureEntry,
} from './practice-entries.js';
import type { Category, Clause, Evidence, Stage, Utility, Words } from './standards.js';

export type { AppliesTo, Basis, Entry } from './entry.js';

export const LAYERS = ['national', 'utility', 'city', 'company'] as const;
export type Layer = (typeof LAYERS)[number];

/** A limit with its unit in the name. Exactly one unit. */
export interface Within {
  readonly minutes?: number;
  readonly hours?: number;
  readonly days?: number;
  readonly workingDays?: number;
  readonly sameWorkingDay?: true;
}

/** A figure and the local days it holds: from the first, up to but not including the second. */
export interface Dated {
  readonly from: string;
  readonly until?: string;
  readonly within: Within;
}

export interface TypeEntry {
  readonly code: string;
  readonly category: Category;
  readonly name: Words;
  readonly needsWorkOrder: boolean;
  readonly isSafety: boolean;
  readonly clauses: readonly string[];
  readonly words: WeightedWords;
  readonly safetyWords?: { readonly en: readonly string[]; readonly zh: readonly string[] };
  readonly isWithdrawn?: true;
}

export interface WeightedWords {
  readonly strong?: readonly string[];
  readonly medium?: readonly string[];
  readonly weak?: readonly string[];
}

export interface CalendarEntry extends Entry {
  /** Working weekdays, 1 Monday to 7 Sunday. */
  readonly weekdays: readonly number[];
  /** File of the pack with the days that differ from their weekday. */
  readonly holidays?: string;
  /** Local spans such as `08:30-12:00`; absent, the whole day counts. */
  readonly hours?: readonly string[];
}

export interface QuietHoursEntry extends Entry {
  /** Local spans when nobody is phoned; one that ends before it starts goes over midnight. */
  readonly spans: readonly string[];
  /** Categories that are phoned at any time. */
  readonly except?: readonly Category[];
}

export interface SeasonEntry extends Entry {
  /** `11-15`: first local day. */
  readonly from: string;
  /** Last local day, inclusive. */
  readonly to: string;
}

export type StartOf = 'receipt' | 'answered' | 'transferred' | 'finished';

export interface ClockEntry extends Entry {
  readonly stage: Stage;
  readonly appliesTo: AppliesTo;
  readonly from: StartOf;
  readonly within?: Within;
  readonly values?: readonly Dated[];
  /** Id of a calendar; absent, round the clock for hours and the working-day calendar for working days. */
  readonly calendar?: string;
  /** A calendar-day limit that ends on a day off moves to the next working day. */
  readonly movesPastDaysOff?: true;
  readonly isReplacedBySlot?: true;
  readonly warn?: { readonly share?: number; readonly minutesBefore?: number };
  readonly strategy?: string;
}

/** What stands in the place of an arrival limit once the customer chose a slot. */
export interface SlotEntry extends Entry {
  readonly appliesTo: AppliesTo;
  /** Due so many minutes before the slot begins, or when it ends. */
  readonly due: { readonly minutesBeforeStart?: number; readonly atEnd?: true };
}

export interface LadderEntry extends Omit<Entry, 'clauses'> {
  readonly appliesTo: AppliesTo;
  readonly from: StartOf;
  readonly steps: readonly {
    readonly id: string;
    readonly after: { readonly hours: number };
    readonly post: string;
    readonly clauses: readonly string[];
  }[];
}

export interface ClosingEntry extends Entry {
  readonly appliesTo: AppliesTo;
  readonly evidence: Evidence;
}

export interface ReopeningEntry extends Entry {
  readonly appliesTo: AppliesTo;
  readonly continues: readonly Stage[];
  readonly restarts: readonly Stage[];
}

export interface NoAccessEntry extends Entry {
  readonly appliesTo: AppliesTo;
  readonly wait: { readonly minutes: number };
}

/** A day whose kind differs from its weekday's. */
export interface Holiday {
  /** Year of the schedule that named it. */
  readonly year: number;
  readonly date: string;
  readonly isOffDay: boolean;
}

/** Every list of a pack, by the file and the key it stands under. */
export interface PackEntries {
  readonly types: readonly TypeEntry[];
  readonly calendars: readonly CalendarEntry[];
  readonly quietHours: readonly QuietHoursEntry[];
  readonly seasons: readonly SeasonEntry[];
  readonly clocks: readonly ClockEntry[];
  readonly slots: readonly SlotEntry[];
  readonly ladders: readonly LadderEntry[];
  readonly closing: readonly ClosingEntry[];
  readonly reopening: readonly ReopeningEntry[];
  readonly noAccess: readonly NoAccessEntry[];
  readonly questions: readonly QuestionEntry[];
  readonly callbacks: readonly CallbackEntry[];
  readonly notices: readonly NoticeEntry[];
  readonly rates: readonly RateEntry[];
  readonly inspections: readonly InspectionEntry[];
  readonly temperatures: readonly TemperatureEntry[];
  readonly points: readonly PointsEntry[];
  readonly measuring: readonly MeasuringEntry[];
  readonly retention: readonly RetentionEntry[];
}

/** One edition of one pack, read and checked by schema. */
export interface Pack extends PackEntries {
  readonly id: string;
  readonly layer: Layer;
  readonly utility?: Utility;
  readonly version: string;
  /** Local day from which this edition holds. */
  readonly from: string;
  readonly name: Words;
  /** Words that name the utility itself: they tell whose complaint a complaint is. */
  readonly utilityWords: readonly string[];
  readonly holidays: Readonly<Record<string, readonly Holiday[]>>;
  readonly hash: string;
  /** Folder it came from, for messages. */
  readonly folder: string;
}

export type EntryKind = keyof PackEntries;

export const ENTRY_KINDS = [
  'types',
  'calendars',
  'quietHours',
  'seasons',
  'clocks',
  'slots',
  'ladders',
  'closing',
  'reopening',
  'noAccess',
  'questions',
  'callbacks',
  'notices',
  'rates',
  'inspections',
  'temperatures',
  'points',
  'measuring',
  'retention',
] as const satisfies readonly EntryKind[];

export const idOf = (entry: { readonly id: string } | { readonly code: string }): string =>
  'code' in entry ? entry.code : entry.id;

export type Clauses = ReadonlyMap<string, Clause>;
