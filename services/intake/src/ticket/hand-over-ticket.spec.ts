import { TicketHandedOver } from '@shouwen/contracts';
import { spec } from '@shouwen/testkit';
import {
  AFFECTED,
  aComplaintOpened,
  aTicketClosed,
  aTicketOpened,
  TICKET,
} from '../../test/build.js';
import { handOverTicket } from './hand-over-ticket.js';

const given = spec(handOverTicket, { actor: { number: '1100', tenant: 'main', grants: [] } });
const asked = (override: object = {}) => ({
  ticketId: TICKET,
  to: '1002',
  reason: '调岗',
  ...override,
});
const handedOver = TicketHandedOver({
  ticketId: TICKET,
  from: '1001',
  to: '1002',
  by: '1100',
  because: 'instructed',
  affectedId: AFFECTED,
  reason: '调岗',
});

describe('hand a ticket over', () => {
  it('makes another person answer for it', () =>
    given(aTicketOpened()).when(asked()).records(handedOver));

  it('changes nothing when that person answers for it already', () =>
    given(aTicketOpened(), handedOver).when(asked()).changesNothing());

  it('is refused to somebody the complaint names', () =>
    given(aComplaintOpened())
      .when(asked({ to: '2007' }))
      .isRejected('ticket.names-new-owner'));

  it('is refused when the ticket is closed', () =>
    given(aTicketOpened(), aTicketClosed()).when(asked()).isRejected('ticket.closed'));
});
