import { DatabaseSync, type StatementSync } from 'node:sqlite';
import { Unavailable } from '@shouwen/engine';

export type Sql = string | number | null | Uint8Array;

/** Opens a database file in WAL mode. `FULL` syncs every commit to the disk, `NORMAL` every checkpoint only. */
export function openDatabase(file: string, synchronous: 'FULL' | 'NORMAL'): DatabaseSync {
  const db = new DatabaseSync(file);
  db.exec(`PRAGMA journal_mode = WAL; PRAGMA synchronous = ${synchronous};
    PRAGMA cache_size = -2000; PRAGMA busy_timeout = 5000; PRAGMA journal_size_limit = 67108864;`);
  return db;
}

/** Runs `work` in one transaction. A disk that is full or gone surfaces as Unavailable, with nothing written. */
export function transaction<T>(db: DatabaseSync, work: () => T): T {
  attempt(() => db.exec('BEGIN IMMEDIATE'));
  try {
    const result = work();
    attempt(() => db.exec('COMMIT'));
    return result;
  } catch (error) {
    if (db.isTransaction) db.exec('ROLLBACK');
    throw error;
  }
}

/** SQLite's own errors mean that the engine is away, never that the caller is wrong. */
export function attempt<T>(work: () => T): T {
  try {
    return work();
  } catch (error) {
    if ((error as { code?: string }).code !== 'ERR_SQLITE_ERROR') throw error;
    throw new Unavailable(`the data directory cannot be used: ${(error as Error).message}`, {
      cause: error,
    });
  }
}

export interface ArrayStatement {
  all(...values: Sql[]): Sql[][];
  get(...values: Sql[]): Sql[] | undefined;
  run(...values: Sql[]): void;
}

/** A prepared statement whose rows come as arrays: about twice as fast as objects. */
export function prepare(db: DatabaseSync, sql: string): ArrayStatement {
  const statement: StatementSync = db.prepare(sql);
  statement.setReturnArrays(true);
  const rows = statement as unknown as {
    all(...v: Sql[]): Sql[][];
    get(...v: Sql[]): Sql[] | undefined;
  };
  return {
    all: (...values) => rows.all(...values),
    get: (...values) => rows.get(...values),
    run: (...values) => void statement.run(...values),
  };
}
