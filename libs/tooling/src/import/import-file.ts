import { createReadStream } from 'node:fs';
import { basename } from 'node:path';
import { Account } from './counts.js';
import type { Rejection } from './counts.js';
import { bodyOf, fateOf, withType } from './contact.js';
import { entryReader } from './entry.js';
import type { Entry } from './entry.js';
import { idempotencyKey } from './key.js';
import { readRows } from './lines.js';
import { BadMap, columnsOf } from './map.js';
import type { ImportMap } from './map.js';
import type { Answer, Platform } from './platform.js';
import { faultsOf } from './platform.js';
import type { TrainingClock } from './training.js';

export interface ImportJob {
  /** Its name is part of every key. */
  readonly file: string;
  readonly read: ReadFile;
  readonly map: ImportMap;
  readonly platform: Platform;
  /** Present: lines go in by the order of their instants, and the clock is advanced to each. */
  readonly clock: TrainingClock | null;
  readonly inFlight: number;
  readonly onProgress: (done: number, total: number) => void;
}

export interface Imported {
  readonly account: Account;
  /** Lines per way in which their ticket type was found. */
  readonly typedBy: Readonly<Record<string, number>>;
  /** Reason by reason, what the map or an earlier run left out. */
  readonly skippedBecause: Readonly<Record<string, number>>;
}

/** Everything a file says, line by line, before any of it is sent. */
export interface ReadFile {
  readonly entries: readonly Entry[];
  readonly account: Account;
  readonly skippedBecause: Record<string, number>;
}

export async function readFile(file: string, map: ImportMap): Promise<ReadFile> {
  const account = new Account();
  const entries: Entry[] = [];
  const skippedBecause: Record<string, number> = {};
  const firstLines = new Map<string, number>();
  let read: ReturnType<typeof entryReader> | null = null;
  for await (const row of readRows(createReadStream(file))) {
    if (read === null) {
      if ('reason' in row)
        throw new BadMap([`line ${row.line} of ${file} is no header: ${row.reason}`]);
      checkHeader(map, row.fields);
      read = entryReader(map, row.fields);
      continue;
    }
    account.read();
    if ('reason' in row) {
      account.reject([{ line: row.line, field: 'line', reason: row.reason }]);
      continue;
    }
    const reading = read(row.line, row.fields);
    if ('rejected' in reading) account.reject(reading.rejected);
    else if ('skipped' in reading) skip(row.line, reading.skipped);
    else {
      const { system, id } = reading.entry;
      const source = JSON.stringify([system, id]);
      const first = firstLines.get(source);
      if (first === undefined) {
        firstLines.set(source, row.line);
        entries.push(reading.entry);
      } else skip(row.line, 'the same number on an earlier line 编号与前面的行重复');
    }
  }
  if (read === null) throw new BadMap([`${file} is empty: it has no header`]);
  return { entries, account, skippedBecause };

  function skip(line: number, because: string) {
    account.end(line, 'skipped');
    skippedBecause[because] = (skippedBecause[because] ?? 0) + 1;
  }
}

function checkHeader(map: ImportMap, header: readonly string[]): void {
  const known = new Set(header.map((column) => column.trim()));
  const missing = columnsOf(map).filter((column) => !known.has(column));
  if (missing.length)
    throw new BadMap(missing.map((column) => `the file has no column "${column}" 文件缺少该列`));
}

/** Sends one line as a contact. Told again, the platform answers from memory and nothing opens twice. */
export class Sender {
  readonly typedBy: Record<string, number> = {};
  readonly #file: string;
  readonly #map: ImportMap;
  readonly #platform: Platform;
  readonly #account: Account;
  readonly #skippedBecause: Record<string, number>;

  constructor(job: { file: string; map: ImportMap; platform: Platform }, read: ReadFile) {
    this.#file = basename(job.file);
    this.#map = job.map;
    this.#platform = job.platform;
    this.#account = read.account;
    this.#skippedBecause = read.skippedBecause;
  }

  /** Answers the tickets of the line, where it has any now. */
  async send(entry: Entry): Promise<readonly string[]> {
    const { line, occurredAt, system, id } = entry;
    const { typed, by } = await withType(entry, this.#map, this.#platform);
    const key = idempotencyKey(occurredAt, this.#file, system, id);
    const answer = await this.#platform.post('/intake/contacts', bodyOf(typed), { key });
    if (answer.isReplayed) {
      this.#skip(line, 'already in 已导入过');
      return ticketsOf(answer);
    }
    if (answer.status === 422 && answer.body['code'] === 'idempotency-key.reused')
      return this.#skip(
        line,
        'already in, and the line or the map has changed since 已导入过，内容或映射后来有改动',
      );
    if (answer.status >= 400) {
      this.#account.reject(faultsOf(answer).map((fault): Rejection => ({ line, ...fault })));
      return [];
    }
    const fate = fateOf(answer.body);
    this.#account.end(line, fate);
    if (fate === 'opened') this.typedBy[by] = (this.typedBy[by] ?? 0) + 1;
    return ticketsOf(answer);
  }

  #skip(line: number, because: string): readonly string[] {
    this.#account.end(line, 'skipped');
    this.#skippedBecause[because] = (this.#skippedBecause[because] ?? 0) + 1;
    return [];
  }
}

const ticketsOf = ({ body }: Answer): readonly string[] =>
  ((body['matters'] ?? []) as readonly { ticketId: string }[]).map(({ ticketId }) => ticketId);

export async function importFile(job: ImportJob): Promise<Imported> {
  const { clock, inFlight, onProgress, read } = job;
  const { account, skippedBecause, entries } = read;
  const sender = new Sender(job, read);
  const done = () => onProgress(ended(account), account.counts.read);
  done();
  if (clock)
    for (const entry of inOrder(entries)) {
      if (entry.occurredAt > clock.now) await clock.advance(entry.occurredAt);
      await sender.send(entry);
      done();
    }
  else
    await inParallel(entries, inFlight, async (entry) => {
      await sender.send(entry);
      done();
    });
  return { account, typedBy: sender.typedBy, skippedBecause };
}

const ended = ({ counts }: Account) =>
  counts.opened + counts.joined + counts.skipped + counts.rejected;

/** By instant; lines of one instant in the order of the file. */
export const inOrder = (entries: readonly Entry[]): Entry[] =>
  [...entries].sort((a, b) =>
    a.occurredAt === b.occurredAt ? a.line - b.line : a.occurredAt < b.occurredAt ? -1 : 1,
  );

/** At most so many at a time. The first failure stops the rest and is thrown. */
export async function inParallel<T>(
  items: readonly T[],
  limit: number,
  work: (item: T) => Promise<void>,
): Promise<void> {
  let next = 0;
  let isFailed = false;
  const worker = async () => {
    while (next < items.length && !isFailed) {
      const item = items[next++] as T;
      try {
        await work(item);
      } catch (error) {
        isFailed = true;
        throw error;
      }
    }
  };
  await Promise.all(Array.from({ length: Math.min(limit, items.length) }, worker));
}
