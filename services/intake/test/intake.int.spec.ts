import { IsArray, IsString } from 'class-validator';
import { plainToInstance } from 'class-transformer';
import {
  Command,
  defineService,
  defineStream,
  handles,
  type Actor,
  type Event,
  type EventFrom,
} from '@shouwen/engine';
import {
  ClockOpened,
  PostHeld,
  StaffLeft,
  StaffRegistered,
  WorkFinished,
  WorkOrderSigned,
} from '@shouwen/contracts';
import { NOW, openWorld, type World } from '@shouwen/testkit';
import { recordContact, RecordContact } from '../src/contact/record-contact.js';
import { registerCustomer } from '../src/customer/register-customer.js';
import { intake } from '../src/intake.service.js';
import { duplicateSuggestions } from '../src/suggestions/duplicate-suggestions.js';
import { knownCallers } from '../src/suggestions/known-callers.js';
import { typeSuggestions } from '../src/suggestions/type-suggestions.js';
import { answerTicket } from '../src/ticket/answer-ticket.js';
import { closeTicket } from '../src/ticket/close-ticket.js';
import { recordCallback } from '../src/ticket/record-callback.js';
import { ticketState } from '../src/ticket/ticket-state.js';
import { contactsView, type ContactDocument } from '../src/views/contacts.view.js';
import { ticketsView, type TicketDocument } from '../src/views/tickets.view.js';
import { aContact, anOpening, SOURCE, standards, WORK_ORDER } from './build.js';

const FROM_DISPATCH = [
  ClockOpened,
  WorkOrderSigned,
  WorkFinished,
  PostHeld,
  StaffRegistered,
  StaffLeft,
] as const;
type FromDispatch = EventFrom<typeof FROM_DISPATCH>;
const jobs = defineStream<null, FromDispatch>({
  name: 'job',
  events: FROM_DISPATCH,
  initial: null,
  evolve: () => null,
});

/** Says what it is told to say, under the name of dispatch: the sentences are the contracts' own. */
class Say extends Command {
  @IsString() jobId!: string;
  @IsArray() events!: Event[];
}
const say = handles(Say, jobs, (_, { events }) => events as FromDispatch[]);
const dispatch = defineService({
  name: 'dispatch',
  routes: [],
  commands: [say],
  views: [],
  reactions: [],
  effects: [],
});

const person = (number: string, role: string, unit: string): Actor => ({
  number,
  tenant: 'main',
  grants: [{ role, unit }],
});
const callTaker = person('1001', 'call-taker', '/mingcheng');
const colleague = person('1002', 'call-taker', '/mingcheng');
const supervisor = person('1300', 'supervision-office', '/mingcheng');
const analyst = person('1500', 'analyst', '/mingcheng');
const stationHead = person('2100', 'supervisor', '/mingcheng/heat/west');
const EAST = '/mingcheng/heat/east';

let world: World;
beforeEach(async () => {
  world = await openWorld({ services: [dispatch, intake], standards });
});
afterEach(() => world.close());

interface Answer {
  readonly contactId: string;
  readonly matters: readonly { readonly ticketId: string; readonly how: string }[];
}

/** As HTTP would send it: a new contact each time. */
const told = async (body: object = {}, actor = callTaker): Promise<Answer> => {
  const { contactId: _contactId, ...fields } = aContact(body);
  const command = plainToInstance(RecordContact, fields, { exposeUnsetFields: false });
  return (await world.send('intake', recordContact, command, { actor })) as unknown as Answer;
};
const opened = async (body?: object, actor?: Actor): Promise<string> =>
  (await told(body, actor)).matters[0]!.ticketId;
const announce = (...events: Event[]) => world.send('dispatch', say, { jobId: WORK_ORDER, events });
const ticketsFor = (actor: Actor) => world.find<TicketDocument>('intake', ticketsView, {}, actor);

const answeredBy = (unit: string, ticketId: string) =>
  ClockOpened({
    ...{ ticketId, number: 'H260115-0000000H', unit, utility: 'heat', typeCode: 'heat.no-heat' },
    ...{ category: 'repair', receivedAt: NOW, aboutUnits: [], isLateEntry: false },
  });

describe('the life of a heat repair', () => {
  it('runs from the call to the close', async () => {
    const ticketId = await opened();
    await announce(answeredBy(EAST, ticketId));
    await world.advance('2h');
    const finished = WorkFinished({
      workOrderId: WORK_ORDER,
      ticketIds: [ticketId],
      unit: `${EAST}/crew-1`,
      by: '2007',
      finishedAt: world.now,
      outcome: 'restored',
      signature: 'signed',
      affectedId: 'affected-1',
    });
    await announce(finished);
    await world.settle();
    const callback = {
      ticketId,
      isReached: true,
      isSatisfied: true,
      attitude: 'good',
      workQuality: 'good',
      timeliness: 'good',
      result: 'good',
    };
    const by = { actor: colleague };
    await expect(world.send('intake', closeTicket, { ticketId }, by)).rejects.toMatchObject({
      code: 'ticket.evidence-missing',
    });
    await world.send('intake', recordCallback, callback, by);
    await world.send('intake', closeTicket, { ticketId }, by);
    await world.settle();
    expect(await ticketsFor(callTaker)).toMatchObject([
      { ticketId, status: 'closed', unit: EAST, workResults: [{ outcome: 'restored' }] },
    ]);
  });

  it('is known as it stood, by what had happened and by what was known', async () => {
    const ticketId = await opened({
      matters: [{ opens: anOpening({ typeCode: 'heat.consultation' }) }],
    });
    await world.advance('2h');
    const late = '2026-01-15T09:00:00.000Z';
    const answer = { ticketId, how: 'phone', isInSubstance: true, answer: '下午恢复' };
    await world.send('intake', answerTicket, { ...answer, occurredAt: late });
    const asOf = '2026-01-15T09:30:00.000Z';
    expect(await world.ask('intake', ticketState, { ticketId, occurred: asOf })).toMatchObject({
      by: 'occurred',
      ticket: { evidence: ['answer'] },
    });
    expect(await world.ask('intake', ticketState, { ticketId, recorded: asOf })).toMatchObject({
      by: 'recorded',
      ticket: { evidence: [] },
    });
    await expect(
      world.ask('intake', ticketState, { ticketId, occurred: '2026-01-14T00:00:00.000Z' }),
    ).rejects.toMatchObject({ code: 'ticket.not-found' });
  });
});

describe('who sees what', () => {
  it('shows a unit its own tickets, once they are routed there', async () => {
    const ticketId = await opened();
    await announce(answeredBy('/mingcheng/heat/west', ticketId));
    await opened();
    await world.settle();
    expect((await ticketsFor(stationHead)).map((ticket) => ticket.ticketId)).toEqual([ticketId]);
    expect(await ticketsFor(callTaker)).toHaveLength(2);
  });

  it('masks the affected person for those who need not know them', async () => {
    await opened();
    await world.settle();
    expect((await ticketsFor(callTaker))[0]!.affected).toMatchObject({ affectedName: '林晓青' });
    expect((await ticketsFor(analyst))[0]!.affected).toMatchObject({
      affectedName: '林**',
      affectedPhone: '139****0001',
    });
  });

  it('hides a confidential caller in the ticket and shows them in the contact', async () => {
    await opened({ isConfidential: true });
    await world.settle();
    expect(JSON.stringify(await ticketsFor(callTaker))).not.toMatch(/林晓青|13900000001/);
    const [contact] = await world.find<ContactDocument>('intake', contactsView, {}, supervisor);
    expect(contact!.caller).toMatchObject({ callerName: '林晓青' });
  });

  it('lets somebody take down a complaint that names them, and closes it to them from then on', async () => {
    const unit = '/mingcheng/supervision';
    await announce(PostHeld({ post: 'supervision-office', unit, holder: '1300' }));
    await world.settle();
    const matters = [{ opens: anOpening({ typeCode: 'heat.complaint', aboutStaff: ['1001'] }) }];
    const ticketId = await opened({ matters });
    await world.settle();
    expect(await ticketsFor(callTaker)).toEqual([]);
    const answer = { ticketId, how: 'phone', isInSubstance: true, answer: '没有的事' };
    await expect(
      world.send('intake', answerTicket, answer, { actor: callTaker }),
    ).rejects.toMatchObject({ code: 'matter.closed-to-you' });
    expect(await ticketsFor(supervisor)).toMatchObject([{ ticketId, owner: '1300', unit }]);
  });
});

describe('who answers for a ticket', () => {
  const owners = async () => (await ticketsFor(callTaker)).map(({ owner }) => owner).sort();
  const leaving = (staff: string, successor?: string) =>
    StaffLeft({ staff, unit: '/mingcheng', ...(successor ? { successor } : {}), posts: [] });
  const importer = person('import', 'integration', '/mingcheng');
  const byMachine = (count: number) =>
    Promise.all(Array.from({ length: count }, () => opened({ channel: 'web' }, importer)));

  it('is the duty leader for what came by machine, and then the first who signs', async () => {
    await announce(PostHeld({ post: 'duty-leader', unit: '/mingcheng', holder: '1021' }));
    await world.settle();
    const [ticketId] = await byMachine(1);
    await world.settle();
    expect(await owners()).toEqual(['1021']);
    const job = { workOrderId: WORK_ORDER, ticketIds: [ticketId!], unit: EAST, signedAt: NOW };
    await announce(WorkOrderSigned({ ...job, signedBy: '2007' }));
    await announce(WorkOrderSigned({ ...job, signedBy: '2008' }));
    await world.settle();
    expect(await owners()).toEqual(['2007']);
  });

  it('is the successor of whoever leaves, for each of very many open tickets', async () => {
    await announce(PostHeld({ post: 'duty-leader', unit: '/mingcheng', holder: '1021' }));
    await world.settle();
    await byMachine(600);
    await opened();
    await world.settle();
    await announce(leaving('1021', '1022'));
    await world.settle();
    expect(new Set(await owners())).toEqual(new Set(['1001', '1022']));
    const all = await world.find('intake', ticketsView, {
      where: { owner: { is: '1022' } },
      limit: 1000,
    });
    expect(all).toHaveLength(600);
  });

  it('is never somebody who has left: not for a late entry, nor along a row of leavers', async () => {
    await announce(leaving('1001', '1002'));
    await opened();
    await announce(leaving('1002'));
    await opened();
    await world.settle();
    expect(await owners()).toEqual(['duty-leader', 'duty-leader']);
    await announce(
      StaffRegistered({ staff: '1001', staffId: 's', unit: '/mingcheng', grants: [] }),
    );
    await world.settle();
    await opened();
    await world.settle();
    expect(await owners()).toEqual(['1001', 'duty-leader', 'duty-leader']);
  });

  it('is a person again once somebody holds the post that it fell to, whoever holds it next', async () => {
    await byMachine(3);
    await world.settle();
    expect(new Set(await owners())).toEqual(new Set(['duty-leader']));
    await announce(PostHeld({ post: 'duty-leader', unit: '/mingcheng', holder: '1021' }));
    await world.settle();
    expect(await owners()).toEqual(['1021', '1021', '1021']);
    await announce(leaving('1021'));
    await world.settle();
    expect(await owners()).toEqual(['duty-leader', 'duty-leader', 'duty-leader']);
    await announce(PostHeld({ post: 'duty-leader', unit: '/mingcheng', holder: '1022' }));
    await world.settle();
    expect(await owners()).toEqual(['1022', '1022', '1022']);
  });
});

describe('the same matter again', () => {
  it('joins the ticket of its outside number, with what was said', async () => {
    const first = await opened({ source: SOURCE });
    const again = await told({ source: SOURCE });
    expect(again.matters).toEqual([{ ticketId: first, how: 'joined' }]);
    await world.settle();
    const [ticket] = await ticketsFor(callTaker);
    expect(ticket).toMatchObject({
      ticketId: first,
      notes: [{ contactId: again.contactId, said: { note: '客厅暖气从昨晚起是凉的' } }],
    });
  });

  it('opens one ticket when two bring the same number at the same moment', async () => {
    const answers = await Promise.all([told({ source: SOURCE }), told({ source: SOURCE })]);
    expect(answers.flatMap(({ matters }) => matters.map(({ how }) => how)).sort()).toEqual([
      'joined',
      'opened',
    ]);
    await world.settle();
    expect(await ticketsFor(callTaker)).toHaveLength(1);
  });

  it('is suggested by phone, account and place, and merged by nobody', async () => {
    const opens = anOpening({ accountId: 'A-1', gridCode: 'H-E-01' });
    const ticketId = await opened({ matters: [{ opens }] });
    await opened({
      callerPhone: '13900000077',
      matters: [{ opens: anOpening({ address: '别处1号', gridCode: 'H-E-01' }) }],
    });
    await world.settle();
    const { suggestions } = await world.ask<{ suggestions: { reasons: string[] }[] }>(
      'intake',
      duplicateSuggestions,
      {
        phone: '+86 139 0000 0001',
        accountId: 'A-1',
        address: '槐荫路６号2单元 301',
        gridCode: 'H-E-01',
      },
      callTaker,
    );
    expect(suggestions).toMatchObject([
      { ticketId, reasons: ['same-account', 'same-phone', 'same-place', 'same-grid-recently'] },
      { reasons: ['same-grid-recently'] },
    ]);
    expect(await ticketsFor(callTaker)).toHaveLength(2);
  });

  it('is not suggested to those it complains about, nor after its time', async () => {
    const opens = anOpening({ typeCode: 'heat.complaint', aboutStaff: ['1002'] });
    await opened({ matters: [{ opens }] });
    await world.settle();
    const ask = { phone: '13900000001' };
    const count = async (actor: Actor) =>
      (await world.ask<{ suggestions: object[] }>('intake', duplicateSuggestions, ask, actor))
        .suggestions.length;
    expect(await count(colleague)).toBe(0);
    expect(await count(callTaker)).toBe(1);
    await world.advance('31d');
    expect(await count(callTaker)).toBe(0);
  });
});

describe('help for the call-taker', () => {
  it('suggests a type by the words of the message, and says which words', async () => {
    const { suggestions } = await world.ask<{
      suggestions: { typeCode: string; words: string[] }[];
    }>('intake', typeSuggestions, { text: '家里暖气不热,已经两天了' });
    expect(suggestions[0]!.typeCode).toBe('heat.no-heat');
    expect(suggestions[0]!.words.length).toBeGreaterThan(0);
  });

  it('finds whose phone it is', async () => {
    const customer = {
      customerId: 'C-1',
      accountIds: ['A-1'],
      name: '林守成',
      phone: '13900000002',
    };
    await world.send('intake', registerCustomer, customer);
    await world.settle();
    expect(await world.ask('intake', knownCallers, { phone: '86 13900000002' }, callTaker)).toEqual(
      {
        customers: [
          {
            customerId: 'C-1',
            personId: 'customer-main-C-1',
            accountIds: ['A-1'],
            isPriority: false,
            person: { name: '林守成', phone: '13900000002' },
          },
        ],
      },
    );
  });
});

it('answers a repeated contact as it answered the first time', async () => {
  const key = '018f4b3c-0000-7000-8000-0000000000aa';
  const body = {
    channel: 'phone',
    matters: [{ opens: { typeCode: 'gas.leak-alarm', address: '杏林巷3号' } }],
  };
  const send = () =>
    world.send(
      'intake',
      recordContact,
      plainToInstance(RecordContact, body, { exposeUnsetFields: false }),
      { actor: callTaker, key },
    );
  const first = await send();
  expect(first).toMatchObject({ safetyWords: standards.safetyWords('gas.leak-alarm', 'zh', NOW) });
  expect(await send()).toEqual(first);
});
