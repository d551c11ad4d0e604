import { TicketChased } from '@shouwen/contracts';
import { spec } from '@shouwen/testkit';
import {
  aComplaintOpened,
  aTicketClosed,
  aTicketOpened,
  NUMBER,
  TICKET,
} from '../../test/build.js';
import { chaseTicket } from './chase-ticket.js';

const given = spec(chaseTicket);
const asked = { ticketId: TICKET };
const chased = {
  ticketId: TICKET,
  number: NUMBER,
  firstContactOwner: '1001',
};
const chase = (count: number) => TicketChased({ ...chased, by: '1001', count });

describe('chase a ticket', () => {
  it('records the first time', () => given(aTicketOpened()).when(asked).records(chase(1)));

  it('counts on', () => given(aTicketOpened(), chase(1), chase(2)).when(asked).records(chase(3)));

  it('is refused when the ticket is closed', () =>
    given(aTicketOpened(), aTicketClosed()).when(asked).isRejected('ticket.closed'));

  it('is refused when it happened before the receipt', () =>
    given(aTicketOpened())
      .when({ ...asked, occurredAt: '2026-01-15T07:59:59.999Z' })
      .isRejected('occurred-at.before-receipt'));

  it('is refused to the unit it complains about', () =>
    given(aComplaintOpened({ aboutUnits: ['/mingcheng/heat'] }))
      .when(asked, {
        actor: {
          number: '1009',
          tenant: 'main',
          grants: [{ role: 'supervisor', unit: '/mingcheng/heat/east' }],
        },
      })
      .isRejected('ticket.names-your-unit'));

  it('is open to somebody whose work reaches beyond that unit', () =>
    given(aComplaintOpened({ aboutUnits: ['/mingcheng/heat'] }))
      .when(asked, {
        actor: {
          number: '1001',
          tenant: 'main',
          grants: [{ role: 'call-taker', unit: '/mingcheng' }],
        },
      })
      .records(TicketChased({ ...chased, aboutStaff: ['2007'], by: '1001', count: 1 })));
});
