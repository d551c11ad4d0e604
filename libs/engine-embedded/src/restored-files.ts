// Epochs of logs in a data directory. How an epoch began is kept twice, with the log and beside all of them: a copy that
// is put back later knows nothing of what was accepted after it was made.
import {
  closeSync,
  existsSync,
  fsyncSync,
  openSync,
  readFileSync,
  readdirSync,
  renameSync,
  writeSync,
} from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import type { Begin, Epochs, RestoredLogs } from '@shouwen/engine';
import { GROUP } from './embedded-engine.js';
import { openDatabase, prepare, transaction } from './sqlite.js';

const LOG_FILE = `.${GROUP}.log.db`;
const BESIDE = 'epochs.json';

type Beside = Readonly<Record<string, readonly Begin[]>>;

/** The directory's lock is held by the engine that was opened on it. */
export class RestoredFiles implements RestoredLogs {
  constructor(private readonly directory: string) {}

  async services(): Promise<readonly string[]> {
    return servicesIn(this.directory);
  }

  async epochsOf(service: string): Promise<Epochs> {
    return this.with(service, (log) => {
      const [id, epoch] = prepare(log, 'SELECT id, epoch FROM log').get() as [string, number];
      const known = new Map<number, Begin>();
      for (const row of prepare(log, 'SELECT epoch, of, g FROM begins').all()) {
        const [number, of, g] = row as [number, number, number];
        known.set(number, { epoch: number, of, g });
      }
      for (const begin of this.beside[service] ?? []) known.set(begin.epoch, begin);
      return { identity: { id, epoch }, begins: [...known.values()] };
    });
  }

  async remembered(): Promise<null> {
    return null;
  }

  async begin(service: string, begin: Begin): Promise<void> {
    const { begins } = await this.epochsOf(service);
    const all = [...begins.filter(({ epoch }) => epoch !== begin.epoch), begin];
    this.keepBeside({ ...this.beside, [service]: all });
    this.with(service, (log) =>
      transaction(log, () => {
        const add = prepare(log, 'INSERT OR REPLACE INTO begins VALUES (?, ?, ?)');
        for (const { epoch, of, g } of all) add.run(epoch, of, g);
        prepare(log, 'UPDATE log SET epoch = ?').run(begin.epoch);
      }),
    );
  }

  private with<T>(service: string, work: (log: DatabaseSync) => T): T {
    const log = openDatabase(join(this.directory, service + LOG_FILE), 'FULL');
    try {
      log.exec(
        'CREATE TABLE IF NOT EXISTS begins (epoch INTEGER PRIMARY KEY, of INTEGER NOT NULL, g INTEGER NOT NULL)',
      );
      return work(log);
    } finally {
      log.close();
    }
  }

  private get beside(): Beside {
    const file = join(this.directory, BESIDE);
    return existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as Beside) : {};
  }

  private keepBeside(all: Beside): void {
    const file = join(this.directory, BESIDE);
    const handle = openSync(`${file}.new`, 'w', 0o600);
    writeSync(handle, JSON.stringify(all));
    fsyncSync(handle);
    closeSync(handle);
    renameSync(`${file}.new`, file);
  }
}

/** Names of the services that have a log in a directory. */
export const servicesIn = (directory: string): readonly string[] =>
  existsSync(directory)
    ? readdirSync(directory)
        .filter((file) => file.endsWith(LOG_FILE))
        .map((file) => file.slice(0, -LOG_FILE.length))
        .sort()
    : [];
