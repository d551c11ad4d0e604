// A process that a crash test kills. It runs some of the services of the sample, takes the notes that it is told on its
// input, says on its output which were acknowledged, and posts letters into a file; at the end of its input it settles.
// Arguments: directory, file of letters, services with commas between them.
import { appendFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { setTimeout as pause } from 'node:timers/promises';
import { nameBased } from '../identifiers.js';
import type { Service } from '../service.js';
import { amendNote, desk, noTrouble, shelf, takeNote } from './sample.js';
import { World, type OpenEngine } from './world.js';

const SIDE_BY_SIDE = 16;

export async function crashProcess(openEngine: OpenEngine): Promise<void> {
  const [directory, letters, names] = process.argv.slice(2) as [string, string, string];
  const services = names.split(',').map((name) => (name === 'desk' ? desk : shelfWith(letters)));
  const world = await World.open({ openEngine, services, directory });
  const taking: Promise<void>[] = [];
  for await (const line of createInterface({ input: process.stdin }))
    taking.push(take(world, line.split(' ').map(Number)));
  await Promise.all(taking);
  await world.settle();
  await world.stop();
  console.log('done');
}

function shelfWith(letters: string): Service {
  const trouble = noTrouble();
  trouble.letter = async (copyId, attemptId) => {
    appendFileSync(letters, `${copyId} ${attemptId}\n`);
    await pause(Math.random() * 5);
  };
  return shelf(trouble);
}

/** Whoever asks again for a note that is there gets the answer of then. */
async function take(world: World, wanted: number[]): Promise<void> {
  const writer = async () => {
    for (let n = wanted.shift(); n !== undefined; n = wanted.shift()) {
      const key = nameBased('018f4b3c0001', 'crash', String(n));
      const fields = {
        personId: `person-${n % 50}`,
        name: `人${n}`,
        dueAt: '2026-01-15T07:00:00.000Z',
      };
      const { noteId } = await world.send('desk', takeNote, fields, { key });
      const amendKey = nameBased('018f4b3c0001', 'amend', String(n));
      await world.send('desk', amendNote, { noteId, weight: 1 }, { key: amendKey });
      console.log(`ack ${n} ${String(noteId)}`);
    }
  };
  await Promise.all(Array.from({ length: SIDE_BY_SIDE }, writer));
}
