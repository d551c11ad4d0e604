// Kills a process that works under load, at random points, and counts afterwards: what was acknowledged is there, and
// nothing happened twice. `CRASHES=100` for the long run.
import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { StoredEvent } from '@shouwen/engine';
import { openEmbeddedEngine } from '../src/index.js';

const CRASHES = Number(process.env['CRASHES'] ?? 5);
const NOTES = 60;

interface Run {
  readonly child: ChildProcess;
  readonly acknowledged: Map<number, string>;
  readonly ended: Promise<{ isDone: boolean; output: string }>;
}

function run(directory: string, letters: string, first: number): Run {
  const child = spawn(
    process.execPath,
    [
      '--import',
      './libs/tooling/source.mjs',
      './libs/engine-embedded/test/crash-child.ts',
      directory,
      letters,
      String(first),
      String(NOTES),
    ],
    { stdio: ['ignore', 'pipe', 'pipe'] },
  );
  const acknowledged = new Map<number, string>();
  const output: string[] = [];
  createInterface({ input: child.stdout }).on('line', (line) => {
    output.push(line);
    const [what, n, noteId] = line.split(' ');
    if (what === 'ack') acknowledged.set(Number(n), noteId!);
  });
  createInterface({ input: child.stderr }).on('line', (line) => output.push(line));
  const ended = new Promise<{ isDone: boolean; output: string }>((resolve) =>
    child.on('close', () =>
      resolve({ isDone: output.at(-1) === 'done', output: output.join('\n') }),
    ),
  );
  return { child, acknowledged, ended };
}

/** Kills after so many acknowledgements, at whatever the process is doing then. */
async function killAfter(one: Run, acknowledgements: number): Promise<void> {
  while (one.acknowledged.size < acknowledgements && one.child.exitCode === null)
    await new Promise((next) => setImmediate(next));
  one.child.kill('SIGKILL');
  await one.ended;
}

async function events(directory: string, service: string): Promise<readonly StoredEvent[]> {
  const engine = openEmbeddedEngine({ directory, training: {} });
  const { log } = await engine.open(service);
  const found = await log.read(0, 1_000_000);
  await engine.close();
  return found;
}

const countBy = (items: readonly string[]): Map<string, number> =>
  items.reduce(
    (counts, item) => counts.set(item, (counts.get(item) ?? 0) + 1),
    new Map<string, number>(),
  );

it(
  `loses nothing that was acknowledged and repeats nothing over ${CRASHES} kills`,
  async () => {
    const directory = mkdtempSync(join(tmpdir(), 'shouwen-crash-'));
    const letters = join(directory, 'letters.txt');
    writeFileSync(letters, '');
    const acknowledged = new Map<number, string>();
    let first = 0;
    for (let kill = 0; kill < CRASHES; kill++) {
      const one = run(directory, letters, first);
      await killAfter(one, 1 + Math.floor(Math.random() * (NOTES - 20)));
      for (const [n, noteId] of one.acknowledged) acknowledged.set(n, noteId);
      // The next process asks again for everything the killed one may have had in hand.
      first = Math.max(-1, ...acknowledged.keys()) + 1 - Math.min(16, acknowledged.size);
    }
    const final = run(directory, letters, first);
    const { isDone, output } = await final.ended;
    expect({ isDone, output: isDone ? '' : output }).toEqual({ isDone: true, output: '' });
    for (const [n, noteId] of final.acknowledged) acknowledged.set(n, noteId);

    const desk = await events(directory, 'desk');
    const shelf = await events(directory, 'shelf');
    for (const log of [desk, shelf])
      expect(log.map(({ g }) => g)).toEqual(log.map((_, i) => i + 1));

    const of = (log: readonly StoredEvent[], type: string, step?: string) =>
      countBy(
        log
          .filter((e) => e.type === type && (!step || e.data.includes(`"${step}"`)))
          .map(({ key }) => key),
      );
    const taken = of(desk, 'desk.note-taken');
    const amended = of(desk, 'desk.note-amended');
    for (const noteId of acknowledged.values())
      expect([taken.get(noteId), amended.get(noteId)]).toEqual([1, 1]);
    // Everything that is in the log has had each of its consequences exactly once.
    const expectedCopies = new Map([...taken.keys()].map((id) => [id, 1 + (amended.get(id) ?? 0)]));
    const once = new Map([...taken.keys()].map((id) => [id, 1]));
    expect(of(shelf, 'shelf.copy-kept')).toEqual(expectedCopies);
    expect(of(shelf, 'shelf.copy-due')).toEqual(once);
    expect(of(shelf, 'shelf.letter-posted', 'attempted')).toEqual(once);
    expect(of(shelf, 'shelf.letter-posted', 'delivered')).toEqual(once);

    // A call that was in flight at a kill may have gone out again, under the same attempt id; no other one may.
    const calls = countBy(readFileSync(letters, 'utf8').trim().split('\n'));
    expect(new Set([...calls.keys()].map((line) => line.split(' ')[0]))).toEqual(
      new Set(taken.keys()),
    );
    expect(calls.size).toBe(taken.size);
    const repeated = [...calls.values()].filter((n) => n > 1).length;
    expect(repeated).toBeLessThanOrEqual(CRASHES * 64);
    rmSync(directory, { recursive: true, force: true });
  },
  60_000 + CRASHES * 10_000,
);
