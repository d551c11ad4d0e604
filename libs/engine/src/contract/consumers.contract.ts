import { afterEach, beforeEach, expect, it } from '@jest/globals';
import type { Recorded } from '../event.js';
import { Unavailable } from '../errors.js';
import { nameBased } from '../identifiers.js';
import type { StoredEvent } from '../ports.js';
import { forPerson } from '../precedence.js';
import { pump } from '../pump.js';
import { defineService } from '../service.js';
import { when } from '../consumer.js';
import {
  KeepCopy,
  NoteAmended,
  NoteTaken,
  amendNote,
  copiesView,
  desk,
  noTrouble,
  notesView,
  shelf,
  takeNote,
  type CopyDocument,
  type Trouble,
} from './sample.js';
import { World, root, type OpenEngine } from './world.js';

const KEEPS = 'shelf.keep-copy-when-note-taken|desk.main|0';

export function consumerContract(openEngine: OpenEngine): void {
  let trouble: Trouble;
  let world: World;
  beforeEach(async () => {
    trouble = noTrouble();
    world = await World.open({ openEngine, services: [desk, shelf(trouble)] });
  });
  afterEach(() => world.close());

  const take = async (fields: object = {}) =>
    String((await world.send('desk', takeNote, { personId: 'p', ...fields }))['noteId']);
  const amend = (noteId: string) => world.send('desk', amendNote, { noteId, weight: 1 });
  const copies = async () => {
    const found = await world.find<CopyDocument>('shelf', copiesView(trouble));
    return Object.fromEntries(found.map(({ copyId, copies: n }) => [copyId, n]));
  };
  const parked = async (service: string) =>
    (await world.runtime(service).parked()).items as {
      key: string;
      isFirst: boolean;
      error: string;
    }[];
  const caller = (n: number) => ({
    actor: root,
    key: nameBased('018f4b3c0002', 'ops', String(n)),
    route: 'parked',
    fingerprint: null,
  });
  const events = async (service: string): Promise<readonly StoredEvent[]> =>
    (await world.engine.open(service)).log.read(0, 1000);

  /** Changes what a consumer remembers while nothing runs, and starts again. */
  const changeCheckpoint = async (id: string, change: (checkpoint: object) => object | null) => {
    await world.stop();
    const { directory } = world;
    const engine = await openEngine({ directory, from: '2026-01-15T08:00:00.000Z' });
    const { documents } = await engine.open('shelf');
    const stored = await documents.get('$checkpoints', '-', id);
    await documents.write([{ table: '$checkpoints', tenant: '-', id, document: change(stored!) }]);
    await engine.close();
    world = await World.open({ openEngine, services: [desk, shelf(trouble)], directory });
  };

  it('ends a consumer that has nothing left to read while it holds back for people', async () => {
    const { log } = await world.engine.open('desk');
    const { g } = await log.head();
    let answer: () => void = () => {};
    const answered = new Promise<void>((resolve) => (answer = resolve));
    const people = [forPerson(() => answered), forPerson(() => answered)];
    const consumer = pump(log, g, async () => {});
    await consumer.stop();
    answer();
    await Promise.all(people);
  });

  it('delivers every public event of one service to another, in order of its key', async () => {
    const [a, b] = [await take(), await take()];
    for (const noteId of [a, b, a, b, a]) await amend(noteId);
    await world.settle();
    expect(await copies()).toEqual({ [a]: 4, [b]: 3 });
    const ofA = (await events('shelf')).filter(
      ({ key, type }) => key === a && type === 'shelf.copy-kept',
    );
    expect(ofA.map(({ data }) => (JSON.parse(data) as { copies: number }).copies)).toEqual([
      1, 2, 3, 4,
    ]);
  });

  it('tells what led to an event: causation, correlation, the consumer as actor', async () => {
    const noteId = await take();
    await world.settle();
    const [source] = (await events('desk')).filter(({ key }) => key === noteId);
    const [copy] = (await events('shelf')).filter(({ key }) => key === noteId);
    const meta = (event: StoredEvent) => JSON.parse(event.meta) as Recorded['meta'];
    expect(meta(copy!)).toMatchObject({
      causation: source!.id,
      correlation: meta(source!).correlation,
      actor: 'system:shelf.keep-copy-when-note-taken',
      tenant: 'main',
    });
    expect(copy!.occurredAt).toBe(source!.occurredAt);
  });

  it('applies an event once, though it is delivered again after a restart', async () => {
    const noteId = await take();
    await world.settle();
    // The reaction forgets that it was here, as after a kill between the command and the checkpoint.
    await changeCheckpoint(KEEPS, () => null);
    await world.settle();
    expect(await copies()).toEqual({ [noteId]: 1 });
  });

  it('parks the failing event and everything later of its key; all other keys move on', async () => {
    const [bad, good] = [await take(), await take()];
    await world.settle();
    trouble.reaction.add(bad);
    for (const noteId of [bad, good, bad, good]) await amend(noteId);
    await world.settle();
    expect(await copies()).toEqual({ [bad]: 1, [good]: 3 });
    expect(await parked('shelf')).toMatchObject([
      { key: bad, isFirst: true, error: 'the reaction has a fault' },
      { key: bad, isFirst: false },
    ]);
  });

  it('keeps the parked list over a restart, retries it in order and records that', async () => {
    const noteId = await take();
    await world.settle();
    trouble.reaction.add(noteId);
    await amend(noteId);
    await amend(noteId);
    await world.settle();
    world = await world.restart();
    await world.settle();
    const name = 'shelf.keep-copy-when-note-taken';
    expect(await world.runtime('shelf').retryParked(name, noteId, caller(1))).toMatchObject({
      handled: 0,
      left: 2,
      error: 'the reaction has a fault',
    });
    trouble.reaction.clear();
    await amend(noteId);
    await world.settle();
    expect(await world.runtime('shelf').retryParked(name, noteId, caller(2))).toMatchObject({
      handled: 3,
      left: 0,
    });
    await world.settle();
    expect(await parked('shelf')).toEqual([]);
    expect(await copies()).toEqual({ [noteId]: 4 });
    const recorded = (await events('shelf')).filter(
      ({ type }) => type === 'engine.parked-work-handled',
    );
    expect(recorded.map(({ data }) => JSON.parse(data) as object)).toMatchObject([
      { action: 'retry', handled: 0, left: 2 },
      { action: 'retry', handled: 3, left: 0 },
    ]);
  });

  it('skips the first parked event and handles the rest', async () => {
    const noteId = await take();
    await world.settle();
    trouble.reaction.add(noteId);
    for (let i = 0; i < 3; i++) await amend(noteId);
    await world.settle();
    trouble.reaction.clear();
    const name = 'shelf.keep-copy-when-note-taken';
    expect(await world.runtime('shelf').skipParked(name, noteId, caller(3))).toMatchObject({
      handled: 3,
    });
    await world.settle();
    expect(await copies()).toEqual({ [noteId]: 3 });
  });

  it('parks in a view too, and goes on where the fault is mended', async () => {
    const bad = '018f4b3c-0000-7000-8000-00000000bad0';
    trouble.view.add(bad);
    await take({ noteId: bad });
    const good = await take();
    await world.settle();
    expect(await copies()).toEqual({ [good]: 1 });
    trouble.view.clear();
    await world.runtime('shelf').retryParked('shelf.copies', bad, caller(4));
    expect(await copies()).toEqual({ [bad]: 1, [good]: 1 });
  });

  it('does not let a failing subscriber delay another', async () => {
    const noteId = await take();
    trouble.reaction.add(noteId);
    await world.settle();
    expect(await world.find('desk', notesView)).toHaveLength(1);
    const behind = (await world.runtime('desk').subscriptions()).map((one) => one.behind);
    expect(behind.every((n) => n === 0)).toBe(true);
  });

  it('records what the rules refuse to a reaction, and passes', async () => {
    const strict = defineService({
      ...shelf(trouble),
      commands: shelf(trouble).commands,
      reactions: [
        when(NoteTaken, 'copy-too-often', ({ data }) =>
          Array.from({ length: 21 }, () => KeepCopy.of({ copyId: data.noteId })),
        ),
      ],
      effects: [],
    });
    await world.close();
    world = await World.open({ openEngine, services: [desk, strict] });
    const noteId = await take();
    await world.settle();
    expect(await copies()).toEqual({ [noteId]: 20 });
    expect((await world.runtime('shelf').refusals(root)).items).toMatchObject([
      { code: 'copy.enough', command: 'KeepCopy', key: noteId },
    ]);
  });

  it('pauses, and parks nothing, while an engine is away', async () => {
    let isAway = true;
    trouble.letter = () => {
      if (isAway) throw new Unavailable('the provider is away');
    };
    const noteId = await take();
    const state = async () =>
      (await world.runtime('shelf').subscriptions()).find(
        ({ name }) => name === 'shelf.post-letter',
      )!;
    while ((await state()).state !== 'paused') await new Promise((next) => setImmediate(next));
    expect(await parked('shelf')).toEqual([]);
    isAway = false;
    await world.settle();
    expect(await letters(world, noteId)).toEqual(['attempted', 'delivered']);
  });

  it('commits the attempt of an effect before the call, and never calls again once the outcome is recorded', async () => {
    const called: string[] = [];
    trouble.letter = async (copyId, attemptId) => {
      called.push(attemptId);
      expect(await letters(world, copyId)).toEqual(['attempted']);
    };
    const noteId = await take();
    await world.settle();
    await changeCheckpoint('shelf.post-letter|shelf.main|0', () => null);
    await world.settle();
    expect(called).toHaveLength(1);
    expect(await letters(world, noteId)).toEqual(['attempted', 'delivered']);
  });

  it('repeats only the attempt in flight, under the same id', async () => {
    const called: string[] = [];
    trouble.letter = (_copyId, attemptId) => {
      called.push(attemptId);
      if (called.length === 1) throw new Error('killed in the middle of the call');
    };
    const noteId = await take();
    await world.settle();
    expect(called).toHaveLength(2);
    expect(new Set(called).size).toBe(1);
    expect(await letters(world, noteId)).toEqual(['attempted', 'delivered']);
  });

  it('starts a name that a later release adds at the head: nobody hears about last year', async () => {
    const [early] = [await take()];
    await world.settle();
    await world.stop();
    const later = defineService({
      ...shelf(trouble),
      reactions: [
        ...shelf(trouble).reactions,
        when([NoteTaken, NoteAmended], 'copy-once-more', ({ data }) => [
          KeepCopy.of({ copyId: data.noteId }),
        ]),
      ],
    });
    world = await World.open({ openEngine, services: [desk, later], directory: world.directory });
    const late = await take();
    await world.settle();
    expect(await copies()).toEqual({ [early]: 1, [late]: 2 });
  });

  it('stops with an alarm where an event is not what was written', async () => {
    await take();
    await world.settle();
    const { log } = await world.engine.open('desk');
    const read = log.read.bind(log);
    log.read = async (g, limit) =>
      (await read(g, limit)).map((event) => ({
        ...event,
        data: event.data.replace('"weight":1', '"weight":2'),
      }));
    await take();
    const state = async () =>
      (await world.runtime('desk').subscriptions()).find(({ name }) => name === 'desk.notes')!;
    while ((await state()).state !== 'stopped') await new Promise((next) => setImmediate(next));
    expect((await state()).error).toContain('not what was written');
    expect(await world.find('desk', notesView)).toMatchObject([{ weight: 1 }]);
  });

  it('refuses a log of another epoch, with a sentence', async () => {
    await take();
    await world.settle();
    await changeCheckpoint(KEEPS, (checkpoint) => ({ ...checkpoint, epoch: 7 }));
    const [status] = (await world.runtime('shelf').subscriptions()).filter(
      ({ state }) => state === 'stopped',
    );
    expect(status!.error).toContain('another log or epoch');
    await expect(world.settle()).rejects.toThrow('another log or epoch');
  });

  it('refuses a log that ends before what was read', async () => {
    await take();
    await world.settle();
    await changeCheckpoint(KEEPS, (checkpoint) => ({ ...checkpoint, g: 99 }));
    await expect(world.settle()).rejects.toThrow('the log was cut or is an older copy');
  });

  it('refuses a service that reads what is not public', async () => {
    const nosy = defineService({
      ...desk,
      name: 'nosy',
      commands: [],
      views: [],
      reactions: [
        when({ ...NoteTaken, visibility: 'service' } as typeof NoteTaken, 'look', () => []),
      ],
    });
    await expect(World.open({ openEngine, services: [desk, nosy] })).rejects.toThrow('not public');
  });
}

async function letters(world: World, copyId: string): Promise<string[]> {
  const stored = await (await world.engine.open('shelf')).log.readStream(`copy-${copyId}`, 0);
  return stored
    .filter(({ type }) => type === 'shelf.letter-posted')
    .map(({ data }) => (JSON.parse(data) as { step: string }).step);
}
