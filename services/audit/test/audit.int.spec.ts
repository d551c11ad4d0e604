import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { loadStandards } from '@shouwen/standards';
import { openWorld, type World } from '@shouwen/testkit';
import { audit } from '../src/audit.service.js';
import { ticketTimeline } from '../src/timeline/ask-ticket-timeline.js';
import { timeline } from '../src/timeline/ask-timeline.js';
import type { Entry } from '../src/timeline/entry.js';
import { anActor, anEvent, OTHER_TICKET, TICKET } from './build.js';
import { speaker } from './speaker.js';

const intake = speaker('intake');
const dispatch = speaker('dispatch');
const standards = await loadStandards();

let world: World;
beforeEach(async () => {
  world = await openWorld({ services: [intake.service, dispatch.service, audit], standards });
});
afterEach(() => world.close());

const pack = { pack: 'heat', version: '2026.1', hash: 'h', clauses: ['H-006'] };
const told = async () => {
  const staff = { staff: '1001', staffId: 'staff-1001', name: '周敏' };
  await world.send('dispatch', dispatch.say, {
    matterId: '018f4b3c-0000-7000-8000-0000000000d1',
    events: [anEvent('dispatch.staff-registered', staff)],
  });
  await world.send('intake', intake.say, {
    matterId: TICKET,
    events: [anEvent('intake.ticket-opened', { aboutStaff: ['2007'] })],
  });
  await world.send('intake', intake.say, {
    matterId: OTHER_TICKET,
    events: [
      anEvent('intake.ticket-opened', { ticketId: OTHER_TICKET, number: 'H260115-00000001' }),
    ],
  });
  await world.advance('2h');
  await world.send('dispatch', dispatch.say, {
    matterId: TICKET,
    events: [
      { ...anEvent('dispatch.clock-breached', { ticketId: TICKET }), pack },
      anEvent('dispatch.crew-arrived', { ticketIds: [OTHER_TICKET, TICKET] }),
    ],
  });
  await world.settle();
};

interface Story {
  readonly items: readonly Entry[];
}
const story = (fields: object, actor = anActor('9001', ['auditor', '/mingcheng'])) =>
  world.ask<Story>('audit', ticketTimeline, { ticketId: TICKET, ...fields }, actor);

describe('the timeline of a ticket', () => {
  it('tells all services in one row, in Chinese and English, with clauses', async () => {
    await told();
    const { items } = await story({});
    expect(items.map(({ type }) => type)).toEqual([
      'intake.ticket-opened',
      'dispatch.clock-breached',
      'dispatch.crew-arrived',
    ]);
    expect(items[1]?.clauses[0]?.text).toBe('H-006 社会服务承诺制度 第七条');
    const english = await story({ lang: 'en' });
    expect(english.items[0]?.sentence).toMatch(/^Ticket H260115-0000000H was opened/);
  });

  it('names staff only where the role may know them', async () => {
    await told();
    const byAuditor = await story({});
    const bySupervisor = await story({}, anActor('9002', ['supervisor', '/mingcheng/heat']));
    expect(byAuditor.items[0]?.sentence).toContain('首问责任人 1001');
    expect(bySupervisor.items[0]?.sentence).toContain('周敏（1001）');
  });

  it('is closed to the person it complains about, and not there for other units', async () => {
    await told();
    await expect(story({}, anActor('2007', ['supervisor', '/']))).rejects.toMatchObject({
      code: 'matter.closed-to-you',
    });
    await expect(
      story({}, anActor('9003', ['supervisor', '/mingcheng/gas'])),
    ).rejects.toMatchObject({ code: 'ticket.not-found' });
  });

  it('refuses a language and an order it does not know', async () => {
    await expect(story({ lang: 'fr' })).rejects.toMatchObject({ code: 'request.invalid' });
    await expect(story({ order: 'random' })).rejects.toMatchObject({ code: 'request.invalid' });
  });

  it('is the same after its views were rebuilt', async () => {
    await told();
    const before = await story({});
    expect(before.items).toHaveLength(3);
    for (const view of ['timeline', 'ticket-access', 'staff-names', 'unit-names'])
      expect(await world.runtime('audit').rebuild(view)).toMatchObject({ differences: 0 });
    expect(await story({})).toEqual(before);
  });
});

describe('the timeline of everything', () => {
  const find = async (fields: object, actor = anActor('9001', ['auditor', '/'])) =>
    (await world.ask<{ items: { type: string }[] }>('audit', timeline, fields, actor)).items.map(
      ({ type }) => type,
    );

  it('is filtered by ticket, number, type, service and time', async () => {
    await told();
    // Five of the services, and the first event of either log.
    expect(await find({})).toHaveLength(7);
    expect(await find({ type: 'engine.log-started', service: 'dispatch' })).toHaveLength(1);
    expect(await find({ ticketId: OTHER_TICKET })).toHaveLength(2);
    expect(await find({ ticketId: TICKET })).toHaveLength(3);
    expect(await find({ number: 'H260115-0000000H', service: 'intake' })).toEqual([
      'intake.ticket-opened',
    ]);
    expect(await find({ type: 'dispatch.crew-arrived' })).toHaveLength(1);
    expect(await find({ from: '2026-01-15T10:00:00Z', sort: 'ascending' })).toEqual([
      'dispatch.clock-breached',
      'dispatch.crew-arrived',
    ]);
    expect(await find({ to: '2026-01-15T16:30:00+08:00' })).toHaveLength(5);
    expect(await find({ number: 'nobody-knows' })).toEqual([]);
  });

  it('leaves out what names the reader and what belongs to other units', async () => {
    await told();
    const named = anActor('2007', ['auditor', '/']);
    expect(await find({ ticketId: TICKET }, named)).toEqual([]);
    expect(await find({ ticketId: OTHER_TICKET }, named)).toEqual(['intake.ticket-opened']);
    expect(await find({}, anActor('9003', ['auditor', '/mingcheng/gas']))).toEqual([
      'engine.log-started',
      'engine.log-started',
    ]);
  });

  it('shows nobody as they are to a role that need not know', async () => {
    await told();
    const answer = await world.ask('audit', timeline, {}, anActor('9001', ['auditor', '/']));
    expect(JSON.stringify(answer)).toContain('林**');
    expect(JSON.stringify(answer)).not.toMatch(/林守成|13900000002|周敏/);
  });
});
