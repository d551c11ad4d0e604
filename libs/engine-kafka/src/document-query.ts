// A find of the port as MongoDB understands it. Documents are kept as text; what is declared as an index stands beside
// it in fields of our own names, so that no name or value of a document ever reaches the query language.
import type { Filter } from 'mongodb';
import { Invalid, type Condition, type Find, type Scalar, type Table } from '@shouwen/engine';

export interface KeptDocument {
  /** Id, NUL, tenant: by id, ties by tenant. */
  readonly _id: string;
  /** Tenant. */
  readonly t: string;
  /** The document's exact JSON text. */
  readonly b: string;
  /** Items of lists in indexed fields, each with the place of its index; absent where there are none. */
  readonly l?: readonly string[];
  /** `i0`, `i1`, …: values of indexed fields; null for what is neither text nor number. */
  readonly [index: `i${number}`]: Value;
}

export type Value = string | number | null;
type Clause = Filter<KeptDocument>;
type Direction = 1 | -1;

const LAST = '\u{10ffff}';

export const keyOf = (tenant: string, id: string): string => `${id}\0${tenant}`;
export const field = (place: number): `i${number}` => `i${place}`;

/** Text and numbers as they are, booleans as 0 and 1, anything else as null. */
export function scalarOf(value: unknown): Value {
  if (typeof value === 'boolean') return value ? 1 : 0;
  return typeof value === 'string' || typeof value === 'number' ? value : null;
}

/** One list item in the common index of items. */
export const itemOf = (place: number, value: string | number): string =>
  typeof value === 'string' ? `${place} text ${value}` : `${place} number ${value}`;

export function keptOf(
  { indexes }: Table,
  { tenant, id, document }: { tenant: string; id: string; document: object },
): KeptDocument {
  const values: Record<`i${number}`, Value> = {};
  const items = new Set<string>();
  indexes.forEach((path, place) => {
    const value = valueAt(document, path);
    values[field(place)] = scalarOf(value);
    if (!Array.isArray(value)) return;
    for (const item of value.map(scalarOf)) if (item !== null) items.add(itemOf(place, item));
  });
  return {
    _id: keyOf(tenant, id),
    t: tenant,
    b: JSON.stringify(document),
    ...(items.size ? { l: [...items] } : {}),
    ...values,
  };
}

function valueAt(document: object, path: string): unknown {
  let value: unknown = document;
  for (const part of path.split('.'))
    value = (value as Record<string, unknown> | null | undefined)?.[part];
  return value;
}

export interface Query {
  readonly filter: Filter<KeptDocument>;
  readonly sort: Record<string, Direction>;
  readonly limit: number;
  /** Field that is sorted by; null: by id. */
  readonly sortBy: `i${number}` | null;
}

export function queryOf(table: Table, tenant: string | null, find: Find): Query {
  const clauses: Clause[] = [];
  if (tenant !== null) clauses.push({ t: tenant });
  for (const [index, condition] of Object.entries(find.where ?? {}))
    clauses.push(conditionOf(table, index, condition));
  if (find.within) clauses.push(withinOf(table, find.within));
  const sortBy = find.sort ? field(placeOf(table, find.sort.by)) : null;
  const direction = find.sort?.order === 'descending' ? -1 : 1;
  if (find.cursor !== undefined) clauses.push(after(find.cursor, sortBy, direction));
  return {
    filter: clauses.length ? { $and: clauses } : {},
    sort: { ...(sortBy ? { [sortBy]: direction } : {}), _id: direction },
    limit: Math.min(Math.max(find.limit ?? 50, 1), 1000),
    sortBy,
  };
}

function placeOf({ indexes }: Table, index: string): number {
  const place = indexes.indexOf(index);
  if (place >= 0) return place;
  throw new Invalid('filter.unknown', `${index} is not a field to filter or sort by`, [
    { field: index, rule: 'isIndexed', message: `one of ${indexes.join(', ') || 'none'}` },
  ]);
}

const clause = (name: string, condition: unknown): Clause => ({ [name]: condition }) as Clause;

/** Equality, list and prefix hold for a list when they hold for one of its items. */
function conditionOf(table: Table, index: string, condition: Condition): Clause {
  const place = placeOf(table, index);
  const name = field(place);
  if ('is' in condition) {
    if (condition.is === null) return clause(name, null);
    const value = scalarOf(condition.is)!;
    return either(table, clause(name, value), clause('l', itemOf(place, value)));
  }
  if ('in' in condition) {
    const values = condition.in.map((value) => scalarOf(value)!);
    const items = values.map((value) => itemOf(place, value));
    return either(table, clause(name, { $in: values }), clause('l', { $in: items }));
  }
  if ('prefix' in condition) {
    const [own, item] = [condition.prefix, itemOf(place, condition.prefix)];
    return either(
      table,
      clause(name, { $gte: own, $lt: `${own}${LAST}` }),
      clause('l', { $elemMatch: { $gte: item, $lt: `${item}${LAST}` } }),
    );
  }
  return clause(name, rangeOf(condition));
}

function rangeOf(range: { from?: Scalar; to?: Scalar; above?: Scalar; below?: Scalar }): object {
  const { from, to, above, below } = range;
  return {
    ...(from === undefined ? {} : { $gte: scalarOf(from) }),
    ...(to === undefined ? {} : { $lte: scalarOf(to) }),
    ...(above === undefined ? {} : { $gt: scalarOf(above) }),
    ...(below === undefined ? {} : { $lt: scalarOf(below) }),
    // Without a bound: what has a value at all.
    ...([from, to, above, below].every((one) => one === undefined) ? { $exists: true } : {}),
  };
}

/** The engine's own tables hold no lists. */
const either = ({ name }: Table, own: Clause, item: Clause): Clause =>
  name.startsWith('$') ? own : ({ $or: [own, item] } as Clause);

function withinOf(table: Table, { by, units, or }: NonNullable<Find['within']>): Clause {
  const name = field(placeOf(table, by));
  const each = units.flatMap((unit) => [
    clause(name, unit),
    // `/` is followed by `0` in code point order: everything between is below the unit.
    clause(name, { $gt: `${unit}/`, $lt: `${unit}0` }),
  ]);
  const wherever = or ? [conditionOf(table, or.by, { is: or.is })] : [];
  return { $or: [clause(name, null), ...each, ...wherever] } as Clause;
}

type Cursor = [sort: Value, key: string];

export const cursorOf = (sort: Value, key: string): string =>
  Buffer.from(JSON.stringify([sort, key])).toString('base64url');

/** Continues behind the last row of the page before. Absent comes first, then numbers, then text. */
function after(cursor: string, sortBy: string | null, direction: Direction): Clause {
  const [value, key] = cursorFrom(cursor);
  const beyond = direction === 1 ? '$gt' : '$lt';
  if (!sortBy) return clause('_id', { [beyond]: key });
  const tie = { [sortBy]: value, _id: { [beyond]: key } };
  return { $or: [tie, ...beyondValue(sortBy, value, direction)] } as Clause;
}

/** Comparisons stay within one type in MongoDB, so the types behind it are named. */
function beyondValue(sortBy: string, value: Value, direction: Direction): object[] {
  const isText = typeof value === 'string';
  if (direction === 1) {
    if (value === null) return [{ [sortBy]: { $ne: null } }];
    const texts = isText ? [] : [{ [sortBy]: { $type: 'string' } }];
    return [{ [sortBy]: { $gt: value } }, ...texts];
  }
  if (value === null) return [];
  const numbers = isText ? [{ [sortBy]: { $type: 'number' } }] : [];
  return [{ [sortBy]: { $lt: value } }, ...numbers, { [sortBy]: null }];
}

function cursorFrom(text: string): Cursor {
  try {
    const [value, key] = JSON.parse(Buffer.from(text, 'base64url').toString()) as unknown[];
    const isSortable = value === null || typeof value === 'string' || typeof value === 'number';
    if (isSortable && typeof key === 'string') return [value, key];
  } catch {
    // Not one of ours: told below.
  }
  throw new Invalid(
    'cursor.invalid',
    'This cursor is not one that a page gave; start again without it',
    [{ field: 'cursor', rule: 'isCursor', message: 'as the page before gave it' }],
  );
}
