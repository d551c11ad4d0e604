import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from '@jest/globals';
import type { Actor } from '../command.js';
import { desk, namesView, noTrouble, notesView, shelf, takeNote } from './sample.js';
import { World, root, type OpenEngine } from './world.js';

const clerk: Actor = { number: '1001', tenant: 'main', grants: [{ role: 'clerk', unit: '/' }] };

export function personalContract(openEngine: OpenEngine): void {
  let world: World;
  beforeEach(async () => {
    world = await World.open({ openEngine, services: [desk, shelf(noTrouble())] });
  });
  afterEach(() => world.close());
  const take = (fields: object = {}) =>
    world.send('desk', takeNote, {
      personId: 'person-1',
      name: '张小三',
      text: '门前漏水',
      ...fields,
    });
  const people = async (actor: Actor) =>
    (await world.find<{ person: object }>('desk', notesView, {}, actor)).map(
      ({ person }) => person,
    );

  it('never lets a personal field reach the log or a document in clear', async () => {
    await take();
    await world.settle();
    const { log } = await world.engine.open('desk');
    const [stored] = await log.read(1, 1);
    expect(stored!.data).not.toMatch(/张小三|门前漏水/);
    await world.stop();
    const files = readdirSync(world.directory, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map(({ parentPath, name }) => readFileSync(join(parentPath, name)));
    const isClear = files.some((bytes) => bytes.includes('张小三') || bytes.includes('门前漏水'));
    world = await World.open({ openEngine, services: [desk], directory: world.directory });
    expect(isClear).toBe(false);
  });

  it('opens them for those whose work needs it, and masks them for others', async () => {
    await take();
    await world.settle();
    expect(await people(root)).toEqual([{ name: '张小三', text: '门前漏水' }]);
    expect(await people(clerk)).toEqual([{ name: '张**', text: '***' }]);
  });

  it('hands them to a view that declares the need, which keeps a keyed hash only', async () => {
    await take();
    await take({ personId: 'person-2' });
    await world.settle();
    const { documents } = await world.engine.open('desk');
    const document = await documents.get('view:names:1', 'main', 'all');
    expect(document).toMatchObject({ count: 2 });
    expect(Object.keys(document!)).toHaveLength(2);
    expect(namesView.personal).toBe(true);
  });

  it('erases a person everywhere, and leaves log, hashes and replay right', async () => {
    await take();
    await take({ personId: 'person-2', name: '李四' });
    await world.settle();
    const { log } = await world.engine.open('desk');
    const before = await log.read(0, 100);
    await world.engine.keys.erase('person-1');
    expect(await people(root)).toEqual(
      expect.arrayContaining([{}, { name: '李四', text: '门前漏水' }]),
    );
    expect(await world.runtime('desk').rebuild('notes')).toMatchObject({
      differences: 0,
      documents: 2,
    });
    expect(await log.read(0, 100)).toEqual(before);
    world = await world.restart();
    expect(await people(root)).toEqual(expect.arrayContaining([{}]));
  });

  it('records nothing more about an erased person', async () => {
    await take();
    await world.engine.keys.erase('person-1');
    await expect(take()).rejects.toMatchObject({ code: 'subject.erased' });
  });

  it('never takes a key that cannot be found for an erased one', async () => {
    await take();
    await world.settle();
    const { keys } = world.engine;
    const find = keys.find.bind(keys);
    keys.find = async () => new Map();
    await expect(people(root)).rejects.toThrow('no key and no tombstone');
    keys.find = find;
    expect(await people(root)).toHaveLength(1);
  });

  it('derives keys by purpose that stay the same, and differ by purpose', async () => {
    const blind = world.engine.keys.purpose('blind').toString('hex');
    expect(world.engine.keys.purpose('token').toString('hex')).not.toBe(blind);
    world = await world.restart();
    expect(world.engine.keys.purpose('blind').toString('hex')).toBe(blind);
  });
}
