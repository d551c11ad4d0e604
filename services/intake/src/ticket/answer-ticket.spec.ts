import { spec } from '@shouwen/testkit';
import {
  aComplaintOpened,
  anAnswer,
  aTicketClosed,
  aTicketOpened,
  CREW_MEMBER,
  TICKET,
} from '../../test/build.js';
import { answerTicket } from './answer-ticket.js';

const given = spec(answerTicket);
const asked = (override: object = {}) => ({
  ticketId: TICKET,
  how: 'phone' as const,
  isInSubstance: true,
  answer: '阀门已修好',
  ...override,
});

describe('answer a ticket', () => {
  it('records an answer in substance', () =>
    given(aTicketOpened())
      .when(asked())
      .records(anAnswer({ answer: '阀门已修好' })));

  it('records a progress note as what it is', () =>
    given(aTicketOpened())
      .when(asked({ isInSubstance: false, answer: '师傅已出发' }))
      .records(anAnswer({ isInSubstance: false, answer: '师傅已出发' })));

  it('records a second answer as a fact of its own', () =>
    given(aTicketOpened(), anAnswer())
      .when(asked({ how: 'letter', answer: '书面答复' }))
      .records(anAnswer({ how: 'letter', answer: '书面答复' })));

  it('is refused to those the complaint names', () =>
    given(aComplaintOpened()).when(asked(), { actor: CREW_MEMBER }).isRejected('ticket.names-you'));

  it('is refused when the ticket is closed', () =>
    given(aTicketOpened(), aTicketClosed()).when(asked()).isRejected('ticket.closed'));
});
