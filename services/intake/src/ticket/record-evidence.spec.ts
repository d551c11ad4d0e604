import { EvidenceRecorded } from '@shouwen/contracts';
import { spec } from '@shouwen/testkit';
import { aTicketClosed, aTicketOpened, aWorkResult, TICKET } from '../../test/build.js';
import { recordEvidence } from './record-evidence.js';

const given = spec(recordEvidence);
const asked = { ticketId: TICKET, evidence: 'signature' as const };

describe('record evidence', () => {
  it('records a signed paper', () =>
    given(aTicketOpened())
      .when(asked)
      .records(EvidenceRecorded({ ticketId: TICKET, evidence: 'signature', by: '1001' })));

  it('changes nothing when the crew brought the signature already', () =>
    given(aTicketOpened(), aWorkResult()).when(asked).changesNothing());

  it('is refused when the ticket is closed', () =>
    given(aTicketOpened(), aTicketClosed()).when(asked).isRejected('ticket.closed'));
});
