import { afterEach, beforeEach, expect, it } from '@jest/globals';
import { defineView } from '../consumer.js';
import type { EventFrom } from '../event.js';
import { defineService } from '../service.js';
import {
  NoteTaken,
  amendNote,
  copiesView,
  desk,
  noTrouble,
  notesView,
  shelf,
  takeNote,
  type NoteDocument,
} from './sample.js';
import { World, type OpenEngine } from './world.js';

export function rebuildContract(openEngine: OpenEngine): void {
  const trouble = noTrouble();
  let world: World;
  beforeEach(async () => {
    trouble.letter = () => {};
    world = await World.open({ openEngine, services: [desk, shelf(trouble)] });
    for (let i = 0; i < 30; i++) {
      const { noteId } = await world.send('desk', takeNote, { personId: `p${i}`, name: '张三' });
      await world.send('desk', amendNote, { noteId, weight: i });
    }
    await world.settle();
  });
  afterEach(() => world.close());
  const all = () => world.find<NoteDocument>('desk', notesView, { limit: 1000 });

  it('makes the same documents, and serves them', async () => {
    const before = await all();
    expect(await world.runtime('desk').rebuild('notes')).toMatchObject({
      documents: 30,
      differences: 0,
    });
    expect(await all()).toEqual(before);
  });

  it('rebuilds a view of another service, and the second time too', async () => {
    const view = copiesView(trouble);
    const before = await world.find('shelf', view, { limit: 1000 });
    for (let i = 0; i < 2; i++)
      expect(await world.runtime('shelf').rebuild('copies')).toMatchObject({ differences: 0 });
    expect(await world.find('shelf', view, { limit: 1000 })).toEqual(before);
  });

  it('goes on serving and reading while it rebuilds', async () => {
    const rebuilding = world.runtime('desk').rebuild('notes');
    const written: string[] = [];
    for (let i = 0; i < 50; i++)
      written.push(String((await world.send('desk', takeNote, { personId: 'q' }))['noteId']));
    expect((await all()).length).toBeGreaterThanOrEqual(30);
    await rebuilding;
    await world.settle();
    const seen = new Set((await all()).map(({ noteId }) => noteId));
    expect(written.filter((noteId) => !seen.has(noteId))).toEqual([]);
    expect(seen.size).toBe(80);
  });

  it('is read on from the new documents after a restart', async () => {
    await world.runtime('desk').rebuild('notes');
    await world.send('desk', takeNote, { personId: 'q' });
    world = await world.restart();
    await world.settle();
    expect(await all()).toHaveLength(31);
  });

  it('takes over what a changed view now says, and counts what differs', async () => {
    await world.stop();
    const heavier = defineView<NoteDocument, EventFrom<typeof NoteTaken>>({
      ...notesView,
      on: [NoteTaken],
      evolve: (_document, { data: { noteId, unit } }) => ({ noteId, unit, weight: 7 }),
    });
    const changed = defineService({ ...desk, views: [heavier] });
    world = await World.open({
      openEngine,
      services: [changed, shelf(trouble)],
      directory: world.directory,
    });
    expect(await world.runtime('desk').rebuild('notes')).toMatchObject({
      documents: 30,
      differences: 30,
    });
    expect(
      (await world.find<NoteDocument>('desk', heavier)).every(({ weight }) => weight === 7),
    ).toBe(true);
  });

  it('reads a view anew where a release has changed its indexes', async () => {
    await world.stop();
    const sorted = defineView<NoteDocument, EventFrom<typeof NoteTaken>>({
      ...notesView,
      on: [NoteTaken],
      evolve: (_document, { data: { noteId, unit, weight } }) => ({ noteId, unit, weight }),
      indexes: ['noteId', 'weight'],
    });
    const changed = defineService({ ...desk, views: [sorted] });
    const services = [changed, shelf(trouble)];
    world = await World.open({ openEngine, services, directory: world.directory });
    await world.settle();
    const find = { sort: { by: 'noteId', order: 'ascending' } as const, limit: 1000 };
    expect(await world.find('desk', sorted, find)).toHaveLength(30);
    expect(await world.runtime('desk').rebuild('notes')).toMatchObject({ differences: 0 });
    world = await world.restart();
    await world.settle();
    expect(await world.find('desk', sorted, find)).toHaveLength(30);
  });

  it('never repeats reactions, effects or timers', async () => {
    const letters: string[] = [];
    trouble.letter = (copyId) => void letters.push(copyId);
    const before = await world.runtime('shelf').head();
    await world.runtime('desk').rebuild('notes');
    await world.runtime('shelf').rebuild('copies');
    await world.settle();
    expect(await world.runtime('shelf').head()).toBe(before);
    expect(letters).toEqual([]);
  });

  it('refuses a view that is not there, and two rebuilds of one at a time', async () => {
    await expect(world.runtime('desk').rebuild('nothing')).rejects.toMatchObject({
      code: 'view.not-found',
    });
    const [first, second] = await Promise.allSettled([
      world.runtime('desk').rebuild('notes'),
      world.runtime('desk').rebuild('notes'),
    ]);
    expect(first.status).toBe('fulfilled');
    expect(second).toMatchObject({ status: 'rejected', reason: { code: 'view.rebuilding' } });
  });
}
