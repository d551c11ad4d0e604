import { plainToInstance } from 'class-transformer';
import type { Actor } from '@shouwen/engine';
import { openWorld, type World } from '@shouwen/testkit';
import { recordContact, RecordContact } from '../src/contact/record-contact.js';
import { intake } from '../src/intake.service.js';
import { answerTicket } from '../src/ticket/answer-ticket.js';
import { classifyTicket } from '../src/ticket/classify-ticket.js';
import { handOverTicket } from '../src/ticket/hand-over-ticket.js';
import { routeTicket } from '../src/ticket/route-ticket.js';
import { ticketRoutes } from '../src/ticket/ticket.http.js';
import { ticketState } from '../src/ticket/ticket-state.js';
import { ticketsView, type TicketDocument } from '../src/views/tickets.view.js';
import { anOpening, standards } from './build.js';

const person = (number: string, role: string, unit: string): Actor => ({
  number,
  tenant: 'main',
  grants: [{ role, unit }],
});
const HEAT = '/mingcheng/heat';
const clerk = person('3021', 'window-clerk', HEAT);
const colleague = person('3022', 'window-clerk', HEAT);
const waterHead = person('2001', 'supervisor', '/mingcheng/water');

let world: World;
let ticketId: string;
beforeEach(async () => {
  world = await openWorld({ services: [intake], standards });
  const opens = anOpening({ utility: 'water', typeCode: 'water.consultation' });
  const told = { channel: 'window', callerName: '林晓青', matters: [{ opens }] };
  const contact = plainToInstance(RecordContact, told, { exposeUnsetFields: false });
  const answer = await world.send('intake', recordContact, contact, { actor: clerk });
  ticketId = (answer['matters'] as { ticketId: string }[])[0]!.ticketId;
  const unit = '/mingcheng/water';
  await world.send('intake', routeTicket, { ticketId, unit }, { isSystem: true });
  await world.settle();
});
afterEach(() => world.close());

const rolesOf = (path: string) =>
  ticketRoutes.find((route) => route.path === `/tickets/:ticketId/${path}`)!.roles;
const answers = (actor: Actor) => {
  const told = { ticketId, how: 'phone', isInSubstance: true, answer: '已核实水费' };
  return world.send('intake', answerTicket, told, { actor, roles: rolesOf('answers') });
};
const ticketsFor = (actor: Actor) => world.find<TicketDocument>('intake', ticketsView, {}, actor);
const stateFor = (actor: Actor) =>
  world
    .runtime('intake')
    .ask(ticketState, Object.assign(new ticketState.query(), { ticketId }), actor, {
      roles: rolesOf('state'),
    });

describe('a ticket that went to another company', () => {
  it('is read and answered by its first-contact owner, who sees its people as before', async () => {
    await answers(clerk);
    await world.settle();
    expect(await ticketsFor(clerk)).toMatchObject([
      { ticketId, unit: '/mingcheng/water', answers: [{ by: '3021' }] },
    ]);
    expect((await ticketsFor(clerk))[0]!.affected).toMatchObject({ affectedName: '林晓青' });
    expect(await stateFor(clerk)).toMatchObject({ ticket: { status: 'open' } });
  });

  it('is closed to all others of the company it left', async () => {
    expect(await ticketsFor(colleague)).toEqual([]);
    await expect(stateFor(colleague)).rejects.toMatchObject({ code: 'ticket.not-found' });
    await expect(answers(colleague)).rejects.toMatchObject({ code: 'unit.missing' });
  });

  it('is the next owner’s once it is handed over, and no more the last one’s', async () => {
    const wish = { ticketId, to: '3022', reason: '调岗' };
    await world.send('intake', handOverTicket, wish, { actor: waterHead });
    await world.settle();
    await answers(colleague);
    expect(await ticketsFor(clerk)).toEqual([]);
    await expect(answers(clerk)).rejects.toMatchObject({ code: 'unit.missing' });
  });

  it('is handed over by an owner whose role may do so', async () => {
    const wish = { ticketId, to: '3001', reason: '转科长' };
    await world.send('intake', handOverTicket, wish, { actor: waterHead });
    const head = person('3001', 'supervisor', HEAT);
    await world.send('intake', handOverTicket, { ...wish, to: '3021' }, { actor: head });
    await answers(clerk);
  });

  it('is closed to an owner whose unit it turns out to be about, and to one it names', async () => {
    const named = { ticketId, typeCode: 'water.complaint', aboutUnits: [HEAT] };
    await world.send('intake', classifyTicket, named, { actor: waterHead });
    await world.settle();
    expect(await ticketsFor(clerk)).toEqual([]);
    await expect(answers(clerk)).rejects.toMatchObject({ code: 'unit.missing' });
    const naming = { ticketId, typeCode: 'water.complaint', aboutStaff: ['3021'] };
    await world.send('intake', classifyTicket, naming, { actor: waterHead });
    await expect(answers(clerk)).rejects.toMatchObject({ code: 'matter.closed-to-you' });
  });
});
