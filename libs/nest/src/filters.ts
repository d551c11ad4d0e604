import type { Condition, Fault, Find, Scalar, View } from '@shouwen/engine';
import { badRequest } from './problem.js';

export type QueryString = Readonly<Record<string, string | string[] | undefined>>;

export interface Asked {
  readonly find: Find;
  /** Position token: answer only once the view has read this far. */
  readonly after?: string;
}

const BOUNDS = ['from', 'to', 'below', 'above'] as const;
const PAGING = ['sort', 'limit', 'cursor', 'after'];
const MAX_LIMIT = 1000;
const MAX_VALUES = 200;

/**
 * The query string of a view: `status=open`, `status=in:open,answered`, `unit=prefix:/city/heat`,
 * `dueAt=from:…&dueAt=below:…`, `closedAt=missing:`, `is:` for a value that itself holds a colon; `sort=-dueAt`,
 * `limit`, `cursor`, `after`. Anything else is named in a 400.
 */
export function parseFind(view: Pick<View, 'indexes'>, query: QueryString): Asked {
  const faults: Fault[] = [];
  const where: Record<string, Condition> = {};
  for (const [name, value] of Object.entries(query)) {
    if (PAGING.includes(name) || value === undefined) continue;
    if (!view.indexes.includes(name)) faults.push(unknown(name, view.indexes));
    else where[name] = conditionOf(name, [value].flat(), faults);
  }
  const paging = pagingOf(view, query, faults);
  if (faults.length) throw badRequest('query.invalid', titleOf(faults), faults);
  const { after, ...rest } = paging;
  return { find: { where, ...rest }, ...(after === undefined ? {} : { after }) };
}

/** One mistake is told in the title already. */
function titleOf(faults: readonly Fault[]): string {
  if (faults.every(({ rule }) => rule === 'unknownParameter'))
    return 'The query has parameters that this address does not take.';
  const [first] = faults;
  return first && faults.length === 1
    ? first.message
    : 'Several parameters of the query are wrong; each is named with what it takes.';
}

const unknown = (field: string, indexes: readonly string[]): Fault => ({
  field,
  rule: 'unknownParameter',
  message: `Filter by ${[...indexes, ...PAGING].join(', ')}.`,
});

function pagingOf(view: Pick<View, 'indexes'>, query: QueryString, faults: Fault[]) {
  const { sort, limit, cursor, after } = Object.fromEntries(
    PAGING.map((name) => [name, single(name, query[name], faults)]),
  );
  return {
    ...(sort === undefined ? {} : sortOf(view, sort, faults)),
    ...(limit === undefined ? {} : { limit: limitOf(limit, faults) }),
    ...(cursor === undefined ? {} : { cursor }),
    ...(after === undefined ? {} : { after }),
  };
}

/** A parameter that may stand once, and not empty. */
export function single(
  field: string,
  value: string | string[] | undefined,
  faults: Fault[],
): string | undefined {
  if (value === undefined || (typeof value === 'string' && value !== '')) return value;
  faults.push({ field, rule: 'single', message: `${field} must stand once and not be empty.` });
  return undefined;
}

function sortOf(view: Pick<View, 'indexes'>, text: string, faults: Fault[]): Pick<Find, 'sort'> {
  const by = text.replace(/^-/, '');
  if (!view.indexes.includes(by)) {
    const message = `Sort by ${view.indexes.join(', ')}; with a minus before it for the reverse.`;
    faults.push({ field: 'sort', rule: 'unknownField', message });
  }
  return { sort: { by, order: text.startsWith('-') ? 'descending' : 'ascending' } };
}

function limitOf(text: string, faults: Fault[]): number {
  const limit = /^\d{1,4}$/.test(text) ? Number(text) : 0;
  if (limit < 1 || limit > MAX_LIMIT) {
    const message = `limit must be a whole number from 1 to ${MAX_LIMIT}.`;
    faults.push({ field: 'limit', rule: 'range', message });
  }
  return limit;
}

function conditionOf(field: string, values: readonly string[], faults: Fault[]): Condition {
  const parts = values.map((value) => operatorOf(value));
  const isRange = parts.every(({ operator }) => BOUNDS.some((bound) => bound === operator));
  const [first] = parts;
  if (isRange && new Set(parts.map(({ operator }) => operator)).size === parts.length)
    return Object.fromEntries(parts.map(({ operator, value }) => [operator, bound(value)]));
  if (parts.length !== 1 || !first) {
    const message = `${field} may stand more than once only as from, to, below and above.`;
    faults.push({ field, rule: 'repeated', message });
    return { in: [] };
  }
  return plainCondition(field, first, faults);
}

function plainCondition(field: string, part: Part, faults: Fault[]): Condition {
  if (part.operator === 'missing') return { is: null };
  if (part.operator === 'prefix') return { prefix: part.value };
  const values = part.operator === 'in' ? part.value.split(',') : [part.value];
  if (values.length > MAX_VALUES)
    faults.push({ field, rule: 'maxValues', message: `At most ${MAX_VALUES} values.` });
  return { in: values.flatMap(readings) };
}

interface Part {
  readonly operator: string;
  readonly value: string;
}

function operatorOf(text: string): Part {
  const [, operator, value] =
    /^(is|in|prefix|from|to|below|above|missing):([\s\S]*)$/.exec(text) ?? [];
  return operator === undefined
    ? { operator: 'is', value: text }
    : { operator, value: value ?? '' };
}

/** A query string knows text only, a document numbers and booleans too: `3` finds both 3 and "3". */
function readings(text: string): Scalar[] {
  if (text === 'true' || text === 'false') return [text, text === 'true'];
  return isNumber(text) ? [text, Number(text)] : [text];
}

const isNumber = (text: string) => /^-?(0|[1-9]\d{0,14})(\.\d{1,10})?$/.test(text);

/** Documents hold instants in UTC with milliseconds; callers may write theirs with an offset. */
function bound(text: string): Scalar {
  if (isNumber(text)) return Number(text);
  const instant = text.replace(/ (\d\d:\d\d)$/, '+$1');
  const isInstant = /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:\d\d)$/.test(instant);
  const time = isInstant ? Date.parse(instant) : Number.NaN;
  return Number.isNaN(time) ? text : new Date(time).toISOString();
}
