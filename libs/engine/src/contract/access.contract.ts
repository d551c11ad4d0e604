import { afterEach, beforeEach, expect, it } from '@jest/globals';
import { IsUUID } from 'class-validator';
import { at, type Actor } from '../command.js';
import { answers, Query, type Reader } from '../service.js';
import { amendNote, desk, notes, notesView, takeNote, type NoteDocument } from './sample.js';
import { World, type OpenEngine } from './world.js';

class NoteHistory extends Query {
  @IsUUID() noteId!: string;
}
const noteHistory = answers(NoteHistory, async ({ noteId }, reader: Reader) => ({
  events: (await reader.history(at(notes, noteId).stream, noteId)).length,
}));

const EAST = '/m/east';
const WEST = '/m/west';
const clerk = (number: string, unit: string, role = 'clerk'): Actor => ({
  number,
  tenant: 'main',
  grants: [{ role, unit }],
});
const KEEPER = clerk('2001', EAST);

/** Somebody answers for a note that lies in another unit than theirs. */
export function accessContract(openEngine: OpenEngine): void {
  let world: World;
  beforeEach(async () => {
    world = await World.open({ openEngine, services: [desk] });
  });
  afterEach(() => world.close());
  const take = async (fields: object = {}): Promise<string> => {
    const note = { personId: 'p', unit: WEST, name: '张三', keepers: ['2001', '2009'], ...fields };
    const { noteId } = await world.send('desk', takeNote, note);
    await world.settle();
    return String(noteId);
  };
  const amend = (noteId: string, actor: Actor) =>
    world.send('desk', amendNote, { noteId, weight: 1 }, { actor, roles: ['clerk'] });
  const get = (noteId: string, actor: Actor) => world.runtime('desk').get(notesView, noteId, actor);
  const history = (noteId: string, actor: Actor) =>
    world
      .runtime('desk')
      .ask(noteHistory, Object.assign(new NoteHistory(), { noteId }), actor, { roles: ['clerk'] });
  const seenBy = async (actor: Actor) =>
    (await world.find<NoteDocument>('desk', notesView, {}, actor)).map(({ noteId }) => noteId);

  it('lets those who answer for it in, to write, to read, to find, and to its history', async () => {
    const noteId = await take();
    await amend(noteId, KEEPER);
    await world.settle();
    expect(await get(noteId, KEEPER)).toMatchObject({ noteId, weight: 2 });
    expect(await seenBy(KEEPER)).toEqual([noteId]);
    expect(await history(noteId, KEEPER)).toEqual({ events: 2 });
  });

  it('masks for them what it masks for their role elsewhere', async () => {
    const noteId = await take();
    expect(await get(noteId, KEEPER)).toMatchObject({ person: { name: '张**' } });
    const both = { ...KEEPER, grants: [...KEEPER.grants, { role: 'dispatcher', unit: EAST }] };
    expect(await get(noteId, both)).toMatchObject({ person: { name: '张三' } });
  });

  it('finds what is theirs among what lies in their units, each once', async () => {
    const theirs = await take();
    const inTheirUnit = await take({ unit: `${EAST}/crew-1`, keepers: ['2009'] });
    const both = await take({ unit: EAST });
    await take({ keepers: ['2009'] });
    expect((await seenBy(KEEPER)).toSorted()).toEqual([theirs, inTheirUnit, both].toSorted());
  });

  const refused: [string, Actor, object][] = [
    ['of another unit who does not answer for it', clerk('2002', EAST), {}],
    ['without one of the roles asked for', clerk('2001', EAST, 'analyst'), {}],
    ['of a unit that it is about', KEEPER, { aboutUnits: [EAST] }],
    [
      'of a part of a unit that it is about',
      clerk('2001', `${EAST}/crew-1`),
      { aboutUnits: [EAST] },
    ],
  ];
  it.each(refused)('keeps out somebody %s', async (_who, actor, fields) => {
    const noteId = await take(fields);
    await expect(amend(noteId, actor)).rejects.toMatchObject({ code: 'unit.missing' });
    await expect(get(noteId, actor)).rejects.toMatchObject({ code: 'notes.not-found' });
    await expect(history(noteId, actor)).rejects.toMatchObject({ code: 'note.not-found' });
    expect(await seenBy(actor)).toEqual([]);
  });

  it('keeps out whoever has the same number with another tenant', async () => {
    const noteId = await take();
    const stranger = { ...KEEPER, tenant: 'second' };
    await expect(amend(noteId, stranger)).rejects.toMatchObject({ code: 'note.not-found' });
    await expect(get(noteId, stranger)).rejects.toMatchObject({ code: 'notes.not-found' });
    await expect(history(noteId, stranger)).rejects.toMatchObject({ code: 'note.not-found' });
    expect(await seenBy(stranger)).toEqual([]);
  });

  it('keeps out whoever it names, although they answer for it', async () => {
    const noteId = await take({ aboutStaff: ['2001'] });
    const closed = { code: 'matter.closed-to-you' };
    await expect(amend(noteId, KEEPER)).rejects.toMatchObject(closed);
    await expect(get(noteId, KEEPER)).rejects.toMatchObject(closed);
    await expect(history(noteId, KEEPER)).rejects.toMatchObject(closed);
    expect(await seenBy(KEEPER)).toEqual([]);
  });

  it('counts a role that is held outside the units it is about', async () => {
    const noteId = await take({ aboutUnits: [EAST] });
    const above = { ...KEEPER, grants: [...KEEPER.grants, { role: 'clerk', unit: '/m/north' }] };
    await amend(noteId, above);
    expect(await seenBy(above)).toEqual([noteId]);
  });

  it('lets nobody in to a unit by making something there that is theirs', async () => {
    const note = { personId: 'p', unit: WEST, keepers: ['2001'] };
    await expect(
      world.send('desk', takeNote, note, { actor: KEEPER, roles: ['clerk'] }),
    ).rejects.toMatchObject({ code: 'unit.missing' });
  });
}
