// Documents of one service in one SQLite file: a table a view, a column an indexed field. What is lost with the
// power is delivered again from the log, so commits are synced at checkpoints only.
import type { DatabaseSync } from 'node:sqlite';
import {
  Fenced,
  Invalid,
  type Condition,
  type Documents,
  type Find,
  type Page,
  type Put,
  type Scalar,
  type Table,
  type Within,
} from '@shouwen/engine';
import {
  attempt,
  openDatabase,
  prepare,
  transaction,
  type ArrayStatement,
  type Sql,
} from './sqlite.js';

interface Open extends Table {
  readonly put: ArrayStatement;
  readonly remove: ArrayStatement;
  readonly get: ArrayStatement;
  readonly addItem: ArrayStatement;
  readonly removeItems: ArrayStatement;
  /** True once a document had a list in an indexed field: until then nobody looks into the table of items. */
  hasLists: boolean;
}

interface Waiting {
  readonly batch: readonly Put[];
  readonly resolve: () => void;
  readonly reject: (error: unknown) => void;
}

const quote = (name: string) => `"${name.replaceAll('"', '""')}"`;
const column = (index: string) => quote(`i:${index}`);
/** Elements of lists in indexed fields, a row each. */
const itemsOf = (table: string) => quote(`${table} items`);

export class EmbeddedDocuments implements Documents {
  private readonly db: DatabaseSync;
  private readonly open = new Map<string, Open>();
  private readonly queries = new Map<string, ArrayStatement>();
  private waiting: Waiting[] = [];

  constructor(file: string) {
    this.db = openDatabase(file, 'NORMAL');
    this.db.exec(
      'CREATE TABLE IF NOT EXISTS tables (name TEXT PRIMARY KEY, indexes TEXT NOT NULL) WITHOUT ROWID',
    );
    for (const [name, indexes] of prepare(this.db, 'SELECT name, indexes FROM tables').all())
      this.prepareTable({ name: String(name), indexes: JSON.parse(String(indexes)) as string[] });
  }

  async define(table: Table): Promise<void> {
    const known = this.open.get(table.name);
    if (known) {
      if (JSON.stringify(known.indexes) === JSON.stringify(table.indexes)) return;
      throw new Error(
        `${table.name} exists with the indexes ${known.indexes.join(', ') || 'none'}`,
      );
    }
    transaction(this.db, () => {
      const columns = table.indexes.map((index) => `, ${column(index)}`).join('');
      this.db.exec(`CREATE TABLE ${quote(table.name)} (tenant TEXT NOT NULL, id TEXT NOT NULL,
        body TEXT NOT NULL${columns}, PRIMARY KEY (tenant, id)) WITHOUT ROWID`);
      for (const index of table.indexes)
        this.db.exec(
          `CREATE INDEX ${quote(`${table.name} by ${index}`)} ON ${quote(table.name)} (tenant, ${column(index)}, id)`,
        );
      this.db
        .exec(`CREATE TABLE ${itemsOf(table.name)} (tenant TEXT NOT NULL, path TEXT NOT NULL, value,
        id TEXT NOT NULL, PRIMARY KEY (tenant, path, value, id)) WITHOUT ROWID;
        CREATE INDEX ${quote(`${table.name} items by id`)} ON ${itemsOf(table.name)} (tenant, id)`);
      prepare(this.db, 'INSERT INTO tables VALUES (?, ?)').run(
        table.name,
        JSON.stringify(table.indexes),
      );
    });
    this.prepareTable(table);
  }

  async drop(name: string): Promise<void> {
    if (!this.open.delete(name)) return;
    // A statement that was prepared for the old table must not outlive it.
    this.queries.clear();
    transaction(this.db, () => {
      this.db.exec(`DROP TABLE ${quote(name)}; DROP TABLE ${itemsOf(name)}`);
      prepare(this.db, 'DELETE FROM tables WHERE name = ?').run(name);
    });
  }

  async tables(): Promise<readonly Table[]> {
    return [...this.open.values()].map(({ name, indexes }) => ({ name, indexes }));
  }

  async get(table: string, tenant: string, id: string): Promise<object | null> {
    return parse(attempt(() => this.table(table).get.get(tenant, id)));
  }

  async getMany(table: string, keys: readonly { tenant: string; id: string }[]) {
    const { get } = this.table(table);
    return attempt(() => keys.map(({ tenant, id }) => parse(get.get(tenant, id))));
  }

  async find(table: string, tenant: string | null, find: Find): Promise<Page> {
    const { sql, values, limit, sortBy } = selectOf(this.table(table), tenant, find);
    const rows = attempt(() => this.query(sql).all(...values));
    const items = rows.slice(0, limit);
    const last = items.at(-1);
    return {
      items: items.map(parse) as object[],
      ...(rows.length > limit ? { next: cursorOf(sortBy === null ? null : last![3]!, last!) } : {}),
    };
  }

  async count(table: string): Promise<number> {
    const { name } = this.table(table);
    return attempt(() => Number(this.query(`SELECT count(*) FROM ${quote(name)}`).get()![0]));
  }

  /** Batches that wait together share one transaction; each is still written whole or not at all. */
  write(batch: readonly Put[]): Promise<void> {
    return new Promise((resolve, reject) => {
      if (this.waiting.push({ batch, resolve, reject }) === 1) setImmediate(() => this.flush());
    });
  }

  async close(): Promise<void> {
    while (this.waiting.length > 0) await new Promise<void>((next) => setImmediate(next));
    this.db.close();
  }

  private flush(): void {
    const group = this.waiting;
    this.waiting = [];
    this.writeGroup(group);
  }

  private writeGroup(group: readonly Waiting[]): void {
    try {
      const refused = transaction(this.db, () => group.map(({ batch }) => this.apply(batch)));
      group.forEach(({ resolve, reject }, i) => (refused[i] ? reject(refused[i]) : resolve()));
    } catch (error) {
      // One batch that cannot be written must not take the others with it.
      if (group.length === 1) group[0]!.reject(error);
      else for (const one of group) this.writeGroup([one]);
    }
  }

  /** Looks at all conditions first, so that a batch that is refused has written nothing. */
  private apply(batch: readonly Put[]): Fenced | null {
    for (const { table, tenant, id, ifWas } of batch) {
      if (ifWas === undefined) continue;
      const stored = this.table(table).get.get(tenant, id)?.[0] ?? null;
      if (stored !== (ifWas === null ? null : JSON.stringify(ifWas)))
        return new Fenced(`${table} ${id} was changed by somebody else`);
    }
    for (const put of batch) attempt(() => this.put(put));
    return null;
  }

  private put({ table, tenant, id, document }: Put): void {
    const open = this.table(table);
    if (open.hasLists) open.removeItems.run(tenant, id);
    if (document === null) return open.remove.run(tenant, id);
    const found = open.indexes.map((path) => valueAt(document, path));
    open.put.run(tenant, id, JSON.stringify(document), ...found.map(scalarOf));
    found.forEach((value, i) => {
      if (!Array.isArray(value)) return;
      open.hasLists = true;
      for (const item of new Set(value.map(scalarOf)))
        if (item !== null) open.addItem.run(tenant, open.indexes[i]!, item, id);
    });
  }

  private table(name: string): Open {
    const table = this.open.get(name);
    if (!table) throw new Error(`${name} is not a table here`);
    return table;
  }

  private prepareTable({ name, indexes }: Table): void {
    const places = indexes.map(() => ', ?').join('');
    this.open.set(name, {
      name,
      indexes,
      put: prepare(this.db, `INSERT OR REPLACE INTO ${quote(name)} VALUES (?, ?, ?${places})`),
      remove: prepare(this.db, `DELETE FROM ${quote(name)} WHERE tenant = ? AND id = ?`),
      get: prepare(this.db, `SELECT body FROM ${quote(name)} WHERE tenant = ? AND id = ?`),
      addItem: prepare(this.db, `INSERT OR IGNORE INTO ${itemsOf(name)} VALUES (?, ?, ?, ?)`),
      removeItems: prepare(this.db, `DELETE FROM ${itemsOf(name)} WHERE tenant = ? AND id = ?`),
      hasLists: prepare(this.db, `SELECT 1 FROM ${itemsOf(name)} LIMIT 1`).get() !== undefined,
    });
  }

  /** Filters come in few shapes, so their statements are kept; past 200 all are made anew. */
  private query(sql: string): ArrayStatement {
    const known = this.queries.get(sql);
    if (known) return known;
    if (this.queries.size >= 200) this.queries.clear();
    const made = prepare(this.db, sql);
    this.queries.set(sql, made);
    return made;
  }
}

const parse = (row: readonly Sql[] | undefined): object | null =>
  row ? (JSON.parse(String(row[0])) as object) : null;

function valueAt(document: object, path: string): unknown {
  let value: unknown = document;
  for (const part of path.split('.'))
    value = (value as Record<string, unknown> | null | undefined)?.[part];
  return value;
}

/** Text and numbers as they are, booleans as 0 and 1, anything else as null. */
function scalarOf(value: unknown): Sql {
  if (typeof value === 'boolean') return value ? 1 : 0;
  return typeof value === 'string' || typeof value === 'number' ? value : null;
}

const sqlValue = (value: Scalar): Sql => (typeof value === 'boolean' ? (value ? 1 : 0) : value);

interface Select {
  readonly sql: string;
  readonly values: Sql[];
  readonly limit: number;
  readonly sortBy: string | null;
}

type Add = (sql: string, ...values: Sql[]) => void;

function selectOf(table: Open, tenant: string | null, find: Find): Select {
  const where: string[] = [];
  const values: Sql[] = [];
  const add: Add = (sql, ...more) => {
    where.push(sql);
    values.push(...more);
  };
  filter(table, { tenant, find }, add);
  const sort = find.sort ? indexed(table, find.sort.by) : null;
  const order = find.sort?.order === 'descending' ? 'DESC' : 'ASC';
  if (find.cursor !== undefined) after(find.cursor, sort, order, add);
  const limit = Math.min(Math.max(find.limit ?? 50, 1), 1000);
  const [columns, by] = sort ? [`, ${sort}`, `${sort} ${order}, `] : ['', ''];
  const sql = `SELECT body, tenant, id${columns} FROM ${quote(table.name)}
    ${where.length ? `WHERE ${where.join(' AND ')}` : ''}
    ORDER BY ${by}id ${order}, tenant ${order} LIMIT ${limit + 1}`;
  return { sql, values, limit, sortBy: sort };
}

function filter(
  table: Open,
  { tenant, find }: { tenant: string | null; find: Find },
  add: Add,
): void {
  if (tenant !== null) add('tenant = ?', tenant);
  for (const [index, condition] of Object.entries(find.where ?? {})) {
    onField(table, { tenant, index, condition }, add);
  }
  if (find.within) withinOf(table, { tenant, within: find.within }, add);
}

interface OnField {
  readonly tenant: string | null;
  readonly index: string;
  readonly condition: Condition;
}

function onField(table: Open, { tenant, index, condition }: OnField, add: Add): void {
  const field = indexed(table, index);
  if (table.hasLists && tenant !== null && isOnItems(condition))
    eitherOf(table, { tenant, index, condition }, add);
  else conditionOf(field, condition, add);
}

function indexed(table: Open, index: string): string {
  if (table.indexes.includes(index)) return column(index);
  throw new Invalid('filter.unknown', `${index} is not a field to filter or sort by`, [
    { field: index, rule: 'isIndexed', message: `one of ${table.indexes.join(', ') || 'none'}` },
  ]);
}

function conditionOf(field: string, condition: Condition, add: Add): void {
  if ('is' in condition)
    return condition.is === null
      ? add(`${field} IS NULL`)
      : add(`${field} = ?`, sqlValue(condition.is));
  if ('in' in condition)
    return add(
      `${field} IN (SELECT value FROM json_each(?))`,
      JSON.stringify(condition.in.map(sqlValue)),
    );
  if ('prefix' in condition)
    return add(`${field} >= ? AND ${field} < ?`, condition.prefix, `${condition.prefix}\u{10ffff}`);
  if (condition.from !== undefined) add(`${field} >= ?`, sqlValue(condition.from));
  if (condition.to !== undefined) add(`${field} <= ?`, sqlValue(condition.to));
  if (condition.above !== undefined) add(`${field} > ?`, sqlValue(condition.above));
  if (condition.below !== undefined) add(`${field} < ?`, sqlValue(condition.below));
}

/** Equality, list and prefix hold for a list when they hold for one of its items. */
const isOnItems = (condition: Condition): boolean =>
  ('is' in condition && condition.is !== null) || 'in' in condition || 'prefix' in condition;

function eitherOf(
  table: Open,
  { tenant, index, condition }: { tenant: string; index: string; condition: Condition },
  add: Add,
): void {
  const own: [string, Sql[]] = ['', []];
  conditionOf(column(index), condition, (sql, ...values) => own.splice(0, 2, sql, values));
  const [items, values] = [own[0].replaceAll(column(index), 'value'), own[1]];
  add(
    `(${own[0]} OR id IN (SELECT id FROM ${itemsOf(table.name)} WHERE tenant = ? AND path = ? AND ${items}))`,
    ...values,
    tenant,
    index,
    ...values,
  );
}

function withinOf(
  table: Open,
  { tenant, within }: { tenant: string | null; within: Within },
  add: Add,
): void {
  const field = indexed(table, within.by);
  const either = [`${field} IS NULL`];
  const values: Sql[] = [];
  const or: Add = (sql, ...more) => {
    either.push(sql);
    values.push(...more);
  };
  // `/` is followed by `0` in code point order: everything between is below the unit.
  for (const unit of within.units)
    or(`${field} = ? OR (${field} > ? AND ${field} < ?)`, unit, `${unit}/`, `${unit}0`);
  if (within.or)
    onField(table, { tenant, index: within.or.by, condition: { is: within.or.is } }, or);
  add(`(${either.join(' OR ')})`, ...values);
}

type Cursor = [sort: Sql, id: string, tenant: string];

const cursorOf = (sort: Sql, [, tenant, id]: readonly Sql[]): string =>
  Buffer.from(JSON.stringify([sort, id, tenant])).toString('base64url');

/** Continues behind the last row of the page before; NULLs sort first, as SQLite does. */
function after(cursor: string, sort: string | null, order: 'ASC' | 'DESC', add: Add): void {
  const [value, id, tenant] = cursorFrom(cursor);
  const beyond = order === 'ASC' ? '>' : '<';
  const tie = `(id ${beyond} ? OR (id = ? AND tenant ${beyond} ?))`;
  if (!sort) return add(tie, id, id, tenant);
  if (value !== null) {
    const orNull = order === 'DESC' ? ` OR ${sort} IS NULL` : '';
    return add(
      `(${sort} ${beyond} ? OR (${sort} = ? AND ${tie})${orNull})`,
      value,
      value,
      id,
      id,
      tenant,
    );
  }
  const orSome = order === 'ASC' ? ` OR ${sort} IS NOT NULL` : '';
  add(`((${sort} IS NULL AND ${tie})${orSome})`, id, id, tenant);
}

function cursorFrom(text: string): Cursor {
  try {
    const [value, id, tenant] = JSON.parse(Buffer.from(text, 'base64url').toString()) as unknown[];
    const isSortable = value === null || typeof value === 'string' || typeof value === 'number';
    if (isSortable && typeof id === 'string' && typeof tenant === 'string')
      return [value, id, tenant];
  } catch {
    // Not one of ours: told below.
  }
  throw new Invalid(
    'cursor.invalid',
    'This cursor is not one that a page gave; start again without it',
    [{ field: 'cursor', rule: 'isCursor', message: 'as the page before gave it' }],
  );
}
