// The engine in one process: SQLite files in one directory that belongs to one process at a time.
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import {
  DirectTransport,
  RealTime,
  SoleLeases,
  SealedFiles,
  type Engine,
  type FileStore,
  type Store,
  type Time,
} from '@shouwen/engine';
import { DirectoryFiles } from './directory-files.js';
import { EmbeddedDocuments } from './embedded-documents.js';
import { EmbeddedKeys } from './embedded-keys.js';
import { EmbeddedLog } from './embedded-log.js';
import { TrainingTime } from './time.js';

export interface EmbeddedOptions {
  readonly directory: string;
  /** Present: training mode. `from` is the first instant of a new training clock; default now. */
  readonly training?: { readonly from?: string };
  /** Default: `master.key` in the directory. */
  readonly masterKeyFile?: string;
  /** Where files are kept; default: `files` in the directory. */
  readonly files?: FileStore;
}

/** Tenant group of the logs; one until an installation outgrows it. */
export const GROUP = 'main';

/** Opens the directory, or says in one sentence why not. */
export function openEmbeddedEngine(options: EmbeddedOptions): EmbeddedEngine {
  return new EmbeddedEngine(options);
}

export class EmbeddedEngine implements Engine {
  readonly keys: EmbeddedKeys;
  readonly files: SealedFiles;
  readonly time: Time;
  readonly transport: DirectTransport;
  readonly leases = new SoleLeases();
  private readonly lock: DatabaseSync;
  private readonly stores = new Map<string, { log: EmbeddedLog; documents: EmbeddedDocuments }>();

  constructor(private readonly options: EmbeddedOptions) {
    const { directory, training, masterKeyFile } = options;
    mkdirSync(directory, { recursive: true, mode: 0o700 });
    this.lock = lockDirectory(directory);
    try {
      this.keys = new EmbeddedKeys(
        join(directory, 'keys.db'),
        masterKeyFile ?? join(directory, 'master.key'),
      );
      this.time = training
        ? new TrainingTime(
            join(directory, 'training.json'),
            training.from ?? new Date().toISOString(),
          )
        : new RealTime();
      const store = options.files ?? new DirectoryFiles(join(directory, 'files'));
      this.files = new SealedFiles(store, this.keys, this.time);
    } catch (error) {
      this.lock.close();
      throw error;
    }
    this.transport = new DirectTransport((log) => this.logOf(log));
  }

  async open(service: string): Promise<Store> {
    return this.storeOf(service);
  }

  async close(): Promise<void> {
    await this.transport.close();
    for (const { log, documents } of this.stores.values()) {
      await log.close();
      await documents.close();
    }
    await this.keys.close();
    this.lock.close();
  }

  private storeOf(service: string) {
    const known = this.stores.get(service);
    if (known) return known;
    const file = (kind: string) => join(this.options.directory, `${service}.${GROUP}.${kind}.db`);
    const store = {
      log: new EmbeddedLog(`${service}.${GROUP}`, file('log')),
      documents: new EmbeddedDocuments(file('documents')),
    };
    this.stores.set(service, store);
    return store;
  }

  private logOf(log: string): EmbeddedLog {
    return this.storeOf(log.slice(0, -GROUP.length - 1)).log;
  }
}

/** The operating system's file lock: it falls with the process, however that ends. */
export function lockDirectory(directory: string): DatabaseSync {
  const lock = new DatabaseSync(join(directory, 'lock.db'));
  try {
    lock.exec('PRAGMA locking_mode = EXCLUSIVE; BEGIN EXCLUSIVE');
    return lock;
  } catch (error) {
    lock.close();
    throw new Error(
      `The data directory ${directory} is in use by another running process; stop that one first, or set ` +
        `DATA_DIR to another directory.`,
      { cause: error },
    );
  }
}
