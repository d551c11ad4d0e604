import { afterEach, beforeEach, expect, it } from '@jest/globals';
import { IsUUID } from 'class-validator';
import { Command, handles, type Actor } from '../command.js';
import { nameBased } from '../identifiers.js';
import { defineService } from '../service.js';
import { NoteAmended, amendNote, desk, moveWeight, notes, notesView, takeNote } from './sample.js';
import { World, root, type OpenEngine } from './world.js';

const aKey = (n: number) => nameBased('018f4b3c0001', 'key', String(n));

export function commandContract(openEngine: OpenEngine): void {
  let world: World;
  beforeEach(async () => {
    world = await World.open({ openEngine, services: [desk] });
  });
  afterEach(() => world.close());
  const take = (fields: object = {}, by = {}) =>
    world.send('desk', takeNote, { personId: 'p', ...fields }, by);
  const head = async () => world.runtime('desk').head();

  it('answers a repeated request with the stored answer, before it is judged again', async () => {
    const first = await take({}, { key: aKey(1), fingerprint: 'f' });
    const before = await head();
    // Judged again it would be refused: the note exists by now.
    expect(await take({}, { key: aKey(1), fingerprint: 'f' })).toEqual(first);
    expect(await head()).toBe(before);
  });

  it('computes the same extra answer on a repeat', async () => {
    const a = await take({ weight: 5 });
    const b = await take();
    const move = { noteId: a['noteId'], toId: b['noteId'], weight: 2 };
    const first = await world.send('desk', moveWeight, move, { key: aKey(2) });
    expect(first).toMatchObject({ moved: 2 });
    expect(await world.send('desk', moveWeight, move, { key: aKey(2) })).toEqual(first);
  });

  it('refuses the same key for another request', async () => {
    await take({}, { key: aKey(3), fingerprint: 'one' });
    await expect(take({}, { key: aKey(3), fingerprint: 'other' })).rejects.toMatchObject({
      code: 'idempotency-key.reused',
    });
  });

  it('binds a key to its sender: the same key of another one is another command', async () => {
    const other: Actor = { ...root, number: '1002' };
    const mine = await take({}, { key: aKey(4) });
    expect((await take({}, { key: aKey(4), actor: other }))['noteId']).not.toBe(mine['noteId']);
  });

  it('stores nothing for a command that decides nothing or is refused', async () => {
    const { noteId } = await take();
    const before = await head();
    await world.send('desk', amendNote, { noteId, weight: 0 });
    await expect(take({ noteId })).rejects.toMatchObject({ code: 'note.taken' });
    expect(await head()).toBe(before);
  });

  it('decides again when the stream has moved on, and loses nothing among many', async () => {
    const { noteId } = await take({ weight: 1 });
    await Promise.all(
      Array.from({ length: 100 }, () => world.send('desk', amendNote, { noteId, weight: 1 })),
    );
    await world.settle();
    expect(await world.find('desk', notesView)).toMatchObject([{ weight: 101 }]);
  });

  it('keeps two streams in step while others write to both', async () => {
    const [a, b] = [await take({ weight: 50 }), await take({ weight: 50 })];
    const move = (from: typeof a, to: typeof a) =>
      world.send('desk', moveWeight, { noteId: from['noteId'], toId: to['noteId'], weight: 1 });
    await Promise.all(Array.from({ length: 40 }, (_, i) => (i % 2 ? move(a, b) : move(b, a))));
    await world.settle();
    const weights = (await world.find<{ weight: number }>('desk', notesView)).map((d) => d.weight);
    expect(weights).toEqual([50, 50]);
  });

  it('names every field that breaks a rule, and refuses what lies in the future', async () => {
    await expect(take({ noteId: 'x', weight: 1.5, colour: 'red' })).rejects.toMatchObject({
      code: 'request.invalid',
      faults: expect.arrayContaining([
        expect.objectContaining({ field: 'noteId', rule: 'isUuid' }),
        expect.objectContaining({ field: 'weight', rule: 'isInt' }),
        expect.objectContaining({ field: 'colour', rule: 'whitelistValidation' }),
      ]) as unknown,
    });
    await expect(take({ occurredAt: '2026-01-15T08:01:00Z' })).rejects.toMatchObject({
      code: 'occurred-at.future',
    });
  });

  it('records when it happened beside when it was learned', async () => {
    await take({ occurredAt: '2026-01-15T15:30:00+08:00' });
    const { log } = await world.engine.open('desk');
    expect((await log.read(1, 1))[0]).toMatchObject({
      occurredAt: '2026-01-15T07:30:00.000Z',
      recordedAt: '2026-01-15T08:00:00.000Z',
    });
  });

  it('records actor, tenant, correlation, trace context, subjects and the key', async () => {
    const traceparent = '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01';
    const { noteId } = await take({ name: '张三' }, { traceparent, key: aKey(5) });
    const { log } = await world.engine.open('desk');
    const [stored] = await log.read(1, 1);
    expect(stored).toMatchObject({ key: noteId, stream: `note-${String(noteId)}`, version: 1 });
    expect(JSON.parse(stored!.meta)).toEqual({
      actor: 'admin',
      tenant: 'main',
      correlation: stored!.id.slice(0, -2),
      traceparent,
      subjects: ['p'],
    });
  });

  it('shows a tenant nothing of another one', async () => {
    const { noteId } = await take();
    const actor: Actor = { ...root, tenant: 'second' };
    await expect(
      world.send('desk', amendNote, { noteId, weight: 1 }, { actor }),
    ).rejects.toMatchObject({ code: 'note.not-found' });
    await world.settle();
    expect(await world.find('desk', notesView, {}, actor)).toEqual([]);
  });

  it('keeps callers to the units they are granted, and shows them no other', async () => {
    const east: Actor = {
      number: '1003',
      tenant: 'main',
      grants: [{ role: 'clerk', unit: '/m/east' }],
    };
    const mine = await take({ unit: '/m/east/crew-1' }, { actor: east });
    const other = await take({ unit: '/m/west' });
    await expect(
      world.send('desk', amendNote, { noteId: other['noteId'], weight: 1 }, { actor: east }),
    ).rejects.toMatchObject({ code: 'unit.missing' });
    await expect(take({ unit: '/m/west' }, { actor: east })).rejects.toMatchObject({
      code: 'unit.missing',
    });
    await world.settle();
    const seen = await world.find<{ noteId: string }>('desk', notesView, {}, east);
    expect(seen.map(({ noteId }) => noteId)).toEqual([mine['noteId']]);
    await expect(
      world.runtime('desk').get(notesView, String(other['noteId']), east),
    ).rejects.toMatchObject({ code: 'notes.not-found' });
  });

  it('lets a query wait for what its caller has written', async () => {
    const { noteId, log } = await take();
    const document = await world
      .runtime('desk')
      .get(notesView, String(noteId), root, { after: String(log) });
    expect(document).toMatchObject({ noteId });
  });

  it.each(['desk.main@1:999', 'desk.main@2:1', 'shelf.main@1:1', 'nonsense'])(
    'refuses the position %s',
    async (after) => {
      await expect(
        world.runtime('desk').find(notesView, {}, root, { after }),
      ).rejects.toMatchObject({
        code: 'position.unknown',
      });
    },
  );

  it('remembers a request over a restart', async () => {
    const first = await take({}, { key: aKey(6) });
    world = await world.restart();
    expect(await take({}, { key: aKey(6) })).toEqual(first);
  });

  it('refuses to record what its contract does not declare', async () => {
    class Break extends Command {
      @IsUUID() noteId!: string;
    }
    const broken = handles(Break, notes, (_note, { noteId }) => [
      NoteAmended({ noteId, weight: 'heavy' as unknown as number }),
    ]);
    await world.stop();
    const service = defineService({ ...desk, commands: [broken] });
    world = await World.open({ openEngine, services: [service], directory: world.directory });
    const before = await world.runtime('desk').head();
    await expect(
      world.send('desk', broken, { noteId: '018f4b3c-0000-7000-8000-000000000009' }),
    ).rejects.toMatchObject({
      code: 'event.invalid',
      faults: [{ field: 'weight', rule: 'isInt' }],
    });
    expect(await world.runtime('desk').head()).toBe(before);
  });
}
