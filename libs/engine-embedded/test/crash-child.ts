// The process that the crash test kills: takes notes without pause, says on its output what was acknowledged, and
// posts letters into a file. Arguments: directory, file of letters, number of the first note, how many.
import { appendFileSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import { nameBased } from '@shouwen/engine';
import { amendNote, desk, noTrouble, shelf, takeNote } from '@shouwen/engine/contract/sample';
import { World } from '@shouwen/engine/contract/world';
import { openEmbeddedEngine } from '../src/index.js';

const [directory, letters, first, count] = process.argv.slice(2) as [
  string,
  string,
  string,
  string,
];
const SIDE_BY_SIDE = 16;

const trouble = noTrouble();
trouble.letter = async (copyId, attemptId) => {
  appendFileSync(letters, `${copyId} ${attemptId}\n`);
  await pause(Math.random() * 5);
};
const world = await World.open({
  openEngine: ({ directory: d, from }) => openEmbeddedEngine({ directory: d, training: { from } }),
  services: [desk, shelf(trouble)],
  directory,
});
console.log('open');

let next = Number(first);
const last = next + Number(count);
const writer = async () => {
  while (next < last) {
    const n = next++;
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
await world.settle();
await world.stop();
console.log('done');
