import { VerificationRecorded } from '@shouwen/contracts';
import { spec } from '@shouwen/testkit';
import { aTicketClosed, aTicketOpened, CALL_TAKER, CREW_MEMBER, TICKET } from '../../test/build.js';
import { recordVerification } from './record-verification.js';

const given = spec(recordVerification, { actor: CALL_TAKER });
const asked = {
  ticketId: TICKET,
  persons: ['caller' as const, 'affected' as const],
  how: 'callback-to-registered-number' as const,
};
const asking = (override: object) => ({ ...asked, ...override });
const verified = VerificationRecorded({ ...asked, by: '1001' });

describe('record a verification', () => {
  it('says how the persons were verified', () =>
    given(aTicketOpened()).when(asked).records(verified));

  it('is possible after the ticket was closed', () =>
    given(aTicketOpened(), aTicketClosed()).when(asked).records(verified));

  it('changes nothing when told twice', () =>
    given(aTicketOpened(), verified).when(asked).changesNothing());

  it('names only those for whom it is news', () =>
    given(aTicketOpened({ accountId: 'A-1' }), verified)
      .when(asking({ persons: ['affected', 'account-holder'] }))
      .records(
        VerificationRecorded({
          ticketId: TICKET,
          by: '1001',
          persons: ['account-holder'],
          how: 'callback-to-registered-number',
        }),
      ));

  it('records a better way instead of an earlier one', () =>
    given(aTicketOpened(), verified)
      .when(asking({ persons: ['caller'], how: 'identity-document' }))
      .records(
        VerificationRecorded({
          ticketId: TICKET,
          by: '1001',
          persons: ['caller'],
          how: 'identity-document',
        }),
      ));

  it('is refused for the holder of no account', () =>
    given(aTicketOpened())
      .when(asking({ persons: ['account-holder'] }))
      .isRejected('ticket.account-unknown'));

  it('is refused when there is no such ticket', () =>
    given().when(asked).isRejected('ticket.not-found'));

  it('is refused to somebody whom the ticket names', () =>
    given(aTicketOpened({ aboutStaff: ['2007'] }))
      .when(asked, { actor: CREW_MEMBER })
      .isRejected('ticket.names-you'));

  it('is refused when it lies before the receipt', () =>
    given(aTicketOpened())
      .when(asking({ occurredAt: '2026-01-15T07:59:59.000Z' }))
      .isRejected('occurred-at.before-receipt'));
});
