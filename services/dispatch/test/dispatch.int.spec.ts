import { afterEach, describe, expect, it } from '@jest/globals';
import { IsArray, IsUUID } from 'class-validator';
import {
  StaffGrant,
  TicketChased,
  TicketClosed,
  TicketOpened,
  TicketReopened,
} from '@shouwen/contracts';
import { Command, defineService, defineStream, handles, type Actor } from '@shouwen/engine';
import { openWorld, type World } from '@shouwen/testkit';
import { dispatch } from '../src/dispatch.service.js';
import { defineGrid } from '../src/grid/define-grid.js';
import { holdPost } from '../src/post/hold-post.js';
import { registerStaff } from '../src/staff/register-staff.js';
import { releaseStaff } from '../src/staff/release-staff.js';
import { registerUnit } from '../src/unit/register-unit.js';
import { postsView, type PostDocument } from '../src/views/posts.view.js';
import { workOrderTicketsView } from '../src/views/work-order-tickets.view.js';
import { workOrdersView, type WorkOrderDocument } from '../src/views/work-orders.view.js';
import { addTicket } from '../src/work-order/add-ticket.js';
import { arrive } from '../src/work-order/arrive.js';
import { assignCrew } from '../src/work-order/assign-crew.js';
import { finishWork } from '../src/work-order/finish-work.js';
import {
  AFFECTED,
  CREW,
  EAST,
  GRID,
  GROUP,
  HEAT,
  OTHER_TICKET,
  RECEIVED,
  TICKET,
  aTicketOpened,
  at,
  standards,
} from './build.js';

type Said = TicketOpened | TicketChased | TicketClosed | TicketReopened;
const tickets = defineStream<null, Said>({
  name: 'ticket',
  events: [TicketOpened, TicketChased, TicketClosed, TicketReopened],
  initial: null,
  evolve: () => null,
});

/** Says what it is told to say, under the name of intake: the sentences are the contracts' own. */
class Say extends Command {
  @IsUUID() ticketId!: string;
  @IsArray() events!: Said[];
}
const say = handles(Say, tickets, (_, { events }) => events);
const intake = defineService({
  name: 'intake',
  routes: [],
  commands: [say],
  views: [],
  reactions: [],
  effects: [],
});

const UNITS = [
  [GROUP, 'group'],
  [HEAT, 'company', 'heat'],
  [EAST, 'station'],
  [CREW, 'crew'],
] as const;
const NUMBER = 'H260115-0000B001';
const someone = (number: string, role: string, unit: string): Actor => ({
  number,
  tenant: 'main',
  grants: [{ role, unit }],
});
const CREW_ROLES = { roles: ['crew'] };

let world: World;
async function openCity(): Promise<void> {
  world = await openWorld({ services: [intake, dispatch], standards, from: at('14:01') });
  for (const [unit, kind, utility] of UNITS)
    await world.send('dispatch', registerUnit, {
      ...{ unit, name: unit, nameEn: unit, kind },
      ...(utility ? { utility } : {}),
    });
  await world.send('dispatch', defineGrid, {
    ...{ gridCode: GRID, utility: 'heat', name: '城东一片', unit: EAST, streets: ['和平路'] },
  });
  for (const staff of ['2001', '2002', '3001'])
    await world.send('dispatch', registerStaff, { staff, unit: HEAT, grants: [] });
}
afterEach(() => world.close());

const told = async (ticketId: string, ...events: Said[]) => {
  await world.send('intake', say, { ticketId, events });
  await world.settle();
};
const jobs = (actor?: Actor) =>
  world.find<WorkOrderDocument>('dispatch', workOrdersView, {}, actor);

describe('dispatch on the embedded engine', () => {
  it('takes a ticket from its opening to the finished work, reported late and twice', async () => {
    await openCity();
    await told(TICKET, aTicketOpened());
    const [job] = await jobs();
    expect(job).toMatchObject({
      ...{ status: 'open', unit: EAST, ticketIds: [TICKET], receivedAt: RECEIVED },
      affected: { affectedName: '李梅', address: '和平路8号', task: '暖气不热' },
    });
    const { workOrderId } = job!;
    await world.send('dispatch', assignCrew, { workOrderId, crew: CREW });
    await world.advance('2h');
    const crew = { actor: someone('3001', 'crew', CREW), ...CREW_ROLES };
    const finish = {
      ...{ workOrderId, occurredAt: at('15:30'), outcome: 'restored' },
      ...{ result: '已修复', signature: 'signed' },
    };
    await world.send('dispatch', finishWork, finish, crew);
    const arrival = { workOrderId, occurredAt: '2026-01-15T14:40:00+08:00' };
    await world.send('dispatch', arrive, arrival, crew);
    const { log } = await world.send('dispatch', arrive, arrival, crew);
    const again = await world.send('dispatch', finishWork, finish, crew);
    expect(again.log).toBe(log);
    await world.settle();
    expect((await jobs())[0]).toMatchObject({
      ...{ status: 'finished', firstArrivedAt: at('14:40'), endedAt: at('15:30') },
      visits: [{ what: 'arrived', at: at('14:40') }],
    });
  });

  it('shows a crew its own jobs only', async () => {
    await openCity();
    await told(TICKET, aTicketOpened());
    expect(await jobs(someone('3001', 'crew', CREW))).toEqual([]);
    const [job] = await jobs();
    await world.send('dispatch', assignCrew, { workOrderId: job!.workOrderId, crew: CREW });
    await world.settle();
    expect(await jobs(someone('3001', 'crew', CREW))).toHaveLength(1);
    expect(await jobs(someone('3009', 'crew', `${EAST}/crew-2`))).toEqual([]);
  });

  it('lets one job serve several callers, and ends it when the last ticket is closed', async () => {
    await openCity();
    await told(TICKET, aTicketOpened());
    await told(OTHER_TICKET, aTicketOpened({ ticketId: OTHER_TICKET, affectedId: 'affected-2' }));
    const all = await jobs();
    const { workOrderId } = all.find(({ ticketIds }) => ticketIds.includes(TICKET))!;
    await world.send('dispatch', addTicket, { workOrderId, ticketId: OTHER_TICKET });
    await world.settle();
    expect((await jobs()).map(({ status }) => status).sort()).toEqual(['open', 'withdrawn']);
    const served = await world.find('dispatch', workOrderTicketsView);
    expect(served.map((ticket) => ticket.workOrderIds)).toEqual([[workOrderId], [workOrderId]]);
    const closed = (ticketId: string) =>
      TicketClosed({ ticketId, number: NUMBER, by: '1001', evidence: [], impossible: [] });
    await told(TICKET, closed(TICKET));
    expect((await jobs()).find((one) => one.workOrderId === workOrderId)).toMatchObject({
      ...{ status: 'open', ticketIds: [OTHER_TICKET] },
    });
    await told(OTHER_TICKET, closed(OTHER_TICKET));
    expect((await jobs()).every(({ status }) => status === 'withdrawn')).toBe(true);
    const reopened = {
      by: '1001',
      count: 1,
      continues: [],
      restarts: [],
      firstContactOwner: '1001',
      affectedId: AFFECTED,
    };
    await told(TICKET, TicketReopened({ ticketId: TICKET, number: NUMBER, ...reopened }));
    const open = (await jobs()).filter(({ status }) => status === 'open');
    expect(open).toEqual([expect.objectContaining({ ticketIds: [TICKET], unit: EAST })]);
  });

  it('counts each chase once', async () => {
    await openCity();
    const chased = { ticketId: TICKET, number: NUMBER, by: '1001' };
    await told(TICKET, aTicketOpened(), TicketChased({ ...chased, count: 1 }));
    await told(TICKET, TicketChased({ ...chased, count: 2 }));
    expect((await jobs())[0]).toMatchObject({ chases: 2 });
  });

  it('passes the posts of somebody who leaves to the successor', async () => {
    await openCity();
    const seat = { unit: HEAT, post: 'dispatcher' };
    await world.send('dispatch', holdPost, { ...seat, holder: '2001' });
    await expect(world.send('dispatch', releaseStaff, { staff: '2001' })).rejects.toMatchObject({
      code: 'staff.holds-posts',
    });
    await world.send('dispatch', releaseStaff, { staff: '2001', successor: '2002' });
    await world.settle();
    const posts = await world.find<PostDocument>('dispatch', postsView);
    expect(posts).toEqual([expect.objectContaining({ ...seat, holder: '2002' })]);
  });

  it('keeps an administrator of one company out of another, and out of the top', async () => {
    await openCity();
    const actor = someone('1009', 'administrator', EAST);
    const by = { actor, roles: ['administrator'] };
    const joining = { staff: '9001', unit: HEAT, grants: [] };
    await expect(world.send('dispatch', registerStaff, joining, by)).rejects.toMatchObject({
      code: 'unit.missing',
    });
    const all = Object.assign(new StaffGrant(), { role: 'administrator', unit: '/' });
    const taking = { staff: '9001', unit: EAST, grants: [all] };
    await expect(world.send('dispatch', registerStaff, taking, by)).rejects.toMatchObject({
      code: 'unit.beyond-reach',
    });
  });
});
