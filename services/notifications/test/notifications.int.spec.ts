import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from '@jest/globals';
import { IsArray, IsUUID } from 'class-validator';
import { Command, defineService, defineStream, handles, type Event } from '@shouwen/engine';
import { ClockBreached, ClockBreachWithdrawn } from '@shouwen/contracts';
import { openWorld, type World } from '@shouwen/testkit';
import type { MessageDocument } from '../src/views/messages.view.js';
import { messagesView } from '../src/views/messages.view.js';
import { notifications } from '../src/notifications.service.js';
import { retryMessage } from '../src/message/retry-message.js';
import { aClockBreached, noPacks, TICKET } from './build.js';

type ClockEvent = ClockBreached | ClockBreachWithdrawn;
const clocks = defineStream<null, ClockEvent>({
  name: 'clock',
  events: [ClockBreached, ClockBreachWithdrawn],
  initial: null,
  evolve: () => null,
});

/** Says what it is told to say, under the name of dispatch: the sentences are the contracts' own. */
class Say extends Command {
  @IsUUID() clockId!: string;
  @IsArray() events!: Event[];
}
const say = handles(Say, clocks, (_, { events }) => events as ClockEvent[]);
const dispatch = defineService({
  name: 'dispatch',
  routes: [],
  commands: [say],
  views: [],
  reactions: [],
  effects: [],
});

let world: World;
let outbox: string;
const open = async (directory?: string) => {
  outbox = join(directory ?? (await newFolder()), 'outbox');
  world = await openWorld({
    services: [dispatch, notifications({ outbox })],
    standards: noPacks,
    ...(directory ? { directory } : {}),
  });
};
const folders: string[] = [];
async function newFolder() {
  const folder = await mkdtemp(join(tmpdir(), 'shouwen-notifications-'));
  folders.push(folder);
  return folder;
}
afterEach(async () => {
  await world.close();
  for (const folder of folders.splice(0)) await rm(folder, { recursive: true, force: true });
});

const announce = (...events: Event[]) => world.send('dispatch', say, { clockId: TICKET, events });
const list = () => world.find<MessageDocument>('notifications', messagesView);
const files = async () => (await readdir(outbox)).sort();

describe('notifications on the embedded engine', () => {
  it('turns a breach into one file for each person who must know', async () => {
    await open();
    const tells = [
      { post: 'head-of-station', staff: '2001' },
      { post: 'duty-leader', staff: '2001' },
      { post: 'dispatcher', staff: '2002' },
    ];
    await announce(aClockBreached({ tells }));
    await world.settle();
    const documents = await list();
    const heads = { where: { posts: { is: 'duty-leader' } } };
    expect(await world.find('notifications', messagesView, heads)).toHaveLength(1);
    expect(documents.map(({ staff, status }) => [staff, status]).sort()).toEqual([
      ['2001', 'delivered'],
      ['2002', 'delivered'],
    ]);
    expect(await files()).toEqual(documents.map(({ receipt }) => receipt).sort());
    const first = documents.find(({ staff }) => staff === '2001')!;
    expect(JSON.parse(await readFile(join(outbox, first.receipt!), 'utf8'))).toMatchObject({
      messageId: first.messageId,
      to: { staff: '2001', posts: ['head-of-station', 'duty-leader'] },
      text: { zh: first.textZh, en: first.textEn },
    });
  });

  it('corrects those who were told, and tells nobody of a late entry', async () => {
    await open();
    const { isLateEntry: _isLateEntry, ...fact } = aClockBreached().data;
    await announce(aClockBreached());
    await announce(ClockBreachWithdrawn({ ...fact, metAt: '2026-01-15T07:10:00.000Z' }));
    await announce(aClockBreached({ isLateEntry: true, run: 2 }));
    await world.settle();
    expect((await list()).map(({ kind, staff }) => [kind, staff]).sort()).toEqual([
      ['breach-withdrawn', '2001'],
      ['clock-breached', '2001'],
    ]);
  });

  it('tries again when the disk is back, under a new attempt, and leaves one file', async () => {
    await open();
    await writeFile(outbox, 'in the way');
    await announce(aClockBreached());
    await world.settle();
    const [failed] = await list();
    expect(failed).toMatchObject({ status: 'failed', attempts: 1, because: 'EEXIST' });
    await rm(outbox);
    await world.advance('1m');
    const [delivered] = await list();
    expect(delivered).toMatchObject({ status: 'delivered', attempts: 2 });
    expect(delivered!.attemptId).not.toBe(failed!.attemptId);
    expect(await files()).toEqual([delivered!.receipt]);
  });

  it('gives up after six attempts until somebody asks for another', async () => {
    await open();
    await writeFile(outbox, 'in the way');
    await announce(aClockBreached());
    await world.advance('1d');
    const [failed] = await list();
    expect(failed).toMatchObject({ status: 'failed', attempts: 6 });
    expect(failed).not.toHaveProperty('retryAt');
    await rm(outbox);
    await world.send('notifications', retryMessage, { messageId: failed!.messageId });
    await world.settle();
    expect((await list())[0]).toMatchObject({ status: 'delivered', attempts: 7 });
  });

  it('sends nothing again after a restart', async () => {
    await open();
    await announce(aClockBreached());
    await world.settle();
    const before = await files();
    world = await world.restart();
    await world.settle();
    expect(await files()).toEqual(before);
    expect((await list())[0]).toMatchObject({ status: 'delivered', attempts: 1 });
  });
});
