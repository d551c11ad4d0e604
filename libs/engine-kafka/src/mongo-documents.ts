// Documents of one service: a collection a table. Batches that wait together share one transaction; each of them is
// still written whole or not at all.
import { randomUUID } from 'node:crypto';
import type { AnyBulkWriteOperation, ClientSession, Collection, Db, MongoClient } from 'mongodb';
import {
  Fenced,
  Unavailable,
  type Documents,
  type Find,
  type Page,
  type Put,
  type Table,
} from '@shouwen/engine';
import { cursorOf, field, keptOf, keyOf, queryOf, type KeptDocument } from './document-query.js';
import { attempt, isDuplicateKey, transaction } from './mongo.js';

/** Puts in one transaction at most, unless a single batch has more. */
const GROUP = 2_000;

interface KeptTable {
  /** Name of the table. */
  readonly _id: string;
  readonly indexes: readonly string[];
  readonly collection: string;
}

interface Open extends Table {
  readonly documents: Collection<KeptDocument>;
}

interface Waiting {
  readonly batch: readonly Put[];
  readonly resolve: () => void;
  readonly reject: (error: unknown) => void;
}

export class MongoDocuments implements Documents {
  private readonly open = new Map<string, Open>();
  private readonly kept: Collection<KeptTable>;
  private waiting: Waiting[] = [];
  private flushing: Promise<void> | null = null;
  private isClosing = false;

  constructor(
    private readonly client: MongoClient,
    private readonly db: Db,
  ) {
    this.kept = db.collection('tables');
  }

  /** A table is there once its name is kept; a collection that nobody names is what a kill left behind. */
  async define(table: Table): Promise<void> {
    const known = await attempt(() => this.kept.findOne({ _id: table.name }));
    if (known) return this.use(known, table);
    const collection = `documents.${randomUUID()}`;
    const wanted: KeptTable = { _id: table.name, indexes: table.indexes, collection };
    await attempt(async () => {
      const indexes = indexesOf(table);
      if (indexes.length > 0) await this.db.collection(collection).createIndexes(indexes);
      else await this.db.createCollection(collection);
    });
    const isOurs = await attempt(() => this.keep(wanted));
    if (isOurs) return this.use(wanted, table);
    await attempt(() => this.db.collection(collection).drop());
    return this.define(table);
  }

  async drop(name: string): Promise<void> {
    const known = await attempt(() => this.kept.findOneAndDelete({ _id: name }));
    this.open.delete(name);
    if (known) await attempt(() => this.db.collection(known.collection).drop());
  }

  async tables(): Promise<readonly Table[]> {
    const kept = await attempt(() => this.kept.find().sort({ _id: 1 }).toArray());
    return kept.map(({ _id: name, indexes }) => ({ name, indexes }));
  }

  async get(table: string, tenant: string, id: string): Promise<object | null> {
    return (await this.getMany(table, [{ tenant, id }]))[0]!;
  }

  async getMany(table: string, keys: readonly { tenant: string; id: string }[]) {
    if (keys.length === 0) return [];
    const { documents } = await this.table(table);
    const wanted = keys.map(({ tenant, id }) => keyOf(tenant, id));
    const found = await attempt(() =>
      documents.find({ _id: { $in: wanted } }, { projection: { b: 1 } }).toArray(),
    );
    const texts = new Map(found.map(({ _id, b }) => [_id, b]));
    return wanted.map((key) => {
      const text = texts.get(key);
      return text === undefined ? null : (JSON.parse(text) as object);
    });
  }

  async find(name: string, tenant: string | null, find: Find): Promise<Page> {
    const table = await this.table(name);
    const { filter, sort, limit, sortBy } = queryOf(table, tenant, find);
    const rows = await attempt(() =>
      table.documents
        .find(filter, { projection: { b: 1, ...(sortBy ? { [sortBy]: 1 } : {}) } })
        .sort(sort)
        .limit(limit + 1)
        .batchSize(limit + 1)
        .toArray(),
    );
    const items = rows.slice(0, limit);
    const last = items.at(-1);
    return {
      items: items.map(({ b }) => JSON.parse(b) as object),
      ...(last && rows.length > limit
        ? { next: cursorOf(sortBy ? last[sortBy]! : null, last._id) }
        : {}),
    };
  }

  async count(table: string): Promise<number> {
    const { documents } = await this.table(table);
    return attempt(() => documents.countDocuments({}));
  }

  /** What a table's documents lie in, for those who carry all of them. */
  async collectionOf(name: string): Promise<Collection<KeptDocument>> {
    return (await this.table(name)).documents;
  }

  write(batch: readonly Put[]): Promise<void> {
    if (batch.length === 0) return Promise.resolve();
    return new Promise((resolve, reject) => {
      this.waiting.push({ batch, resolve, reject });
      this.flushing ??= this.flush();
    });
  }

  async close(): Promise<void> {
    this.isClosing = true;
    while (this.flushing) await this.flushing;
  }

  private async flush(): Promise<void> {
    try {
      await new Promise<void>((next) => setImmediate(next));
      while (this.waiting.length > 0) {
        let puts = 0;
        const end = this.waiting.findIndex(
          ({ batch }, i) => (puts += batch.length) > GROUP && i > 0,
        );
        await this.writeGroup(this.waiting.splice(0, end === -1 ? this.waiting.length : end));
      }
    } finally {
      // In the same turn as the last look: whoever comes later starts the next one.
      this.flushing = null;
    }
  }

  private async writeGroup(group: readonly Waiting[]): Promise<void> {
    try {
      const refused = await transaction(
        this.client,
        (session) =>
          this.apply(
            group.map(({ batch }) => batch),
            session,
          ),
        () => this.isClosing,
      );
      group.forEach(({ resolve, reject }, i) => (refused[i] ? reject(refused[i]) : resolve()));
    } catch (error) {
      // One batch that cannot be written must not take the others with it.
      if (group.length === 1 || error instanceof Unavailable)
        for (const { reject } of group) reject(error);
      else for (const one of group) await this.writeGroup([one]);
    }
  }

  /** Looks at all conditions first, so that a batch that is refused has written nothing. */
  private async apply(
    batches: readonly (readonly Put[])[],
    session: ClientSession,
  ): Promise<(Fenced | null)[]> {
    const texts = await this.conditional(batches.flat(), session);
    const writes = new Map<string, Map<string, Put>>();
    const refused = batches.map((batch) => {
      const wrong = batch.find(
        (put) => put.ifWas !== undefined && texts.get(placeOf(put)) !== textOf(put.ifWas),
      );
      if (wrong) return new Fenced(`${wrong.table} ${wrong.id} was changed by somebody else`);
      for (const put of batch) {
        const table = writes.get(put.table) ?? new Map<string, Put>();
        writes.set(put.table, table.set(keyOf(put.tenant, put.id), put));
        // A later batch of the group sees what this one has written.
        texts.set(placeOf(put), textOf(put.document));
      }
      return null;
    });
    for (const [name, puts] of writes) {
      const table = await this.table(name);
      const operations = [...puts.values()].map((put) => operationOf(table, put));
      await table.documents.bulkWrite(operations, { session, ordered: false });
    }
    return refused;
  }

  /** Stored texts of the documents that a put sets a condition on. */
  private async conditional(
    puts: readonly Put[],
    session: ClientSession,
  ): Promise<Map<string, string | null>> {
    const wanted = new Map<string, string[]>();
    const texts = new Map<string, string | null>();
    for (const put of puts) {
      if (put.ifWas === undefined) continue;
      wanted.set(put.table, [...(wanted.get(put.table) ?? []), keyOf(put.tenant, put.id)]);
      texts.set(placeOf(put), null);
    }
    for (const [name, keys] of wanted) {
      const { documents } = await this.table(name);
      const found = await documents
        .find({ _id: { $in: keys } }, { session, projection: { b: 1 } })
        .toArray();
      for (const { _id, b } of found) texts.set(`${name}\0${_id}`, b);
    }
    return texts;
  }

  /** False: another process was first. */
  private async keep(table: KeptTable): Promise<boolean> {
    try {
      await this.kept.insertOne(table);
      return true;
    } catch (error) {
      if (isDuplicateKey(error)) return false;
      throw error;
    }
  }

  private use({ _id: name, indexes, collection }: KeptTable, wanted: Table): void {
    if (JSON.stringify(indexes) !== JSON.stringify(wanted.indexes))
      throw new Error(`${name} exists with the indexes ${indexes.join(', ') || 'none'}`);
    this.open.set(name, { name, indexes, documents: this.db.collection(collection) });
  }

  private async table(name: string): Promise<Open> {
    const known = this.open.get(name);
    if (known) return known;
    const kept = await attempt(() => this.kept.findOne({ _id: name }));
    if (!kept) throw new Error(`${name} is not a table here`);
    this.use(kept, { name, indexes: kept.indexes });
    return this.open.get(name)!;
  }
}

/** The engine's own tables hold no lists. */
const indexesOf = ({ name, indexes }: Table) => [
  ...indexes.map((_, place) => ({ key: { t: 1, [field(place)]: 1, _id: 1 } as const })),
  ...(name.startsWith('$')
    ? []
    : [
        { key: { t: 1, l: 1, _id: 1 } as const, partialFilterExpression: { l: { $exists: true } } },
      ]),
];

const placeOf = ({ table, tenant, id }: Put): string => `${table}\0${keyOf(tenant, id)}`;
const textOf = (document: object | null): string | null =>
  document === null ? null : JSON.stringify(document);

function operationOf(
  table: Table,
  { tenant, id, document }: Put,
): AnyBulkWriteOperation<KeptDocument> {
  const filter = { _id: keyOf(tenant, id) };
  if (document === null) return { deleteOne: { filter } };
  return {
    replaceOne: { filter, replacement: keptOf(table, { tenant, id, document }), upsert: true },
  };
}
