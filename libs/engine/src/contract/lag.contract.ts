import { afterEach, beforeEach, expect, it } from '@jest/globals';
import { defineEffect } from '../consumer.js';
import type { Time } from '../ports.js';
import { defineService, type Service } from '../service.js';
import type { SubscriptionStatus } from '../subscription.js';
import { NoteTaken, PostLetter, desk, noTrouble, shelf, takeNote, type Trouble } from './sample.js';
import { World, type OpenEngine } from './world.js';

/** A shelf that also tells somebody outside of each note, and waits for the answer. */
const teller = (trouble: Trouble, tell: () => Promise<void>): Service =>
  defineService({
    ...shelf(trouble),
    effects: [
      ...shelf(trouble).effects,
      defineEffect({
        name: 'tell-of-note',
        on: NoteTaken,
        attempt: ({ data }) => PostLetter.of({ copyId: data.noteId, step: 'telling' }),
        perform: async ({ data }) => {
          await tell();
          return PostLetter.of({ copyId: data.noteId, step: 'told' });
        },
      }),
    ],
  });

export function lagContract(openEngine: OpenEngine): void {
  let world: World;
  let goOn: () => void;
  beforeEach(async () => {
    const trouble = noTrouble();
    const answered = new Promise<void>((resolve) => (goOn = resolve));
    trouble.letter = () => answered;
    world = await World.open({ openEngine, services: [desk, teller(trouble, () => answered)] });
  });
  afterEach(async () => {
    goOn();
    await world.close();
  });

  const all = () => world.runtime('shelf').subscriptions();
  const statusOf = async (name: string): Promise<SubscriptionStatus> =>
    (await all()).find((one) => one.name === name)!;
  const take = () => world.send('desk', takeNote, { personId: 'p' });
  const isBehind = async (name: string) => {
    while (!((await statusOf(name)).behind! > 0)) await new Promise((next) => setImmediate(next));
  };
  const later = (seconds: number) => {
    const time = world.engine.time as Time & { advance(to: number): Promise<void> };
    return time.advance(time.now() + seconds * 1000);
  };

  it.each([
    ['its own log', 'shelf.post-letter', 'shelf.main'],
    ['the log of another service', 'shelf.tell-of-note', 'desk.main'],
  ])('counts what waits in %s, and for how long the oldest of it has', async (_of, name, log) => {
    await take();
    await isBehind(name);
    await later(90);
    await take();
    await later(30);
    expect(await statusOf(name)).toMatchObject({ log, state: 'running', lagSeconds: 120 });
    goOn();
    await world.settle();
    expect(await statusOf(name)).toMatchObject({ log, behind: 0, lagSeconds: 0 });
    const { g } = await (await world.engine.open(log.split('.')[0]!)).log.head();
    expect((await statusOf(name)).position).toBe(g);
  });

  it('shows how far a view has read as its answers do', async () => {
    goOn();
    const { log: token } = await take();
    await world.settle();
    const views = (await world.runtime('desk').subscriptions()).filter(
      (one) => one.kind === 'view',
    );
    expect(views.map(({ name, readTo }) => [name, readTo])).toEqual([
      ['desk.notes', token],
      ['desk.names', token],
    ]);
    expect((await statusOf('shelf.post-letter')).readTo).toBeUndefined();
  });
}
