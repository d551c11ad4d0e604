import { NOW, spec } from '@shouwen/testkit';
import {
  aComplaintOpened,
  aTicketClosed,
  aTicketOpened,
  aTicketReopened,
  CREW_MEMBER,
  standards,
  TICKET,
} from '../../test/build.js';
import { reopenTicket } from './reopen-ticket.js';

const given = spec(reopenTicket, { standards });
const asked = { ticketId: TICKET, reason: '当晚又不热了' };
const { continues, restarts, pack } = standards.reopening({
  utility: 'heat',
  typeCode: 'heat.no-heat',
  category: 'repair',
  asOf: NOW,
});
const reopened = (count: number) => ({
  ...aTicketReopened({
    count,
    continues: [...continues],
    restarts: [...restarts],
    reason: '当晚又不热了',
  }),
  pack,
});

describe('reopen a ticket', () => {
  it('says which clocks run on and which start again', () => {
    expect(continues.length).toBeGreaterThan(0);
    expect(restarts.length).toBeGreaterThan(0);
    given(aTicketOpened(), aTicketClosed()).when(asked).records(reopened(1));
  });

  it('counts how often', () =>
    given(aTicketOpened(), aTicketClosed(), aTicketReopened(), aTicketClosed())
      .when(asked)
      .records(reopened(2)));

  it('changes nothing when it is open', () => given(aTicketOpened()).when(asked).changesNothing());

  it('is refused to those the complaint names', () =>
    given(aComplaintOpened(), aTicketClosed())
      .when(asked, { actor: CREW_MEMBER })
      .isRejected('ticket.names-you'));

  it('is refused when there is no such ticket', () =>
    given().when(asked).isRejected('ticket.not-found'));
});
