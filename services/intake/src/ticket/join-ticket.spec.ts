import { TicketJoined } from '@shouwen/contracts';
import { spec } from '@shouwen/testkit';
import {
  aTicketClosed,
  aTicketOpened,
  CALLER,
  CONTACT,
  OTHER_CONTACT,
  TICKET,
} from '../../test/build.js';
import { joinTicket } from './join-ticket.js';

const given = spec(joinTicket);
const asked = (override: object = {}) => ({
  ticketId: TICKET,
  contactId: OTHER_CONTACT,
  by: '1002',
  callerId: CALLER,
  note: '楼上也不热',
  ...override,
});

describe('join a contact to a ticket', () => {
  it('records the contact and what was said', () =>
    given(aTicketOpened()).when(asked()).records(TicketJoined(asked())));

  it('takes a contact about a closed ticket too', () =>
    given(aTicketOpened(), aTicketClosed()).when(asked()).records(TicketJoined(asked())));

  it('takes what happened before the ticket was received', () =>
    given(aTicketOpened())
      .when(asked({ occurredAt: '2026-01-14T08:00:00.000Z' }))
      .records(TicketJoined(asked())));

  it('changes nothing when the contact is joined already', () =>
    given(aTicketOpened(), TicketJoined(asked())).when(asked()).changesNothing());

  it('changes nothing when it is the contact that opened the ticket', () =>
    given(aTicketOpened())
      .when(asked({ contactId: CONTACT }))
      .changesNothing());

  it('is refused when there is no such ticket', () =>
    given().when(asked()).isRejected('ticket.not-found'));
});
