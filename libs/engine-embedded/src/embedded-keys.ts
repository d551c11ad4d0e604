// The keyring of the installation: one AES-256 key a data subject, wrapped by a master key that lies outside the
// logs and backups. Erasing overwrites the wrapped key with a tombstone.
import {
  createCipheriv,
  createDecipheriv,
  createHmac,
  createSecretKey,
  hkdfSync,
  randomBytes,
  timingSafeEqual,
  type KeyObject,
} from 'node:crypto';
import { closeSync, existsSync, fsyncSync, openSync, readFileSync, writeSync } from 'node:fs';
import type { DatabaseSync } from 'node:sqlite';
import { Rejected, type Keys } from '@shouwen/engine';
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
    return Buffer.from(hkdfSync('sha256', this.master, '', `shouwen ${name}`, 32));
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
    this.sql.add.run(subject, wrap(bytes, this.master, subject));
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
    const key = createSecretKey(unwrap(row[0] as Uint8Array, this.master, subject));
    this.remember(subject, key);
    return key;
  }

  private remember(subject: string, key: KeyObject): void {
    if (this.known.size >= REMEMBERED) this.known.clear();
    this.known.set(subject, key);
  }

  /** The master key of this keyring; another one, or none where keys exist, is refused before anything is written. */
  private openMaster(file: string): KeyObject {
    const stored = prepare(
      this.db,
      "SELECT value FROM installation WHERE name = 'master check'",
    ).get();
    if (stored && !existsSync(file))
      throw new Error(
        `The master key ${file} is missing. Without it no personal data can be read; put the file back ` +
          `(MASTER_KEY_FILE names it) and start again.`,
      );
    if (!existsSync(file)) writeNewKey(file);
    const master = Buffer.from(readFileSync(file, 'utf8').trim(), 'base64');
    if (master.length !== 32)
      throw new Error(`${file} does not hold a master key (32 bytes in base64).`);
    const check = createHmac('sha256', master).update('shouwen master key').digest();
    if (!stored)
      prepare(this.db, "INSERT INTO installation VALUES ('master check', ?)").run(
        check.toString('hex'),
      );
    else if (!timingSafeEqual(Buffer.from(String(stored[0]), 'hex'), check))
      throw new Error(`${file} is not the master key of this data directory.`);
    return createSecretKey(master);
  }
}

function writeNewKey(file: string): void {
  const handle = openSync(file, 'wx', 0o600);
  writeSync(handle, `${randomBytes(32).toString('base64')}\n`);
  fsyncSync(handle);
  closeSync(handle);
}

function wrap(key: Buffer, master: KeyObject, subject: string): Buffer {
  const nonce = randomBytes(12);
  const cipher = createCipheriv('aes-256-gcm', master, nonce);
  cipher.setAAD(Buffer.from(subject));
  return Buffer.concat([nonce, cipher.update(key), cipher.final(), cipher.getAuthTag()]);
}

function unwrap(wrapped: Uint8Array, master: KeyObject, subject: string): Buffer {
  const cipher = createDecipheriv('aes-256-gcm', master, wrapped.subarray(0, 12));
  cipher.setAAD(Buffer.from(subject));
  cipher.setAuthTag(wrapped.subarray(-16));
  return Buffer.concat([cipher.update(wrapped.subarray(12, -16)), cipher.final()]);
}
