import { createSecretKey, type KeyObject } from 'node:crypto';
import { DatabaseSync } from 'node:sqlite';
import { join } from 'node:path';
import { IsInt, IsISO8601, IsOptional, IsString } from 'class-validator';
import {
  defineEvent,
  encode,
  hashOf,
  type Append,
  type EventLog,
  type NewEvent,
} from '@shouwen/engine';
import {
  INSERT_COMMIT,
  INSERT_EVENT,
  LOG_SCHEMA,
  openEmbeddedEngine,
} from '@shouwen/engine-embedded';
import { inDirectory, rounds, type Figure } from './figures.js';

const AT = '2026-01-15T08:00:00.000Z';
const CALLERS = 256;

class MeasuredV1 {
  @IsString() id!: string;
  @IsString() personId!: string;
  @IsInt() value!: number;
  @IsISO8601() at!: string;
  @IsString() note!: string;
  @IsOptional() @IsString() name?: string;
  @IsOptional() @IsString() phone?: string;
  @IsOptional() @IsString() address?: string;
  @IsOptional() @IsString() text?: string;
}

const Measured = defineEvent({
  type: 'bench.measured',
  version: 1,
  visibility: 'service',
  data: MeasuredV1,
  key: 'id',
  personal: { personId: { name: 'name', phone: 'phone', address: 'address', text: 'text' } },
  says: { en: '', zh: '' },
});

/** One prepared event and the id of its commit. */
interface Row {
  readonly id: string;
  readonly event: NewEvent;
}

let count = 0;

/** Ids as commands make them: 48 bits of time first, so that they grow. */
function newId(): string {
  const time = Date.now().toString(16).padStart(12, '0');
  const rest = (++count).toString(16).padStart(12, '0');
  return `${time.slice(0, 8)}-${time.slice(8)}-8000-8000-${rest}`;
}

/** An event whose data and meta are about 500 bytes of text. */
function plainEvent(): Row {
  const id = newId();
  const stored = {
    stream: `ticket-${id}`,
    version: 1,
    id: `${id}-0`,
    type: 'bench.measured',
    v: 1,
    key: id,
    occurredAt: AT,
    recordedAt: AT,
    data: JSON.stringify({ id, personId: 'p', value: count, at: AT, note: 'x'.repeat(240) }),
    meta: JSON.stringify({ actor: '1001', tenant: 'main', correlation: id }),
  };
  return { id, event: { ...stored, hash: hashOf(stored) } };
}

function sealedEvent(keys: ReadonlyMap<string, KeyObject>): Row {
  const id = newId();
  const data = {
    id,
    personId: 'p',
    value: count,
    at: AT,
    note: 'x'.repeat(40),
    name: '张小三',
    phone: '19900001234',
    address: '明城东区一号楼二单元三零一',
    text: '家里暖气不热，已经两天了，请尽快派人来看。',
  };
  const place = {
    stream: `ticket-${id}`,
    version: 1,
    id: `${id}-0`,
    occurredAt: AT,
    recordedAt: AT,
    meta: { actor: '1001', tenant: 'main', correlation: id },
  };
  return { id, event: encode(Measured(data), Measured, place, keys) };
}

const appendOf = ({ id, event }: Row): Append => ({
  id,
  at: AT,
  fingerprint: null,
  expects: [{ stream: event.stream, version: 0 }],
  events: [event],
});

async function concurrently(log: EventLog, total: number, next: () => Append) {
  let left = total;
  const caller = async () => {
    while (left-- > 0) await log.append(next());
  };
  await Promise.all(Array.from({ length: CALLERS }, caller));
}

function inTurn(made: readonly Row[]): () => Append {
  let next = 0;
  return () => appendOf(made[next++]!);
}

/** The same rows into the same tables, `group` of them in one synchronous transaction. */
function bareLoop(db: DatabaseSync, rows: readonly Row[], group: number): void {
  const commit = db.prepare(INSERT_COMMIT);
  const insert = db.prepare(INSERT_EVENT);
  const start = Number(db.prepare('SELECT ifnull(max(n), 0) AS n FROM commits').get()!['n']);
  for (let i = 0; i < rows.length; i += group) {
    db.exec('BEGIN IMMEDIATE');
    for (let k = i; k < Math.min(i + group, rows.length); k++) {
      const { id, event: e } = rows[k]!;
      const n = start + k + 1;
      commit.run(n, n, 1, id, AT, null);
      insert.run(
        n,
        n,
        e.stream,
        e.version,
        e.id,
        e.type,
        e.v,
        e.key,
        AT,
        AT,
        e.data,
        e.meta,
        e.hash,
      );
    }
    db.exec('COMMIT');
  }
}

/** `made`: the rows of a round, as the baseline gets its own; what `measure` makes itself is measured with it. */
async function compare(options: {
  total: number;
  group: number;
  make: () => Row;
  measure: (log: EventLog, made: readonly Row[]) => Promise<void>;
}) {
  const { total, group, make, measure } = options;
  return inDirectory(async (directory) => {
    const engine = openEmbeddedEngine({ directory, training: { from: AT } });
    const { log } = await engine.open('bench');
    const db = openBare(directory, 'bare.db');
    const result = await rounds({
      measured: (made) => measure(log, made),
      prepare: () => Array.from({ length: total }, make),
      baseline: (rows) => bareLoop(db, rows, group),
      total,
    });
    db.close();
    await engine.close();
    return result;
  });
}

function openBare(directory: string, file: string): DatabaseSync {
  const db = new DatabaseSync(join(directory, file));
  db.exec(`PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; ${LOG_SCHEMA}`);
  return db;
}

/** What is left of the bare loop once it makes its events itself: no log on this thread can come out above it. */
const sealingFloor = (total: number, make: () => Row) =>
  inDirectory(async (directory) => {
    const [given, making] = [openBare(directory, 'given.db'), openBare(directory, 'making.db')];
    const prepare = () => Array.from({ length: total }, make);
    const result = await rounds({
      measured: async () => bareLoop(making, prepare(), CALLERS),
      prepare,
      baseline: (rows) => bareLoop(given, rows, CALLERS),
      total,
    });
    given.close();
    making.close();
    return result;
  });

const INDEXES = 'commits(n), commits(id), events(g), events(stream, version)';

export async function appendFigures(): Promise<Figure[]> {
  const sample = Buffer.byteLength(JSON.stringify(plainEvent().event));
  const keys = new Map([['p', createSecretKey(Buffer.alloc(32, 7))]]);
  const total = 25_600;
  const plain = await compare({
    total,
    group: CALLERS,
    make: plainEvent,
    measure: (log, made) => concurrently(log, total, inTurn(made)),
  });
  const seal = () => sealedEvent(keys);
  const sealed = await compare({
    total,
    group: CALLERS,
    make: seal,
    measure: (log) => concurrently(log, total, () => appendOf(seal())),
  });
  const floor = await sealingFloor(total, seal);
  const few = 1_500;
  const single = await compare({
    total: few,
    group: 1,
    make: plainEvent,
    measure: async (log, made) => {
      for (const row of made) await log.append(appendOf(row));
    },
  });
  const what = `${sample} bytes a row, indexes ${INDEXES}, both sides`;
  return [
    {
      id: 'N1',
      what: `append, ${CALLERS} callers; ${what}`,
      unit: 'events/s',
      target: 0.6,
      ...plain,
    },
    {
      id: 'N1 sealed',
      what: `the same with events made within: four fields encrypted under their subject's key, JSON text, hash`,
      unit: 'events/s',
      target: 0.6,
      ...sealed,
    },
    {
      id: 'N1 floor',
      what: 'a bare loop that makes, seals and hashes these events itself, against the one that is given them',
      unit: 'events/s',
      target: null,
      ...floor,
    },
    {
      id: 'N2',
      what: `append one after another; ${what}`,
      unit: 'events/s',
      target: 0.7,
      ...single,
    },
  ];
}
