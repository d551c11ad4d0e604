import { COUNTED } from './practice-answers.js';
import { EVIDENCE, CATEGORIES, STAGES, UTILITIES } from './standards.js';
import { LAYERS } from './pack.js';
import type { EntryKind } from './pack.js';

/** JSON Schemas of what a pack may say. Strict on purpose: an unknown key is a limit somebody thinks holds. */
const text = { type: 'string', minLength: 1 } as const;
const id = { type: 'string', pattern: '^[a-z0-9]+([.-][a-z0-9]+)*$' } as const;
const texts = { type: 'array', items: text, minItems: 1, uniqueItems: true } as const;
const count = { type: 'integer', minimum: 1 } as const;
const day = { type: 'string', pattern: '^\\d{4}-\\d\\d-\\d\\d$' } as const;
const monthDay = { type: 'string', pattern: '^\\d\\d-\\d\\d$' } as const;
const yes = { const: true } as const;
const clauses = { type: 'array', items: text, minItems: 1, uniqueItems: true } as const;
const basis = { enum: ['stated', 'derived', 'assumed', 'ours'] } as const;
const startOf = { enum: ['receipt', 'answered', 'transferred', 'finished'] } as const;
const stages = { type: 'array', items: { enum: STAGES }, uniqueItems: true } as const;
const categories = { type: 'array', items: { enum: CATEGORIES }, minItems: 1, uniqueItems: true };

const strict = (properties: Record<string, object>, optional: readonly string[] = []) => ({
  type: 'object',
  properties,
  required: Object.keys(properties).filter((key) => !optional.includes(key)),
  additionalProperties: false,
});

/** An object that says exactly one of its keys: a figure and its unit. */
const oneOf = (properties: Record<string, object>) => ({
  type: 'object',
  properties,
  minProperties: 1,
  maxProperties: 1,
  additionalProperties: false,
});

const words = strict({ en: text, zh: text });
const within = oneOf({
  minutes: count,
  hours: count,
  days: count,
  workingDays: count,
  sameWorkingDay: yes,
});
const appliesTo = strict({ types: texts, categories, zones: texts }, [
  'types',
  'categories',
  'zones',
]);
const named = { id, description: words, clauses, basis };

const entry = (properties: Record<string, object>, optional: readonly string[] = []) =>
  strict({ ...named, ...properties }, optional);

const types = strict(
  {
    code: id,
    category: { enum: CATEGORIES },
    name: words,
    needsWorkOrder: { type: 'boolean' },
    isSafety: { type: 'boolean' },
    clauses,
    words: {
      ...strict({ strong: texts, medium: texts, weak: texts }, ['strong', 'medium', 'weak']),
      minProperties: 1,
    },
    safetyWords: strict({ en: texts, zh: texts }),
  },
  ['safetyWords'],
);

const share = { type: 'number', exclusiveMinimum: 0, maximum: 1 } as const;

const ladderStep = strict({ id, after: strict({ hours: count }), post: id, clauses });

/** By kind of entry: its schema. */
export const ENTRY_SCHEMAS: Readonly<Record<EntryKind, object>> = {
  types,
  calendars: entry(
    {
      weekdays: { type: 'array', items: { type: 'integer', minimum: 1, maximum: 7 }, minItems: 1 },
      holidays: text,
      hours: texts,
    },
    ['holidays', 'hours'],
  ),
  quietHours: entry({ spans: texts, except: categories }, ['except']),
  seasons: entry({ from: monthDay, to: monthDay }),
  clocks: entry(
    {
      stage: { enum: STAGES },
      appliesTo,
      from: startOf,
      within,
      values: {
        type: 'array',
        items: strict({ from: day, until: day, within }, ['until']),
        minItems: 1,
      },
      calendar: id,
      movesPastDaysOff: yes,
      isReplacedBySlot: yes,
      warn: oneOf({
        share: { type: 'number', exclusiveMinimum: 0, exclusiveMaximum: 1 },
        minutesBefore: count,
      }),
      strategy: text,
    },
    ['within', 'values', 'calendar', 'movesPastDaysOff', 'isReplacedBySlot', 'warn', 'strategy'],
  ),
  slots: entry({ appliesTo, due: oneOf({ minutesBeforeStart: count, atEnd: yes }) }),
  ladders: strict({
    id,
    description: words,
    basis,
    appliesTo,
    from: startOf,
    steps: { type: 'array', items: ladderStep, minItems: 1 },
  }),
  closing: entry({ appliesTo, evidence: { enum: EVIDENCE } }),
  reopening: entry({ appliesTo, continues: stages, restarts: stages }),
  noAccess: entry({ appliesTo, wait: strict({ minutes: count }) }),
  questions: entry({ appliesTo, ask: words, answer: { enum: ['rating', 'yes-no', 'words'] } }),
  callbacks: entry({ appliesTo, share, by: { enum: ['contact-centre', 'supervision-office'] } }),
  notices: entry({ occasion: id, ahead: strict({ hours: count }) }),
  rates: entry(
    {
      ...{ appliesTo, numerator: { enum: COUNTED }, denominator: { enum: COUNTED } },
      ...{ per: { enum: ['day', 'month', 'season', 'year'] }, atLeast: share },
    },
    ['atLeast'],
  ),
  inspections: entry({ sheet: id, item: words, atMost: strict({ seconds: count }) }, ['atMost']),
  temperatures: entry({
    season: id,
    celsius: strict({ from: { type: 'number' }, to: { type: 'number' } }),
  }),
  points: entry({
    area: strict({ from: { type: 'number', minimum: 0 }, below: { type: 'number' } }, ['below']),
    ...{ points: count, where: words },
  }),
  measuring: entry({
    needs: { const: 'signature' },
    repeatWith: strict({ witnesses: count }),
    repeatCounts: { type: 'boolean' },
  }),
  retention: entry({ appliesTo, keep: strict({ years: count }) }),
};

/** An entry that a later layer takes away says only which, why and by which clause. */
export const WITHDRAWN_SCHEMA = strict(
  { ...named, code: id, isWithdrawn: yes, description: words },
  ['id', 'code', 'clauses', 'basis'],
);

export const PACK_SCHEMA = strict(
  {
    id,
    layer: { enum: LAYERS },
    utility: { enum: UTILITIES },
    version: { type: 'string', pattern: '^\\d+(\\.\\d+)*$' },
    from: day,
    zone: { const: 'Asia/Shanghai' },
    name: words,
  },
  ['utility'],
);

/** Which lists stand in which file. */
export const FILES: Readonly<Record<string, readonly EntryKind[]>> = {
  'types.yaml': ['types'],
  'calendar.yaml': ['calendars', 'quietHours', 'seasons'],
  'clocks.yaml': ['clocks', 'slots'],
  'ladders.yaml': ['ladders'],
  'gates.yaml': ['closing', 'reopening', 'noAccess'],
  'callbacks.yaml': ['questions', 'callbacks'],
  'notices.yaml': ['notices'],
  'rates.yaml': ['rates'],
  'inspections.yaml': ['inspections'],
  'rooms.yaml': ['temperatures', 'points', 'measuring'],
  'retention.yaml': ['retention'],
};

export const UTILITY_WORDS_SCHEMA = texts;
