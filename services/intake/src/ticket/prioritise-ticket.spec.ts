import { CustomerRegistered, TicketPrioritised } from '@shouwen/contracts';
import { past, spec } from '@shouwen/testkit';
import type { Actor } from '@shouwen/engine';
import {
  AFFECTED,
  aTicketClosed,
  aTicketOpened,
  CALL_TAKER,
  CREW_MEMBER,
  NUMBER,
  TICKET,
} from '../../test/build.js';
import { customers } from '../customer/customer.js';
import { prioritiseTicket } from './prioritise-ticket.js';

const REACTION: Actor = { number: 'system:intake.test', tenant: 'main', grants: [] };
const byDesk = spec(prioritiseTicket, { actor: CALL_TAKER });
const byReaction = spec(prioritiseTicket, { actor: REACTION });

const registered = (isPriority: boolean) =>
  past(
    customers,
    'main:C-1',
    CustomerRegistered({
      ...{ customerId: 'C-1', personId: 'customer-main-C-1', accountIds: ['A-1'], isPriority },
    }),
  );
const prioritised = (override: Partial<TicketPrioritised['data']> = {}) =>
  TicketPrioritised({
    ...{ ticketId: TICKET, number: NUMBER, by: REACTION.number, affectedId: AFFECTED },
    because: 'priority-registered',
    registeredAs: 'customer-main-C-1',
    ...override,
  });
const told = TicketPrioritised({
  ...{ ticketId: TICKET, number: NUMBER, by: '1001', affectedId: AFFECTED },
  because: 'priority-told',
  reason: '家中有新生儿',
});
const named = { ticketId: TICKET, customerId: 'C-1' };
const nothingSaid: object = { ticketId: TICKET };
const saying = { ticketId: TICKET, reason: '家中有新生儿' };

describe('prioritise a ticket by a registration', () => {
  it('marks it, and says whose registration it was', () =>
    byReaction(registered(true), aTicketOpened()).when(named).records(prioritised()));

  it('changes nothing when told twice', () =>
    byReaction(registered(true), aTicketOpened(), prioritised()).when(named).changesNothing());

  it('changes nothing for a ticket that was opened as one', () =>
    byReaction(registered(true), aTicketOpened({ isPriority: true }))
      .when(named)
      .changesNothing());

  it('changes nothing for any other customer', () =>
    byReaction(registered(false), aTicketOpened()).when(named).changesNothing());

  it('changes nothing for somebody who is not registered', () =>
    byReaction(aTicketOpened()).when(named).changesNothing());

  it('changes nothing of a closed ticket', () =>
    byReaction(registered(true), aTicketOpened(), aTicketClosed()).when(named).changesNothing());

  it('is refused to a person who names any other customer', () =>
    byDesk(registered(false), aTicketOpened()).when(named).isRejected('customer.not-priority'));
});

describe('prioritise a ticket by what was told', () => {
  it('marks it with the reason', () => byDesk(aTicketOpened()).when(saying).records(told));

  it('changes nothing when told twice', () =>
    byDesk(aTicketOpened(), told).when(saying).changesNothing());

  it('keeps the reason beside a registration', () =>
    byDesk(registered(true), aTicketOpened())
      .when({ ...saying, ...named })
      .records(prioritised({ by: '1001', reason: '家中有新生儿' })));

  it('is refused without a reason', () =>
    byDesk(aTicketOpened()).when(nothingSaid).isRejected('ticket.priority-reason-missing'));

  it('is refused when the ticket is closed', () =>
    byDesk(aTicketOpened(), aTicketClosed()).when(saying).isRejected('ticket.closed'));

  it('is refused when there is no such ticket', () =>
    byDesk().when(saying).isRejected('ticket.not-found'));

  it('is refused to somebody whom the ticket names', () =>
    byDesk(aTicketOpened({ aboutStaff: ['2007'] }))
      .when(saying, { actor: CREW_MEMBER })
      .isRejected('ticket.names-you'));
});
