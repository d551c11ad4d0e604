// The log of one service in one SQLite file. Appends that wait together share one synchronous transaction (group
// commit); each of them is checked against what the earlier ones of the group have just written.
import { randomUUID } from 'node:crypto';
import type { DatabaseSync, StatementSync } from 'node:sqlite';
import {
  Conflict,
  Invalid,
  MAX_COMMIT_BYTES,
  MAX_EVENT_BYTES,
  Unavailable,
  type Append,
  type CommitHeader,
  type EventLog,
  type LogIdentity,
  type NewEvent,
  type StoredEvent,
} from '@shouwen/engine';
import {
  attempt,
  openDatabase,
  prepare,
  transaction,
  type ArrayStatement,
  type Sql,
} from './sqlite.js';

export const LOG_SCHEMA = `
  CREATE TABLE IF NOT EXISTS log (id TEXT NOT NULL, epoch INTEGER NOT NULL);
  CREATE TABLE IF NOT EXISTS commits (n INTEGER PRIMARY KEY, g INTEGER NOT NULL, count INTEGER NOT NULL,
    id TEXT NOT NULL UNIQUE, at TEXT NOT NULL, fingerprint TEXT);
  CREATE TABLE IF NOT EXISTS events (g INTEGER PRIMARY KEY, n INTEGER NOT NULL, stream TEXT NOT NULL,
    version INTEGER NOT NULL, id TEXT NOT NULL, type TEXT NOT NULL, v INTEGER NOT NULL, key TEXT NOT NULL,
    occurred_at TEXT NOT NULL, recorded_at TEXT NOT NULL, data TEXT NOT NULL, meta TEXT NOT NULL,
    hash TEXT NOT NULL, UNIQUE (stream, version));
`;
export const INSERT_COMMIT = 'INSERT OR IGNORE INTO commits VALUES (?, ?, ?, ?, ?, ?)';
export const INSERT_EVENT =
  'INSERT OR IGNORE INTO events VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)';
export const EVENT =
  'SELECT g, n, stream, version, id, type, v, key, occurred_at, recorded_at, data, meta, hash FROM events';

/** Commits that share one transaction at most; more wait for the next. */
const GROUP = 512;
/** Appends that may wait; past it the caller is told to come back. */
const WAITING = 20_000;
/** Stream versions remembered, so that most appends read nothing. */
const REMEMBERED = 10_000;

/** Newest events held in memory; about 1 KiB each. */
const TAIL = 1_024;

interface Waiting {
  readonly append: Append;
  readonly resolve: (result: { header: CommitHeader; isDuplicate: boolean }) => void;
  readonly reject: (error: unknown) => void;
}

type Outcome = { header: CommitHeader; isDuplicate: boolean } | { error: Error };

export class EmbeddedLog implements EventLog {
  readonly identity: LogIdentity;
  private readonly db: DatabaseSync;
  private readonly sql: Record<'commit' | 'event', StatementSync> &
    Record<'lookUp' | 'version' | 'stream' | 'from', ArrayStatement>;
  private n = 0;
  private g = 0;
  private waiting: Waiting[] = [];
  private isFlushing = false;
  /** The newest events, so that subscribers that keep up read no file. */
  private tail: StoredEvent[] = [];
  private readonly versions = new Map<string, number>();
  private readonly doorbells = new Set<() => void>();

  constructor(
    readonly name: string,
    file: string,
  ) {
    this.db = openDatabase(file, 'FULL');
    this.db.exec(LOG_SCHEMA);
    this.sql = {
      commit: this.db.prepare(INSERT_COMMIT),
      event: this.db.prepare(INSERT_EVENT),
      lookUp: prepare(this.db, 'SELECT n, g, count, id, at, fingerprint FROM commits WHERE id = ?'),
      version: prepare(this.db, 'SELECT max(version) FROM events WHERE stream = ?'),
      stream: prepare(this.db, `${EVENT} WHERE stream = ? AND version > ? ORDER BY version`),
      from: prepare(this.db, `${EVENT} WHERE g > ? ORDER BY g LIMIT ?`),
    };
    this.identity = this.identify();
    this.readHead();
  }

  async head() {
    return { n: this.n, g: this.g };
  }

  append(append: Append): Promise<{ header: CommitHeader; isDuplicate: boolean }> {
    return new Promise((resolve, reject) => {
      const refusal = tooLarge(append);
      if (refusal) return reject(refusal);
      if (this.waiting.length >= WAITING)
        return reject(new Unavailable('too much is waiting to be written; try again in a moment'));
      this.waiting.push({ append, resolve, reject });
      if (!this.isFlushing) {
        this.isFlushing = true;
        setImmediate(() => this.flush());
      }
    });
  }

  async lookUp(commitId: string): Promise<CommitHeader | null> {
    return attempt(() => this.find(commitId));
  }

  async readStream(stream: string, after: number): Promise<readonly StoredEvent[]> {
    if (this.versions.get(stream) === after) return [];
    return attempt(() => this.sql.stream.all(stream, after)).map(eventOf);
  }

  async read(g: number, limit: number): Promise<readonly StoredEvent[]> {
    const first = this.tail[0]?.g ?? this.g + 1;
    if (g + 1 >= first) return this.tail.slice(g + 1 - first, g + 1 - first + limit);
    return attempt(() => this.sql.from.all(g, limit)).map(eventOf);
  }

  onAppend(ring: () => void): () => void {
    this.doorbells.add(ring);
    return () => this.doorbells.delete(ring);
  }

  /** Writes what waits, then closes the file. */
  async close(): Promise<void> {
    while (this.isFlushing) await new Promise<void>((resolve) => setImmediate(resolve));
    this.db.close();
  }

  private flush(): void {
    const group = this.waiting.splice(0, GROUP);
    this.writeGroup(group);
    if (this.waiting.length > 0) setImmediate(() => this.flush());
    else this.isFlushing = false;
    for (const ring of this.doorbells) ring();
  }

  private writeGroup(group: readonly Waiting[]): void {
    const before = { n: this.n, g: this.g };
    try {
      const outcomes = transaction(this.db, () => group.map(({ append }) => this.insert(append)));
      group.forEach(({ append }, i) => this.keep(append, outcomes[i]!));
      group.forEach(({ resolve, reject }, i) => {
        const outcome = outcomes[i]!;
        if ('error' in outcome) reject(outcome.error);
        else resolve(outcome);
      });
    } catch (error) {
      // The transaction is gone: forget what it had numbered. One bad commit must not take the others with it, so
      // a group is tried once more one by one; a single one gets the error.
      Object.assign(this, before);
      this.versions.clear();
      if (group.length === 1) group[0]!.reject(error);
      else for (const one of group) this.writeGroup([one]);
    }
  }

  private insert(append: Append): Outcome {
    const { id, at, fingerprint, events } = append;
    const moved = this.movedOn(append);
    if (moved) return this.duplicateOf(id) ?? { error: moved };
    const header: CommitHeader = {
      n: this.n + 1,
      g: this.g + 1,
      count: events.length,
      id,
      at,
      fingerprint,
    };
    const { changes } = this.sql.commit.run(header.n, header.g, header.count, id, at, fingerprint);
    if (changes === 0) return this.duplicateOf(id)!;
    if (!this.insertEvents(events, header)) return { error: this.undo(header) };
    this.n = header.n;
    this.g += events.length;
    for (const { stream, version } of events) this.remember(stream, version);
    return { header, isDuplicate: false };
  }

  /** False: a stream is further on than was expected; its unique index has said so. */
  private insertEvents(events: readonly NewEvent[], { n, g }: CommitHeader): boolean {
    return events.every((e, i) => {
      const { stream, version, id, type, v, key, occurredAt, recordedAt, data, meta, hash } = e;
      return (
        this.sql.event.run(
          g + i,
          n,
          stream,
          version,
          id,
          type,
          v,
          key,
          occurredAt,
          recordedAt,
          data,
          meta,
          hash,
        ).changes === 1
      );
    });
  }

  /** Takes back what one commit of a group has written before it met its conflict. */
  private undo({ n, g, id }: CommitHeader): Conflict {
    this.db.exec(`DELETE FROM events WHERE g >= ${g}; DELETE FROM commits WHERE n = ${n}`);
    this.versions.clear();
    return new Conflict(`a stream of commit ${id} has moved on`);
  }

  private duplicateOf(id: string): Outcome | null {
    const header = this.find(id);
    return header && { header, isDuplicate: true };
  }

  /**
   * The first expectation that does not hold. A stream that is expected to be new and is not in memory is left to
   * the unique index of the events, which must look there anyhow.
   */
  private movedOn({ expects, events }: Append): Conflict | null {
    for (const { stream, version } of expects) {
      const isLeftToIndex =
        version === 0 && !this.versions.has(stream) && events.some((e) => e.stream === stream);
      if (isLeftToIndex) continue;
      const current = this.versionOf(stream);
      if (current !== version)
        return new Conflict(`${stream} is at version ${current}, expected ${version}`);
    }
    return null;
  }

  private keep({ events }: Append, outcome: Outcome): void {
    if ('error' in outcome || outcome.isDuplicate) return;
    const { n, g } = outcome.header;
    events.forEach((event, i) => this.tail.push({ g: g + i, n, ...event }));
    if (this.tail.length > 2 * TAIL) this.tail = this.tail.slice(-TAIL);
  }

  private find(commitId: string): CommitHeader | null {
    const row = this.sql.lookUp.get(commitId);
    if (!row) return null;
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

  private versionOf(stream: string): number {
    const known = this.versions.get(stream);
    if (known !== undefined) return known;
    const version = Number(this.sql.version.get(stream)?.[0] ?? 0);
    this.remember(stream, version);
    return version;
  }

  private remember(stream: string, version: number): void {
    if (this.versions.size >= REMEMBERED) this.versions.clear();
    this.versions.set(stream, version);
  }

  private identify(): LogIdentity {
    const read = () => prepare(this.db, 'SELECT id, epoch FROM log').get();
    if (!read()) prepare(this.db, 'INSERT INTO log VALUES (?, 1)').run(randomUUID());
    const [id, epoch] = read() as [string, number];
    return { id, epoch };
  }

  private readHead(): void {
    const [n, g] = prepare(
      this.db,
      'SELECT ifnull(max(n), 0), (SELECT ifnull(max(g), 0) FROM events) FROM commits',
    ).get() as [number, number];
    this.n = n;
    this.g = g;
  }
}

function tooLarge({ events }: Append): Invalid | null {
  if (events.length === 0) return new Invalid('commit.empty', 'A commit has at least one event');
  let total = 0;
  for (const { type, data, meta } of events) {
    // A text of n UTF-16 units has at most 3n bytes in UTF-8: short ones need no counting.
    const most = 3 * (data.length + meta.length);
    const bytes =
      most <= MAX_EVENT_BYTES ? most : Buffer.byteLength(data) + Buffer.byteLength(meta);
    if (bytes > MAX_EVENT_BYTES)
      return new Invalid(
        'event.too-large',
        `${type} has ${bytes} bytes, at most ${MAX_EVENT_BYTES} are kept; put large content into a file`,
      );
    total += bytes;
  }
  if (total <= MAX_COMMIT_BYTES) return null;
  total = events.reduce((sum, e) => sum + Buffer.byteLength(e.data) + Buffer.byteLength(e.meta), 0);
  return total <= MAX_COMMIT_BYTES
    ? null
    : new Invalid('commit.too-large', `The commit has ${total} bytes, at most ${MAX_COMMIT_BYTES}`);
}

export function eventOf(row: readonly Sql[]): StoredEvent {
  const [g, n, stream, version, id, type, v, key, occurredAt, recordedAt, data, meta, hash] =
    row as unknown as [
      number,
      number,
      string,
      number,
      string,
      string,
      number,
      string,
      string,
      string,
      string,
      string,
      string,
    ];
  return { g, n, stream, version, id, type, v, key, occurredAt, recordedAt, data, meta, hash };
}
