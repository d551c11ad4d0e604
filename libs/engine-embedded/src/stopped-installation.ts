// A data directory that no process runs on, read as it lies: for those who carry it somewhere else.
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { DatabaseSync } from 'node:sqlite';
import {
  Refused,
  openMasterKey,
  type Begin,
  type CommitHeader,
  type LogIdentity,
  type StoredEvent,
  type Table,
} from '@shouwen/engine';
import { DirectoryFiles } from './directory-files.js';
import { GROUP, lockDirectory } from './embedded-engine.js';
import { EVENT, eventOf } from './embedded-log.js';
import { RestoredFiles, servicesIn } from './restored-files.js';
import { openDatabase, prepare, type Sql } from './sqlite.js';

export interface WholeCommit {
  readonly header: CommitHeader;
  readonly events: readonly StoredEvent[];
}

/** A document with where it stands; `body` is its exact JSON text. */
export interface KeptRow {
  readonly tenant: string;
  readonly id: string;
  readonly body: string;
}

/** A data subject's wrapped key, or the tombstone of one that was erased. */
export interface KeptKey {
  readonly subject: string;
  readonly wrapped: Uint8Array | null;
  readonly erasedAt: string | null;
}

const LOG_FILE = `.${GROUP}.log.db`;
/** Commits read at a time. */
const PAGE = 500;

export class StoppedInstallation {
  private readonly databases = new Map<string, DatabaseSync>();

  private constructor(
    private readonly directory: string,
    private readonly lock: DatabaseSync,
    readonly services: readonly string[],
  ) {}

  /** Holds the directory's lock until it is closed. Throws a sentence where it is in use or holds no installation. */
  static open(directory: string): StoppedInstallation {
    const services = servicesIn(directory);
    if (services.length === 0)
      throw new Refused(`${directory} holds no installation; DATA_DIR names another directory.`);
    return new StoppedInstallation(directory, lockDirectory(directory), services);
  }

  identity(service: string): LogIdentity {
    const [id, epoch] = this.rows(this.log(service), 'SELECT id, epoch FROM log')[0] as [
      string,
      number,
    ];
    return { id, epoch };
  }

  /** How epochs of the log began that came after the first. */
  async begins(service: string): Promise<readonly Begin[]> {
    return (await new RestoredFiles(this.directory).epochsOf(service)).begins;
  }

  head(service: string): { readonly n: number; readonly g: number } {
    const sql = 'SELECT ifnull(max(n), 0), ifnull(max(g + count - 1), 0) FROM commits';
    const [n, g] = this.rows(this.log(service), sql)[0] as [number, number];
    return { n, g };
  }

  /** Commits after number `after`, in order. */
  *commits(service: string, after = 0): Generator<WholeCommit> {
    const log = this.log(service);
    const headers = prepare(
      log,
      'SELECT n, g, count, id, at, fingerprint FROM commits WHERE n > ? ORDER BY n LIMIT ?',
    );
    const events = prepare(log, `${EVENT} WHERE g >= ? AND g < ? ORDER BY g`);
    for (let n = after; ;) {
      const page = headers.all(n, PAGE).map(headerOf);
      for (const header of page) {
        const { g, count } = header;
        yield { header, events: events.all(g, g + count).map(eventOf) };
      }
      if (page.length === 0) return;
      n = page.at(-1)!.n;
    }
  }

  tables(service: string): readonly Table[] {
    const documents = this.documents(service);
    if (!documents) return [];
    return this.rows(documents, 'SELECT name, indexes FROM tables ORDER BY name').map(
      ([name, indexes]) => ({
        name: String(name),
        indexes: JSON.parse(String(indexes)) as string[],
      }),
    );
  }

  *documentsOf(service: string, table: string): Generator<KeptRow> {
    const name = `"${table.replaceAll('"', '""')}"`;
    const statement = this.documents(service)!.prepare(
      `SELECT tenant, id, body FROM ${name} ORDER BY tenant, id`,
    );
    for (const { tenant, id, body } of statement.iterate())
      yield { tenant: String(tenant), id: String(id), body: String(body) };
  }

  count(service: string, table: string): number {
    const name = `"${table.replaceAll('"', '""')}"`;
    return Number(this.rows(this.documents(service)!, `SELECT count(*) FROM ${name}`)[0]![0]);
  }

  *keys(): Generator<KeptKey> {
    const statement = this.keyring().prepare('SELECT subject, wrapped, erased_at FROM keys');
    for (const { subject, wrapped, erased_at: erasedAt } of statement.iterate())
      yield {
        subject: String(subject),
        wrapped: wrapped as Uint8Array | null,
        erasedAt: erasedAt === null ? null : String(erasedAt),
      };
  }

  /** What tells whether a master key is this installation's. Throws Refused where the file's is another one. */
  masterCheck(masterKeyFile: string): string {
    const sql = "SELECT value FROM installation WHERE name = 'master check'";
    const [stored] = this.rows(this.keyring(), sql);
    if (!stored || !existsSync(masterKeyFile))
      throw new Refused(
        `${masterKeyFile} is not there; MASTER_KEY_FILE must name the key this installation has run with.`,
      );
    return openMasterKey(masterKeyFile, String(stored[0])).check;
  }

  /** Its sealed files; null: it never had any. */
  files(): DirectoryFiles | null {
    const folder = join(this.directory, 'files');
    return existsSync(folder) ? new DirectoryFiles(folder) : null;
  }

  /** Where its simulated clock stands; null: it runs on the real one. */
  clock(): string | null {
    const file = join(this.directory, 'training.json');
    if (!existsSync(file)) return null;
    return (JSON.parse(readFileSync(file, 'utf8')) as { now: string }).now;
  }

  /** When its first start was done; null: it never was. */
  startedAt(): string | null {
    const file = join(this.directory, 'first-start.json');
    if (!existsSync(file)) return null;
    return (JSON.parse(readFileSync(file, 'utf8')) as { finishedAt: string }).finishedAt;
  }

  close(): void {
    for (const database of this.databases.values()) database.close();
    this.lock.close();
  }

  private rows(database: DatabaseSync, sql: string): Sql[][] {
    return prepare(database, sql).all();
  }

  private keyring(): DatabaseSync {
    return this.database('keys.db');
  }

  private log(service: string): DatabaseSync {
    return this.database(service + LOG_FILE);
  }

  private documents(service: string): DatabaseSync | null {
    const file = `${service}.${GROUP}.documents.db`;
    return existsSync(join(this.directory, file)) ? this.database(file) : null;
  }

  private database(file: string): DatabaseSync {
    const known = this.databases.get(file);
    if (known) return known;
    const opened = openDatabase(join(this.directory, file), 'FULL');
    this.databases.set(file, opened);
    return opened;
  }
}

function headerOf(row: readonly Sql[]): CommitHeader {
  const [n, g, count, id, at, fingerprint] = row as [
    number,
    number,
    number,
    string,
    string,
    string | null,
  ];
  return { n, g, count, id, at, fingerprint };
}
