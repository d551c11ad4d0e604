import { afterEach, beforeEach, expect, it } from '@jest/globals';
import { hashOf } from '../codec.js';
import { nameBased } from '../identifiers.js';
import { amendNote, desk, noTrouble, notesView, shelf } from './sample.js';
import { World, type OpenEngine } from './world.js';

const AT = '2026-01-15T08:00:00.000Z';
const noteId = '018f4b3c-0000-7000-8000-000000000001';

export function versionContract(openEngine: OpenEngine): void {
  let world: World;
  beforeEach(async () => {
    world = await World.open({ openEngine, services: [desk, shelf(noTrouble())] });
  });
  afterEach(() => world.close());

  /** An event as an older, or a newer, release has written it. */
  const written = async (v: number, data: object) => {
    const { log } = await world.engine.open('desk');
    const event = {
      stream: `note-${noteId}`,
      version: 1,
      id: `old-${v}`,
      type: 'desk.note-taken',
      v,
      key: noteId,
      occurredAt: AT,
      recordedAt: AT,
      data: JSON.stringify(data),
      meta: JSON.stringify({ actor: '1', tenant: 'main', correlation: 'c' }),
    };
    await log.append({
      id: nameBased('018f4b3c0000', 'old', String(v)),
      at: AT,
      fingerprint: null,
      expects: [{ stream: event.stream, version: 0 }],
      events: [{ ...event, hash: hashOf(event) }],
    });
  };

  it('reads an older version as the newest, in streams and in views, and leaves what is written', async () => {
    await written(1, { noteId, unit: '/a', personId: 'p' });
    await world.send('desk', amendNote, { noteId, weight: 2 });
    await world.settle();
    expect(await world.find('desk', notesView)).toMatchObject([{ noteId, weight: 3 }]);
    const [stored] = await (await world.engine.open('desk')).log.readStream(`note-${noteId}`, 0);
    expect(stored).toMatchObject({
      v: 1,
      data: JSON.stringify({ noteId, unit: '/a', personId: 'p' }),
    });
  });

  it('keeps fields that it does not know', async () => {
    await written(2, { noteId, unit: '/a', personId: 'p', weight: 1, colour: 'red' });
    await world.settle();
    expect(await world.find('desk', notesView)).toMatchObject([{ noteId, weight: 1 }]);
  });

  it('stops, and guesses nothing, at what a newer release has written', async () => {
    await written(3, { noteId });
    await expect(world.settle()).rejects.toThrow('written by a newer release');
    await expect(world.send('desk', amendNote, { noteId, weight: 2 })).rejects.toThrow(
      'newer release',
    );
  });

  it('stops at what an upcaster makes wrong', async () => {
    await written(1, { noteId, unit: 7, personId: 'p' });
    await expect(world.settle()).rejects.toThrow('is not as declared');
  });
}
