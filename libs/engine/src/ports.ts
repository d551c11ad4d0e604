import type { KeyObject } from 'node:crypto';
import type { Files } from './files-port.js';
import type { RelayStatus } from './lag.js';

/** An event as the log keeps it. `data` and `meta` are the exact JSON text; `hash` is lower-case hex SHA-256. */
export interface StoredEvent {
  readonly g: number;
  readonly n: number;
  readonly stream: string;
  readonly version: number;
  readonly id: string;
  readonly type: string;
  readonly v: number;
  readonly key: string;
  readonly occurredAt: string;
  readonly recordedAt: string;
  readonly data: string;
  readonly meta: string;
  readonly hash: string;
}

export type NewEvent = Omit<StoredEvent, 'g' | 'n'>;

export interface Append {
  /** Derived from what caused it. The same id never appends twice. */
  readonly id: string;
  /** Instant of the commit: recordedAt of its events. */
  readonly at: string;
  /** Keyed fingerprint of the request; null where no request was. */
  readonly fingerprint: string | null;
  /** Version each stream must be at, written or only read. 0: it does not exist. */
  readonly expects: readonly { readonly stream: string; readonly version: number }[];
  readonly events: readonly NewEvent[];
}

/** Where a commit stands: number, first event number, count of events. */
export interface CommitHeader {
  readonly n: number;
  readonly g: number;
  readonly count: number;
  readonly id: string;
  readonly at: string;
  readonly fingerprint: string | null;
}

export interface LogIdentity {
  readonly id: string;
  readonly epoch: number;
}

/** Dense, commit-ordered: commit n is visible only after 1..n-1. */
export interface EventLog {
  /** `<service>.<tenant group>`, e.g. `intake.main`. */
  readonly name: string;
  readonly identity: LogIdentity;
  /** Last visible commit and event number; 0 and 0 when empty. */
  head(): Promise<{ n: number; g: number }>;
  /**
   * Appends all or nothing. `isDuplicate`: the commit id was there already, nothing was written and the header is
   * the first one's. Throws Conflict, Invalid (`event.too-large`, `commit.too-large`) or Unavailable.
   */
  append(append: Append): Promise<{ header: CommitHeader; isDuplicate: boolean }>;
  lookUp(commitId: string): Promise<CommitHeader | null>;
  /** Events of a stream after version `after`, in order. */
  readStream(stream: string, after: number): Promise<readonly StoredEvent[]>;
  /** Events after number `g`, in order, at most `limit`. */
  read(g: number, limit: number): Promise<readonly StoredEvent[]>;
  /** A doorbell: rings after commits became visible. May ring for nothing. Answers how to hang up. */
  onAppend(ring: () => void): () => void;
}

export type Scalar = string | number | boolean;

/** One condition on an indexed field. `in` with an empty list finds nothing. */
export type Condition =
  | { readonly is: Scalar | null }
  | { readonly in: readonly Scalar[] }
  | { readonly prefix: string }
  | {
      readonly from?: Scalar;
      readonly to?: Scalar;
      readonly below?: Scalar;
      readonly above?: Scalar;
    };

/** Unit paths: the indexed field is one of them, lies below one, or is not set. */
export interface Within {
  readonly by: string;
  readonly units: readonly string[];
  /** Wherever it lies, another indexed field is this value, or a list with it. */
  readonly or?: { readonly by: string; readonly is: Scalar };
}

export interface Find {
  /** Indexed field → condition; all must hold. */
  readonly where?: Readonly<Record<string, Condition>>;
  readonly within?: Within;
  /** Indexed field; ties are ordered by id. Absent: by id. */
  readonly sort?: { readonly by: string; readonly order: 'ascending' | 'descending' };
  /** 1 to 1,000; default 50. */
  readonly limit?: number;
  readonly cursor?: string;
}

export interface Page<Document extends object = object> {
  readonly items: readonly Document[];
  /** Hand back as `cursor` for the next page; absent on the last one. */
  readonly next?: string;
}

export interface Put {
  readonly table: string;
  readonly tenant: string;
  readonly id: string;
  /** The document; null removes it. */
  readonly document: object | null;
  /** Present: only if the stored document is this one (null: not there), else the whole batch throws Fenced. */
  readonly ifWas?: object | null;
}

export interface Table {
  readonly name: string;
  readonly indexes: readonly string[];
}

/** Documents of views and of the engine itself. A batch commits together or not at all. */
export interface Documents {
  /** Makes the table if it is missing. Other indexes under the same name throw. */
  define(table: Table): Promise<void>;
  drop(table: string): Promise<void>;
  tables(): Promise<readonly Table[]>;
  get(table: string, tenant: string, id: string): Promise<object | null>;
  getMany(
    table: string,
    keys: readonly { tenant: string; id: string }[],
  ): Promise<readonly (object | null)[]>;
  /** `tenant` null: over all tenants (the engine's own tables). */
  find(table: string, tenant: string | null, find: Find): Promise<Page>;
  count(table: string): Promise<number>;
  write(batch: readonly Put[]): Promise<void>;
}

/** A batch of one partition, in order. `previous`: number of the event before the first one in that partition. */
export interface Delivery {
  readonly log: string;
  readonly identity: LogIdentity;
  readonly partition: number;
  readonly previous: number;
  readonly events: readonly StoredEvent[];
  /** Where the transport finds each event again: kept with the position and handed back. */
  readonly places?: readonly string[];
}

/** Where a consumer stands in a partition: the last event that is done, and its place if one was given. */
export interface Standing {
  readonly g: number;
  readonly place?: string;
}

/** Carries public events of one service's log to others. */
export interface Transport {
  /**
   * Delivers from `position(partition)` on, batch after batch, each only after the last one's promise resolved.
   * A rejected promise pauses that partition and delivers again. Answers how to stop.
   */
  consume(
    log: string,
    subscription: string,
    position: (partition: number) => Promise<Standing>,
    deliver: (delivery: Delivery) => Promise<void>,
  ): Promise<{ stop(): Promise<void> }>;
  /**
   * Where each partition of a log ends now, and which log it is; no partition while nobody has heard of it. `making`:
   * places in what the log was carried into begin with it. Made anew, it may still lack what consumers have seen.
   */
  heads(log: string): Promise<{
    readonly identity: LogIdentity;
    readonly ends: ReadonlyMap<number, number>;
    readonly making?: string;
  }>;
  /**
   * When the oldest event behind a consumer's standings, by partition, was recorded; null where nothing is behind.
   * A partition without a standing has not been read at all.
   */
  behindSince(log: string, standings: ReadonlyMap<number, Standing>): Promise<string | null>;
  /** How far each published log has been carried; none where others read the log itself. */
  relayStatus(): Promise<readonly RelayStatus[]>;
  /** What the service that owns a log does to let others have it. */
  publish(log: EventLog): Promise<void>;
  /** True when others can have all that a published log has now. */
  isPublished(log: EventLog): Promise<boolean>;
}

/** One keyring per installation; the only store that services share. */
export interface Keys {
  /** Keys of subjects, made and durable where missing. Throws Rejected `subject.erased`. */
  ensure(subjects: readonly string[]): Promise<ReadonlyMap<string, KeyObject>>;
  /** Keys of subjects; `erased` is a tombstone. Throws Unavailable when the keyring cannot be read. */
  find(subjects: readonly string[]): Promise<ReadonlyMap<string, KeyObject | 'erased'>>;
  erase(subject: string): Promise<void>;
  /** A key of the installation for one purpose (`blind`, `fingerprint`, `token`), derived from the master key. */
  purpose(name: string): Buffer;
}

/** The source of time: the machine's, or the simulated one of training mode. */
export interface Time {
  readonly mode: 'real' | 'training';
  /** Milliseconds since 1970-01-01T00:00:00Z. */
  now(): number;
  /** Calls back once at or after the instant (ms). Answers how to cancel. */
  wake(at: number, ring: () => void): () => void;
}

/** Work that one process at a time does, although several could. */
export interface LeasedWork {
  /** Works of one group are shared out among the processes that want any of it. */
  readonly group: string;
  readonly name: string;
  /** Works until the signal. Where it ends of itself, it is started again. */
  readonly run: (signal: AbortSignal) => Promise<void>;
}

export interface Holding {
  /** True when the first look gave the lease to this process. */
  readonly decided: Promise<boolean>;
  /** Ends the work and lets somebody else have it. */
  stop(): Promise<void>;
}

/**
 * Who of several processes does a piece of work. Nothing rests on it: checkpoints are conditional, so whoever lost its
 * lease without knowing writes nothing.
 */
export interface Leases {
  hold(work: LeasedWork): Holding;
  /** True when some process had it at the last look. */
  isHeld(name: string): boolean;
  /** Brings a wanted work here and keeps it until the answer is called. Throws Unavailable if nobody hands it over. */
  claim(name: string): Promise<() => void>;
}

export interface Store {
  readonly log: EventLog;
  readonly documents: Documents;
}

export interface Engine {
  open(service: string): Promise<Store>;
  readonly transport: Transport;
  readonly keys: Keys;
  readonly files: Files;
  readonly time: Time;
  readonly leases: Leases;
  /** Stops cleanly: what was accepted is written, files are closed, the lock is released. */
  close(): Promise<void>;
}
