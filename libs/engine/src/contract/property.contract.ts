import { afterEach, beforeEach, expect, it } from '@jest/globals';
import fc from 'fast-check';
import {
  notes,
  NoteAmended,
  NoteTaken,
  amendNote,
  copiesView,
  desk,
  noTrouble,
  notesView,
  shelf,
  takeNote,
} from './sample.js';
import { World, type OpenEngine } from './world.js';

const noteId = (n: number) => `018f4b3c-0000-7000-8000-${String(n).padStart(12, '0')}`;

/** One step of a story: take or amend a note, let the consumers run, restart. */
const steps = fc.array(
  fc.record({
    what: fc.constantFrom('take', 'amend', 'amend', 'settle', 'restart'),
    note: fc.integer({ min: 0, max: 5 }),
    weight: fc.integer({ min: 1, max: 9 }),
  }),
  { minLength: 5, maxLength: 40 },
);

export function propertyContract(openEngine: OpenEngine): void {
  const trouble = noTrouble();
  let world: World;
  beforeEach(async () => {
    world = await World.open({ openEngine, services: [desk, shelf(trouble)] });
  });
  afterEach(() => world.close());

  const views = async () => ({
    notes: await world.find('desk', notesView, { limit: 1000 }),
    copies: await world.find('shelf', copiesView(trouble), { limit: 1000 }),
  });
  const numbers = async (service: string) =>
    (await (await world.engine.open(service)).log.read(0, 10_000)).map(({ g }) => g);

  it('gives the same views whenever the consumers ran, and numbers 1..n without a gap', async () => {
    await fc.assert(
      fc.asyncProperty(steps, async (story) => {
        await world.close();
        world = await World.open({ openEngine, services: [desk, shelf(trouble)] });
        for (const { what, note, weight } of story) {
          const fields = { noteId: noteId(note), weight };
          if (what === 'take')
            await world.send('desk', takeNote, { ...fields, personId: 'p' }).catch(isRefusal);
          if (what === 'amend') await world.send('desk', amendNote, fields).catch(isRefusal);
          if (what === 'settle') await world.settle();
          if (what === 'restart') world = await world.restart();
        }
        await world.settle();
        const as = await views();
        // Once more in a single run: the same log, other pages, other interleavings of the subscribers.
        for (const [service, view] of [
          ['desk', 'notes'],
          ['shelf', 'copies'],
        ] as const)
          expect(await world.runtime(service).rebuild(view)).toMatchObject({ differences: 0 });
        expect(await views()).toEqual(as);
        for (const service of ['desk', 'shelf']) {
          const found = await numbers(service);
          expect(found).toEqual(found.map((_, i) => i + 1));
        }
      }),
      { numRuns: 12 },
    );
  });

  it('replays every prefix of a stream', () => {
    const event = fc.oneof(
      fc.constant(NoteTaken({ noteId: noteId(1), unit: '/a', personId: 'p', weight: 1 })),
      fc.integer({ min: 1, max: 9 }).map((weight) => NoteAmended({ noteId: noteId(1), weight })),
    );
    fc.assert(
      fc.property(fc.array(event, { maxLength: 20 }), (history) => {
        let state = notes.initial;
        for (let i = 0; i <= history.length; i++) {
          expect(history.slice(0, i).reduce(notes.evolve, notes.initial)).toEqual(state);
          if (i < history.length) state = notes.evolve(state, history[i]!);
        }
      }),
    );
  });

  it('does not depend on the order of different keys', async () => {
    const keys = [1, 2, 3, 4].map(noteId);
    for (const id of keys) await world.send('desk', takeNote, { noteId: id, personId: 'p' });
    await Promise.all(
      keys.flatMap((id) =>
        Array.from({ length: 5 }, (_, i) =>
          world.send('desk', amendNote, { noteId: id, weight: i + 1 }),
        ),
      ),
    );
    await world.settle();
    expect((await views()).notes).toMatchObject(keys.map((id) => ({ noteId: id, weight: 16 })));
  });
}

function isRefusal(error: unknown): void {
  expect((error as { code?: string }).code).toMatch(/^note\./);
}
