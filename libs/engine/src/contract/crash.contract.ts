// Kills processes that work under load, each time one of them, at random points, and counts afterwards: what was
// acknowledged is there, and nothing happened twice. `CRASHES=100` for the long run.
import { spawn, type ChildProcess } from 'node:child_process';
import { EventEmitter, once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { expect, it } from '@jest/globals';
import type { StoredEvent } from '../ports.js';
import type { OpenEngine } from './world.js';

const CRASHES = Number(process.env['CRASHES'] ?? 5);
/** Notes that are new in each round, and how many of them may be acknowledged before a kill at most. */
const NOTES = 60;
const LATEST = 40;
/** The last so many acknowledged notes are asked for again. */
const AGAIN = 16;
/** Calls that one kill may have caught in flight. */
const IN_FLIGHT = 64;
const FROM = '2026-01-15T08:00:00.000Z';

export interface CrashOptions {
  /** A script that calls `crashProcess` with this engine. */
  readonly script: string;
  /** The services of each process, with commas between them. */
  readonly processes: readonly ('desk' | 'shelf' | 'desk,shelf')[];
  readonly openEngine: OpenEngine;
}

export function crashContract({ script, processes, openEngine }: CrashOptions): void {
  it(
    `loses nothing that was acknowledged and repeats nothing over ${CRASHES} kills`,
    async () => {
      const directory = mkdtempSync(join(tmpdir(), 'shouwen-crash-'));
      const letters = join(directory, 'letters.txt');
      writeFileSync(letters, '');
      // Makes what several processes that start at once share.
      await (await openEngine({ directory, from: FROM })).close();
      const notes = new Acknowledged();
      const running = processes.map(
        (services) => new Killed([script, directory, letters, services], notes),
      );
      try {
        await killThem(running, notes);
        for (const one of running) await one.finish();
        await nothingIsLostOrTwice({ openEngine, directory, letters, notes });
      } finally {
        await Promise.all(running.map((one) => one.kill()));
        rmSync(directory, { recursive: true, force: true });
      }
    },
    300_000 + CRASHES * 30_000,
  );
}

/** Every round asks for new notes, and again for whatever a killed process may have had in hand. */
async function killThem(running: readonly Killed[], notes: Acknowledged): Promise<void> {
  const [desk] = running as [Killed];
  for (const one of running) one.start();
  let asked = 0;
  const ask = () => {
    const wanted = [...notes.missing(asked), ...notes.last(AGAIN)];
    for (let n = 0; n < NOTES; n++) wanted.push(asked++);
    desk.take(wanted);
  };
  for (let kill = 0; kill < CRASHES; kill++) {
    ask();
    await notes.reach(notes.size + 1 + Math.floor(Math.random() * LATEST));
    const one = running[Math.floor(Math.random() * running.length)]!;
    await one.kill();
    one.start();
  }
  ask();
  await notes.reach(asked);
}

/** Ids of the notes that were acknowledged, by number. */
class Acknowledged {
  private readonly ids = new Map<number, string>();
  private readonly news = new EventEmitter();
  private failure: Error | null = null;

  get size(): number {
    return this.ids.size;
  }

  values(): readonly string[] {
    return [...this.ids.values()];
  }

  missing(asked: number): readonly number[] {
    return Array.from({ length: asked }, (_, n) => n).filter((n) => !this.ids.has(n));
  }

  last(count: number): readonly number[] {
    return [...this.ids.keys()].slice(-count);
  }

  add(n: number, id: string): void {
    this.ids.set(n, id);
    this.news.emit('news');
  }

  fail(error: Error): void {
    this.failure = error;
    this.news.emit('news');
  }

  async reach(size: number): Promise<void> {
    while (this.size < size) {
      if (this.failure) throw this.failure;
      await once(this.news, 'news');
    }
  }
}

/** A process that is killed and started again on the same directory. */
class Killed {
  private child: ChildProcess | null = null;
  private output: string[] = [];

  constructor(
    private readonly args: readonly string[],
    private readonly notes: Acknowledged,
  ) {}

  start(): void {
    const child = spawn(process.execPath, ['--import', './libs/tooling/source.mjs', ...this.args], {
      // A child of a spec would see the environment that the run began with.
      env: { ...process.env },
      stdio: ['pipe', 'pipe', 'pipe'],
    });
    this.child = child;
    this.output = [];
    createInterface({ input: child.stdout }).on('line', (line) => {
      this.output.push(line);
      const [what, n, noteId] = line.split(' ');
      if (what === 'ack') this.notes.add(Number(n), noteId!);
    });
    createInterface({ input: child.stderr }).on('line', (line) => this.output.push(line));
    // What is told to a process that is being killed reaches nobody, and is told again.
    child.stdin.on('error', () => undefined);
    child.once('close', () => {
      if (this.child === child) this.notes.fail(new Error(this.output.join('\n')));
    });
  }

  take(numbers: readonly number[]): void {
    this.child!.stdin!.write(`${numbers.join(' ')}\n`);
  }

  async kill(): Promise<void> {
    const { child } = this;
    this.child = null;
    if (!child || child.exitCode !== null || child.signalCode !== null) return;
    const closed = once(child, 'close');
    child.kill('SIGKILL');
    await closed;
  }

  /** Lets it settle and end by itself. */
  async finish(): Promise<void> {
    const child = this.child!;
    this.child = null;
    const closed = once(child, 'close');
    child.stdin!.end();
    await closed;
    const isDone = this.output.at(-1) === 'done';
    expect({ isDone, output: isDone ? '' : this.output.join('\n') }).toEqual({
      ...{ isDone: true, output: '' },
    });
  }
}

async function nothingIsLostOrTwice(found: {
  openEngine: OpenEngine;
  directory: string;
  letters: string;
  notes: Acknowledged;
}): Promise<void> {
  const { openEngine, directory, letters, notes } = found;
  const engine = await openEngine({ directory, from: FROM });
  const logOf = async (service: string) => {
    const { log } = await engine.open(service);
    return log.read(0, 1_000_000);
  };
  const [desk, shelf] = [await logOf('desk'), await logOf('shelf')];
  await engine.close();
  for (const log of [desk, shelf]) expect(log.map(({ g }) => g)).toEqual(log.map((_, i) => i + 1));

  const taken = of(desk, 'desk.note-taken');
  const amended = of(desk, 'desk.note-amended');
  for (const noteId of notes.values())
    expect([taken.get(noteId), amended.get(noteId)]).toEqual([1, 1]);
  // Everything that is in the log has had each of its consequences exactly once.
  const expectedCopies = new Map([...taken.keys()].map((id) => [id, 1 + (amended.get(id) ?? 0)]));
  const each = new Map([...taken.keys()].map((id) => [id, 1]));
  expect(of(shelf, 'shelf.copy-kept')).toEqual(expectedCopies);
  expect(of(shelf, 'shelf.copy-due')).toEqual(each);
  expect(of(shelf, 'shelf.letter-posted', 'attempted')).toEqual(each);
  expect(of(shelf, 'shelf.letter-posted', 'delivered')).toEqual(each);

  // A call that was in flight at a kill may have gone out again, under the same attempt id; no other one may.
  const calls = countBy(readFileSync(letters, 'utf8').trim().split('\n'));
  expect(new Set([...calls.keys()].map((line) => line.split(' ')[0]))).toEqual(
    new Set(taken.keys()),
  );
  expect(calls.size).toBe(taken.size);
  const repeated = [...calls.values()].filter((n) => n > 1).length;
  expect(repeated).toBeLessThanOrEqual(CRASHES * IN_FLIGHT);
}

const countBy = (items: readonly string[]): Map<string, number> =>
  items.reduce(
    (counts, item) => counts.set(item, (counts.get(item) ?? 0) + 1),
    new Map<string, number>(),
  );

/** How many events of a type there are, by key. */
const of = (log: readonly StoredEvent[], type: string, step?: string) =>
  countBy(
    log
      .filter((e) => e.type === type && (!step || e.data.includes(`"${step}"`)))
      .map(({ key }) => key),
  );
