import { when } from '@shouwen/engine';
import { ContactRecorded } from '@shouwen/contracts';
import { JoinTicket } from '../ticket/join-ticket.js';

/**
 * An outside number that came again has found its ticket only while the contact was decided, too late to be written
 * in the same commit. Where people named the ticket it is joined already, and this changes nothing.
 */
export const joinTicketWhenContactRecorded = when(
  ContactRecorded,
  'join-ticket-when-contact-recorded',
  ({ data }, { newId }) =>
    data.matters
      .filter(({ how }) => how === 'joined')
      .map(({ ticketId }) =>
        JoinTicket.of({
          ticketId,
          contactId: data.contactId,
          by: data.takenBy,
          // The handling unit must not learn who a confidential caller is, not even by an id.
          callerId: data.isConfidential ? newId() : data.callerId,
          ...(data.message ? { note: data.message } : {}),
        }),
      ),
  { personal: true },
);
