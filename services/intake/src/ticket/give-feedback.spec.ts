import { FeedbackGiven } from '@shouwen/contracts';
import { spec } from '@shouwen/testkit';
import {
  AFFECTED,
  aTicketClosed,
  aTicketOpened,
  CALL_TAKER,
  CREW_MEMBER,
  TICKET,
} from '../../test/build.js';
import { giveFeedback } from './give-feedback.js';

const given = spec(giveFeedback, { actor: CREW_MEMBER });
const note = '已到现场,换热站循环泵故障,今晚修复';
const asked = { ticketId: TICKET, note };
const fed = FeedbackGiven({
  ...{ ticketId: TICKET, by: '2007', to: '1001', affectedId: AFFECTED, note },
});

describe('give feedback', () => {
  it('tells the first-contact owner how it stands', () =>
    given(aTicketOpened()).when(asked).records(fed));

  it('is a fact of its own each time', () => given(aTicketOpened(), fed).when(asked).records(fed));

  it('is refused to whoever answers for the ticket', () =>
    given(aTicketOpened())
      .when(asked, { actor: CALL_TAKER })
      .isRejected('ticket.feedback-to-oneself'));

  it('is refused when the ticket is closed', () =>
    given(aTicketOpened(), aTicketClosed()).when(asked).isRejected('ticket.closed'));

  it('is refused when there is no such ticket', () =>
    given().when(asked).isRejected('ticket.not-found'));

  it('is refused to somebody whom the ticket names', () =>
    given(aTicketOpened({ aboutStaff: ['2007'] }))
      .when(asked)
      .isRejected('ticket.names-you'));
});
