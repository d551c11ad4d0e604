import { afterEach, beforeEach, expect, it } from '@jest/globals';
import { desk, noTrouble, shelf, takeNote } from './sample.js';
import { World, type OpenEngine } from './world.js';

export function timerContract(openEngine: OpenEngine): void {
  let world: World;
  beforeEach(async () => {
    world = await World.open({ openEngine, services: [desk, shelf(noTrouble())] });
  });
  afterEach(() => world.close());
  const take = async (dueAt: string) =>
    String((await world.send('desk', takeNote, { personId: 'p', dueAt }))['noteId']);
  const due = async () =>
    (await (await world.engine.open('shelf')).log.read(0, 1000))
      .filter(({ type }) => type === 'shelf.copy-due')
      .map(({ key, data, recordedAt }) => ({
        key,
        recordedAt,
        ...(JSON.parse(data) as { due: string }),
      }));

  it('fires at the instant, not before', async () => {
    const noteId = await take('2026-01-15T10:00:00Z');
    await world.advance('2026-01-15T09:59:59.999Z');
    expect(await due()).toEqual([]);
    await world.advance('2026-01-15T10:00:00.000Z');
    const at = '2026-01-15T10:00:00.000Z';
    expect(await due()).toMatchObject([{ key: noteId, due: at, recordedAt: at }]);
  });

  it('fires in the order of the instants, each at its own', async () => {
    const [late, early] = [await take('2026-01-16T00:00:00Z'), await take('2026-01-15T12:00:00Z')];
    await world.advance('2d');
    expect((await due()).map(({ key, recordedAt }) => [key, recordedAt])).toEqual([
      [early, '2026-01-15T12:00:00.000Z'],
      [late, '2026-01-16T00:00:00.000Z'],
    ]);
  });

  it('fires late for an instant that has passed already', async () => {
    await take('2025-12-31T00:00:00Z');
    await world.settle();
    expect(await due()).toMatchObject([
      { due: '2025-12-31T00:00:00.000Z', recordedAt: '2026-01-15T08:00:00.000Z' },
    ]);
  });

  it('is not lost over a restart, neither before nor after the instant', async () => {
    await take('2026-01-15T10:00:00Z');
    world = await world.restart();
    await world.advance('3h');
    expect(await due()).toHaveLength(1);
    world = await world.restart();
    await world.advance('3h');
    expect(await due()).toHaveLength(1);
  });

  it('does nothing twice when it fires again after a kill', async () => {
    await take('2026-01-15T10:00:00Z');
    await world.settle();
    const { documents } = await world.engine.open('shelf');
    const { items } = await documents.find('$timers', null, {});
    const timer = items[0] as { name: string; due: string; record: { id: string } };
    await world.advance('3h');
    const id = `${timer.record.id}|${timer.name}|${timer.due}`;
    await documents.write([{ table: '$timers', tenant: '-', id, document: timer }]);
    world = await world.restart();
    await world.settle();
    expect(await due()).toHaveLength(1);
    expect(await world.runtime('shelf').nextTimer()).toBeNull();
  });

  it('says which instant comes next', async () => {
    await take('2026-01-16T00:00:00Z');
    await take('2026-01-15T12:00:00Z');
    await world.settle();
    expect(await world.runtime('shelf').nextTimer()).toBe('2026-01-15T12:00:00.000Z');
  });

  it('keeps the training clock where it was', async () => {
    await world.advance('26h');
    world = await world.restart();
    expect(world.now).toBe('2026-01-16T10:00:00.000Z');
  });
}
