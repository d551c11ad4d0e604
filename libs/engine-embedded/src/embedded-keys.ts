// The keyring of the installation: one AES-256 key a data subject, wrapped by a master key that lies outside the
// logs and backups. Erasing overwrites the wrapped key with a tombstone.
import { createSecretKey, randomBytes, type KeyObject } from 'node:crypto';
import type { DatabaseSync } from 'node:sqlite';
import {
  Rejected,
  openMasterKey,
  purposeKey,
  unwrapKey,
  wrapKey,
  type Keys,
} from '@shouwen/engine';
import { attempt, openDatabase, prepare, transaction, type ArrayStatement } from './sqlite.js';

/** Unwrapped keys kept in memory at most; about 200 bytes each. */
const REMEMBERED = 10_000;

interface Waiting {
  readonly subjects: readonly string[];
  readonly resolve: (keys: ReadonlyMap<string, KeyObject>) => void;
  readonly reject: (error: unknown) => void;
}

export class EmbeddedKeys implements Keys {
  private readonly db: DatabaseSync;
  private readonly master: KeyObject;
  private readonly sql: Record<'get' | 'add' | 'erase', ArrayStatement>;
  private readonly known = new Map<string, KeyObject>();
  private waiting: Waiting[] = [];

  constructor(file: string, masterKeyFile: string) {
    this.db = openDatabase(file, 'FULL');
    this.db.exec(`PRAGMA secure_delete = ON;
      CREATE TABLE IF NOT EXISTS installation (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
      CREATE TABLE IF NOT EXISTS keys (subject TEXT PRIMARY KEY, wrapped BLOB, erased_at TEXT) WITHOUT ROWID;`);
    this.sql = {
      get: prepare(this.db, 'SELECT wrapped FROM keys WHERE subject = ?'),
      add: prepare(this.db, 'INSERT INTO keys VALUES (?, ?, NULL)'),
      erase: prepare(
        this.db,
        `INSERT INTO keys VALUES (?, NULL, ?) ON CONFLICT (subject) DO UPDATE SET wrapped = NULL,
         erased_at = excluded.erased_at WHERE wrapped IS NOT NULL`,
      ),
    };
    this.master = this.openMaster(masterKeyFile);
  }

  /** Callers that wait together share one transaction. */
  ensure(subjects: readonly string[]): Promise<ReadonlyMap<string, KeyObject>> {
    const keys = new Map<string, KeyObject>();
    for (const subject of subjects) {
      const key = this.known.get(subject);
      if (key) keys.set(subject, key);
    }
    if (keys.size === new Set(subjects).size) return Promise.resolve(keys);
    return new Promise((resolve, reject) => {
      if (this.waiting.push({ subjects, resolve, reject }) === 1) setImmediate(() => this.flush());
    });
  }

  async find(subjects: readonly string[]): Promise<ReadonlyMap<string, KeyObject | 'erased'>> {
    const found = new Map<string, KeyObject | 'erased'>();
    for (const subject of subjects) {
      const key = this.lookUp(subject);
      if (key) found.set(subject, key);
    }
    return found;
  }

  async erase(subject: string): Promise<void> {
    this.known.delete(subject);
    attempt(() => this.sql.erase.run(subject, new Date().toISOString()));
  }

  purpose(name: string): Buffer {
    return purposeKey(this.master, name);
  }

  async close(): Promise<void> {
    while (this.waiting.length) await new Promise<void>((resolve) => setImmediate(resolve));
    this.db.close();
  }

  private flush(): void {
    const group = this.waiting;
    this.waiting = [];
    const made: [string, KeyObject][] = [];
    try {
      const results = transaction(this.db, () =>
        group.map(({ subjects }) => {
          const keys = new Map<string, KeyObject>();
          for (const subject of subjects) {
            const key = this.lookUp(subject) ?? this.add(subject, made);
            if (key === 'erased') return subject;
            keys.set(subject, key);
          }
          return keys;
        }),
      );
      group.forEach(({ resolve, reject }, i) => {
        const result = results[i]!;
        if (typeof result !== 'string') resolve(result);
        else
          reject(
            new Rejected('subject.erased', 'This person was erased; record a new one instead.'),
          );
      });
    } catch (error) {
      for (const [subject] of made) this.known.delete(subject);
      for (const { reject } of group) reject(error);
    }
  }

  private add(subject: string, made: [string, KeyObject][]): KeyObject {
    const bytes = randomBytes(32);
    this.sql.add.run(subject, wrapKey(bytes, this.master, subject));
    const key = createSecretKey(bytes);
    this.remember(subject, key);
    made.push([subject, key]);
    return key;
  }

  private lookUp(subject: string): KeyObject | 'erased' | null {
    const known = this.known.get(subject);
    if (known) return known;
    const row = attempt(() => this.sql.get.get(subject));
    if (!row) return null;
    if (row[0] === null) return 'erased';
    const key = createSecretKey(unwrapKey(row[0] as Uint8Array, this.master, subject));
    this.remember(subject, key);
    return key;
  }

  private remember(subject: string, key: KeyObject): void {
    if (this.known.size >= REMEMBERED) this.known.clear();
    this.known.set(subject, key);
  }

  private openMaster(file: string): KeyObject {
    const stored = prepare(
      this.db,
      "SELECT value FROM installation WHERE name = 'master check'",
    ).get();
    const { key, check } = openMasterKey(file, stored ? String(stored[0]) : null);
    if (!stored) prepare(this.db, "INSERT INTO installation VALUES ('master check', ?)").run(check);
    return key;
  }
}
