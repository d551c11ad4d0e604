import { afterEach, describe, expect, it } from '@jest/globals';
import {
  FeedbackGiven,
  TicketAnswered,
  TicketClosed,
  TicketOpened,
  TicketReopened,
} from '@shouwen/contracts';
import { Command, defineService, defineStream, handles, type Event } from '@shouwen/engine';
import { openWorld, type World } from '@shouwen/testkit';
import { IsArray, IsUUID } from 'class-validator';
import { superviseTicket } from '../src/clock/supervise-ticket.js';
import { dispatch } from '../src/dispatch.service.js';
import { defineGrid } from '../src/grid/define-grid.js';
import { holdPost } from '../src/post/hold-post.js';
import { registerStaff } from '../src/staff/register-staff.js';
import { registerUnit } from '../src/unit/register-unit.js';
import { type ClockDocument, clocksView } from '../src/views/clocks.view.js';
import { type EscalationDocument, escalationsView } from '../src/views/escalations.view.js';
import { lateTicketsView } from '../src/views/late-tickets.view.js';
import { type LimitDocument, limitsView } from '../src/views/limits.view.js';
import { appointVisit } from '../src/work-order/appoint-visit.js';
import { arrive } from '../src/work-order/arrive.js';
import { signFor } from '../src/work-order/sign-for.js';
import { workOrdersView } from '../src/views/work-orders.view.js';
import { aTicketOpened, standards, TICKET } from './build.js';

type TicketEvent = TicketOpened | TicketAnswered | FeedbackGiven | TicketClosed | TicketReopened;
const tickets = defineStream<null, TicketEvent>({
  name: 'ticket',
  events: [TicketOpened, TicketAnswered, FeedbackGiven, TicketClosed, TicketReopened],
  initial: null,
  evolve: () => null,
});

/** Says what it is told to say, under the name of intake: the sentences are the contracts' own. */
class Say extends Command {
  @IsUUID() ticketId!: string;
  @IsArray() events!: Event[];
}
const say = handles(Say, tickets, (_, { events }) => events as TicketEvent[]);
const intake = defineService({
  name: 'intake',
  routes: [],
  commands: [say],
  views: [],
  reactions: [],
  effects: [],
});

const START = '2026-01-15T06:00:00.000Z';
const number = 'H260115-0000B001';
let world: World;
afterEach(() => world.close());

const announce = (...events: Event[]) => world.send('intake', say, { ticketId: TICKET, events });
const told = ({ tells }: { tells: readonly { staff: string }[] }) =>
  tells.map(({ staff }) => staff);
const limits = async () =>
  Object.fromEntries(
    (await world.find<LimitDocument>('dispatch', limitsView)).map((one) => [
      `${one.deadline} ${one.run}`,
      one.verdict,
    ]),
  );

/** A station with a head, a company with two managers, a group with a general manager. */
async function open(from = START): Promise<void> {
  world = await openWorld({ services: [intake, dispatch], standards, from });
  const posts = [
    ['/mingcheng', 'group', 'group-general-manager', '100'],
    ['/mingcheng/heat', 'company', 'operating-company-manager', '200'],
    ['/mingcheng/heat', 'company', 'operating-company-deputy', '201'],
    ['/mingcheng/heat/east', 'station', 'head-of-station', '300'],
  ] as const;
  for (const [unit, kind, post, holder] of posts) {
    const utility = unit === '/mingcheng' ? {} : { utility: 'heat' };
    const unitFields = { unit, kind, name: unit, nameEn: unit, ...utility };
    await world.send('dispatch', registerUnit, unitFields);
    await world.send('dispatch', registerStaff, { staff: holder, unit, name: '王', grants: [] });
    await world.send('dispatch', holdPost, { unit, post, holder });
  }
}

describe('clocks on the embedded engine', () => {
  it('warn, breach and climb the ladder to the posts that the standard names', async () => {
    await open();
    await announce(aTicketOpened({ unit: '/mingcheng/heat/east' }));
    await world.advance('41m');
    const [warned] = await world.find<LimitDocument>('dispatch', limitsView, {
      where: { stage: { is: 'arrive' } },
    });
    expect(warned).toMatchObject({ verdict: 'running', tells: [{ staff: '300' }] });
    await world.advance('20m');
    expect(await world.find('dispatch', lateTicketsView)).toHaveLength(1);
    await world.advance('4d');
    const steps = await world.find<EscalationDocument>('dispatch', escalationsView, {
      sort: { by: 'hours', order: 'ascending' },
    });
    expect(steps.map((one) => [one.hours, one.post, ...told(one)])).toEqual([
      [24, 'head-of-station', '300'],
      [48, 'operating-company-manager', '200'],
      [72, 'operating-company-deputy', '201'],
      [96, 'group-general-manager', '100'],
    ]);
    expect(await limits()).toEqual({ 'arrive 1': 'late', 'restore 1': 'late' });
  });

  it('lose no timer over a restart', async () => {
    await open();
    await announce(aTicketOpened({ unit: '/mingcheng/heat/east' }));
    await world.settle();
    world = await world.restart();
    await world.advance('25h');
    expect(await limits()).toEqual({ 'arrive 1': 'late', 'restore 1': 'late' });
    expect(await world.find('dispatch', escalationsView)).toHaveLength(1);
  });

  it('follow the crew: a slot replaces the arrival limit and the arrival meets it', async () => {
    await open();
    await announce(aTicketOpened({ unit: '/mingcheng/heat/east' }));
    await world.advance('5m');
    const [job] = await world.find<{ workOrderId: string }>('dispatch', workOrdersView);
    const { workOrderId } = job!;
    const slot = { from: '2026-01-15T10:00:00.000Z', to: '2026-01-15T11:00:00.000Z' };
    await world.send('dispatch', signFor, { workOrderId });
    await world.send('dispatch', appointVisit, { workOrderId, ...slot });
    await world.advance('2026-01-15T09:49:00.000Z');
    await world.send('dispatch', arrive, { workOrderId });
    await world.settle();
    expect(await limits()).toMatchObject({ 'arrive 1': 'withdrawn', 'arrive 2': 'on-time' });
  });

  it('end with the ticket and go on when it is reopened', async () => {
    await open();
    await announce(aTicketOpened({ unit: '/mingcheng/heat/east' }));
    await world.advance('10m');
    await announce(
      TicketAnswered({
        ...{ ticketId: TICKET, by: '1001', how: 'phone', isInSubstance: true },
        affectedId: 'affected-1',
      }),
      TicketClosed({ ticketId: TICKET, number, by: '1001', evidence: [], impossible: [] }),
    );
    await world.advance('3h');
    const [ended] = await world.find<ClockDocument>('dispatch', clocksView);
    expect(ended).toMatchObject({ status: 'ended', running: [], isLate: false });
    await announce(
      TicketReopened({
        ...{
          ticketId: TICKET,
          number,
          by: '1001',
          count: 1,
          firstContactOwner: '1001',
          affectedId: 'affected-1',
        },
        ...{ continues: ['restore', 'answer'], restarts: ['arrive'] },
      }),
    );
    await world.advance('25h');
    expect(await limits()).toMatchObject({ 'arrive 2': 'late', 'restore 2': 'late' });
  });

  it('judge a ticket that was entered days late, and tell nobody', async () => {
    await open('2026-01-20T06:00:00.000Z');
    await announce(aTicketOpened({ unit: '/mingcheng/heat/east', isLateEntry: true }));
    await world.settle();
    expect(await limits()).toEqual({ 'arrive 1': 'late', 'restore 1': 'late' });
    const steps = await world.find<EscalationDocument>('dispatch', escalationsView);
    expect(steps.map((one) => [one.isLateEntry, ...told(one)])).toEqual([
      [true],
      [true],
      [true],
      [true],
    ]);
    const documents = await world.find<LimitDocument>('dispatch', limitsView);
    expect(documents.flatMap(told)).toEqual([]);
  });

  it('count the feedback from the passing on by another company, through the same day', async () => {
    await open();
    const water = { unit: '/mingcheng/water', kind: 'company', utility: 'water' };
    await world.send('dispatch', registerUnit, { ...water, name: '水', nameEn: 'Water' });
    const complaint = { typeCode: 'heat.complaint', category: 'complaint', needsWorkOrder: false };
    const place = { unit: '/mingcheng/heat/east', takenIn: '/mingcheng/water' };
    await announce(aTicketOpened({ ...complaint, ...place }));
    await world.settle();
    const feedback = async () =>
      (await world.find<LimitDocument>('dispatch', limitsView)).find(
        ({ stage }) => stage === 'feedback',
      );
    const dueAt = '2026-01-15T16:00:00.000Z';
    expect(await feedback()).toMatchObject({ dueAt, clauses: ['H-031'], verdict: 'running' });
    await world.advance('9h');
    await announce(
      FeedbackGiven({ ticketId: TICKET, by: '300', to: '1001', affectedId: 'affected-1' }),
    );
    await world.settle();
    expect(await feedback()).toMatchObject({ verdict: 'on-time' });
  });

  it('report the feedback that never came', async () => {
    await open();
    const water = { unit: '/mingcheng/water', kind: 'company', utility: 'water' };
    await world.send('dispatch', registerUnit, { ...water, name: '水', nameEn: 'Water' });
    const place = { unit: '/mingcheng/heat/east', takenIn: '/mingcheng/water' };
    await announce(aTicketOpened(place));
    await world.advance('11h');
    expect(await limits()).toMatchObject({ 'feedback 1': 'late' });
  });

  it.each([
    ['urban', '45m'],
    ['rural', '90m'],
    ['remote', '120m'],
  ] as const)('let power arrive at a %s place within %s', async (zone, limit) => {
    await open();
    const unit = '/mingcheng/power';
    const power = { unit, kind: 'company', utility: 'power', name: '电', nameEn: 'Power' };
    await world.send('dispatch', registerUnit, power);
    const grid = { gridCode: 'PW-1', utility: 'power', name: '北山乡', unit, zone };
    await world.send('dispatch', defineGrid, grid);
    const outage = { utility: 'power', typeCode: 'power.outage', gridCode: 'PW-1' };
    await announce(aTicketOpened(outage));
    await world.settle();
    const [arrival] = await world.find<LimitDocument>('dispatch', limitsView, {
      where: { stage: { is: 'arrive' } },
    });
    const minutes = (Date.parse(arrival!.dueAt) - Date.parse(arrival!.startAt)) / 60_000;
    expect(`${minutes}m`).toBe(limit);
    await world.advance(limit);
    expect(await limits()).toMatchObject({ 'arrive 1': 'late' });
  });

  it('show that somebody senior watches, and tell the head of the unit', async () => {
    await open();
    await announce(aTicketOpened({ unit: '/mingcheng/heat/east' }));
    await world.settle();
    const order = { ticketId: TICKET, instruction: 'Report every two hours.' };
    await world.send('dispatch', superviseTicket, order);
    await world.settle();
    const [clock] = await world.find<ClockDocument>('dispatch', clocksView);
    expect(clock).toMatchObject({ isSupervised: true, supervisions: [{ by: 'admin' }] });
    expect(JSON.stringify(clock)).not.toContain('$sealed');
  });
});
