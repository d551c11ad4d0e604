// Databases that take over an installation which ran elsewhere. Everything is written under the key it had, so that
// what was written already is written again or passed over; nobody can start on it before all is there.
import { Binary, type Collection, type Db } from 'mongodb';
import {
  Refused,
  openMasterKey,
  type Begin,
  type CommitHeader,
  type LogIdentity,
  type StoredEvent,
  type Table,
} from '@shouwen/engine';
import { COMMIT_INDEXES, commitOf, eventsOf, headerOf, type Commit } from './commits.js';
import { keptOf, type KeptDocument } from './document-query.js';
import { Installation } from './installation.js';
import { attempt } from './mongo.js';
import { MongoFiles } from './mongo-files.js';

/** Commits and documents written at a time, and the most bytes of them. */
const PAGE = 500;
const BYTES = 8 * 1024 * 1024;

export interface LogOf extends LogIdentity {
  readonly service: string;
}

interface Migration {
  readonly _id: string;
  readonly logs: readonly LogOf[];
  readonly finishedAt: string | null;
}

export interface KeptKey {
  readonly subject: string;
  readonly wrapped: Uint8Array | null;
  readonly erasedAt: string | null;
}

const MARK = 'from a data directory';

const marksOf = (common: Db): Collection<Migration> => common.collection<Migration>('migration');

/** Half of an installation must not begin to work. */
export async function refuseHalf(common: Db): Promise<void> {
  const mark = await attempt(() => marksOf(common).findOne({ _id: MARK }));
  if (mark && mark.finishedAt === null)
    throw new Refused(
      'The migration to these databases is not finished; run npm run shouwen -- migrate again until it says so.',
    );
}

export class MigrationTarget {
  private readonly tables = new Map<string, { table: Table; kept: Collection<KeptDocument> }>();

  private constructor(private readonly installation: Installation) {}

  /** Connects, proves what the log rests on, and makes sure that nobody works there. Throws Refused. */
  static async open(mongo: { url: string; prefix?: string }): Promise<MigrationTarget> {
    const installation = await Installation.open(mongo);
    try {
      await installation.refuseRunning();
      return new MigrationTarget(installation);
    } catch (error) {
      await installation.close();
      throw error;
    }
  }

  /** Where a migration of these logs stands. Throws Refused where something else is there. */
  async begin(logs: readonly LogOf[]): Promise<'new' | 'begun' | 'finished'> {
    const marks = marksOf(this.installation.common);
    const mark = await attempt(() => marks.findOne({ _id: MARK }));
    if (mark) {
      if (JSON.stringify(mark.logs) !== JSON.stringify(logs))
        throw new Refused(
          `${this.name} holds what came from another installation; set MONGO_PREFIX to another name.`,
        );
      return mark.finishedAt === null ? 'begun' : 'finished';
    }
    const [other] = await this.installation.services();
    if (other !== undefined)
      throw new Refused(
        `${this.name} holds another log of ${other} already; set MONGO_PREFIX to another name.`,
      );
    await attempt(() => marks.insertOne({ _id: MARK, logs, finishedAt: null }));
    return 'new';
  }

  async finish(at: string): Promise<void> {
    const marks = marksOf(this.installation.common);
    await attempt(() => marks.updateOne({ _id: MARK }, { $set: { finishedAt: at } }));
  }

  /** The master key stays the same. Throws Refused where the file holds another one. */
  async takeKeys(
    masterCheck: string,
    masterKeyFile: string,
    keys: Iterable<KeptKey>,
  ): Promise<number> {
    openMasterKey(masterKeyFile, masterCheck);
    const { keyring } = this.installation;
    await attempt(() =>
      keyring
        .collection<{ _id: string; value: string }>('installation')
        .updateOne({ _id: 'master check' }, { $set: { value: masterCheck } }, { upsert: true }),
    );
    const kept = keyring.collection<{ _id: string; wrapped: Binary | null; erasedAt: Date | null }>(
      'keys',
    );
    let count = 0;
    for (const page of pages(keys, ({ wrapped }) => wrapped?.length ?? 0)) {
      const writes = page.map(({ subject: _id, wrapped, erasedAt }) => ({
        replaceOne: {
          filter: { _id },
          replacement: {
            wrapped: wrapped && new Binary(wrapped),
            erasedAt: erasedAt === null ? null : new Date(erasedAt),
          },
          upsert: true,
        },
      }));
      await attempt(() => kept.bulkWrite(writes, { ordered: false }));
      count += page.length;
    }
    return count;
  }

  async *keys(): AsyncGenerator<KeptKey> {
    const kept = this.installation.keyring.collection<{
      _id: string;
      wrapped: Binary | null;
      erasedAt: Date | null;
    }>('keys');
    for await (const { _id: subject, wrapped, erasedAt } of kept.find())
      yield {
        subject,
        wrapped: wrapped && wrapped.buffer,
        erasedAt: erasedAt && erasedAt.toISOString(),
      };
  }

  /** Gives the log its identity and indexes; answers its last commit. */
  async prepareLog(
    { service, id, epoch }: LogOf,
    begins: readonly Begin[],
  ): Promise<CommitHeader | null> {
    const db = this.installation.database(service);
    const identities = db.collection<LogIdentity & { _id: string; begins: readonly Begin[] }>(
      'log',
    );
    const kept = { $set: { id, epoch, begins } };
    await attempt(() => identities.updateOne({ _id: 'identity' }, kept, { upsert: true }));
    const commits = this.commitsIn(service);
    await attempt(() => commits.createIndexes(COMMIT_INDEXES.map((index) => ({ ...index }))));
    const last = await attempt(() =>
      commits.findOne({}, { sort: { _id: -1 }, readConcern: { level: 'local' } }),
    );
    return last && headerOf(last);
  }

  /** Adds commits behind the last one, in order. Told after each page how many are there. */
  async takeCommits(
    { service, epoch }: LogOf,
    commits: Iterable<{ header: CommitHeader; events: readonly StoredEvent[] }>,
    { after, told }: { after: CommitHeader | null; told: (n: number) => void },
  ): Promise<void> {
    const kept = this.commitsIn(service);
    let previous = after?.id ?? null;
    const sizeOf = ({ events }: { events: readonly StoredEvent[] }) =>
      events.reduce((sum, { data, meta }) => sum + data.length + meta.length, 0);
    for (const page of pages(commits, sizeOf)) {
      const documents = page.map(({ header: { n, g, id, at, fingerprint }, events }) => {
        const append = { id, at, fingerprint, events: events.map(bare), expects: [] };
        const commit = commitOf(append, { n, g, previous, epoch });
        previous = id;
        return commit;
      });
      await attempt(() => kept.insertMany(documents, { ordered: true }));
      told(documents.at(-1)!._id);
    }
  }

  async *commits(
    service: string,
  ): AsyncGenerator<{ header: CommitHeader; events: readonly StoredEvent[] }> {
    const found = this.commitsIn(service).find().sort({ _id: 1 }).batchSize(PAGE);
    for await (const commit of found) yield { header: headerOf(commit), events: eventsOf(commit) };
  }

  /** Makes the table where it is missing. */
  async prepareTable(service: string, table: Table): Promise<void> {
    const documents = this.installation.documents(service);
    await documents.define(table);
    const kept = await documents.collectionOf(table.name);
    this.tables.set(`${service} ${table.name}`, { table, kept });
  }

  async takeDocuments(
    service: string,
    name: string,
    rows: Iterable<{ tenant: string; id: string; body: string }>,
  ): Promise<void> {
    const { table, kept } = this.tables.get(`${service} ${name}`)!;
    for (const page of pages(rows, ({ body }) => body.length)) {
      const writes = page.map(({ tenant, id, body }) => {
        const replacement = keptOf(table, { tenant, id, document: JSON.parse(body) as object });
        const { _id } = replacement;
        return { replaceOne: { filter: { _id }, replacement, upsert: true } };
      });
      await attempt(() => kept.bulkWrite(writes, { ordered: false }));
    }
  }

  async *documentsOf(
    service: string,
    name: string,
  ): AsyncGenerator<{ tenant: string; id: string; body: string }> {
    const { kept } = this.tables.get(`${service} ${name}`)!;
    for await (const { _id, t, b } of kept.find({}, { projection: { t: 1, b: 1 } }))
      yield { tenant: t, id: _id.slice(0, -t.length - 1), body: b };
  }

  files(): Promise<MongoFiles> {
    return MongoFiles.open(this.installation.files);
  }

  /** Where the simulated clock of an installation that trains stands. */
  async takeClock(at: string): Promise<void> {
    const clocks = this.installation.common.collection<{ _id: string; now: number }>('clock');
    await attempt(() =>
      clocks.updateOne({ _id: 'clock' }, { $set: { now: Date.parse(at) } }, { upsert: true }),
    );
  }

  async close(): Promise<void> {
    await this.installation.close();
  }

  private get name(): string {
    return `MongoDB (MONGO_PREFIX ${this.installation.prefix})`;
  }

  private commitsIn(service: string): Collection<Commit> {
    return this.installation.database(service).collection<Commit>('commits');
  }
}

const bare = ({ g: _g, n: _n, ...event }: StoredEvent) => event;

/** Pages that are bounded in number and in bytes. */
function* pages<T>(all: Iterable<T>, bytesOf: (one: T) => number): Generator<T[]> {
  let page: T[] = [];
  let bytes = 0;
  for (const one of all) {
    page.push(one);
    bytes += bytesOf(one);
    if (page.length < PAGE && bytes < BYTES) continue;
    yield page;
    page = [];
    bytes = 0;
  }
  if (page.length > 0) yield page;
}
