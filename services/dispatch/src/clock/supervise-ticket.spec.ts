import { describe, it } from '@jest/globals';
import { SupervisionOrdered, TicketSupervised } from '@shouwen/contracts';
import { spec } from '@shouwen/testkit';
import {
  aClockEnded,
  aClockOpened,
  after,
  aMatter,
  EAST,
  HEAD,
  people,
  TICKET,
} from '../../test/build-clock.js';
import { passOnSupervision } from './pass-on-supervision.js';
import { superviseTicket } from './supervise-ticket.js';

const given = spec(superviseTicket);
const instruction = 'Report to me every two hours.';
const order = { ...aMatter, by: '1001', affectedId: 'party-1' };

describe('supervise a ticket', () => {
  it('records who watches, and what the unit has to do', () =>
    given(aClockOpened())
      .when({ ticketId: TICKET, instruction } as object)
      .records(SupervisionOrdered({ ...order, instruction })));

  it('changes nothing when the same person orders it again without a new instruction', () =>
    given(aClockOpened(), SupervisionOrdered(order))
      .when({ ticketId: TICKET } as object)
      .changesNothing());

  it('may be ordered by a second person', () =>
    given(aClockOpened(), SupervisionOrdered({ ...order, by: '2001' }))
      .when({ ticketId: TICKET } as object)
      .records(SupervisionOrdered(order)));

  it('is refused after the closing', () =>
    given(aClockOpened(), aClockEnded(after(30)))
      .when({ ticketId: TICKET } as object)
      .isRejected('ticket.closed'));

  it('is refused for a ticket that dispatch does not know', () =>
    given()
      .when({ ticketId: TICKET } as object)
      .isRejected('ticket.not-found'));
});

describe('pass on that a ticket is supervised', () => {
  const passOn = spec(passOnSupervision);
  const command: object = { ticketId: TICKET, by: '2001', unit: EAST };

  it('tells the head of the unit', () =>
    passOn(aClockOpened(), ...people)
      .when(command)
      .records(TicketSupervised({ ...aMatter, by: '2001', tells: [HEAD] })));

  it('is recorded where nobody can be told', () =>
    passOn(aClockOpened())
      .when(command)
      .records(TicketSupervised({ ...aMatter, by: '2001', tells: [] })));

  it('changes nothing before the ticket is known', () => passOn().when(command).changesNothing());
});
