import { defineView, type Sealed } from '@shouwen/engine';
import { ContactRecorded, TicketClassified, type Verification } from '@shouwen/contracts';

/** One contact, with the caller: for those who talk to customers, and those who watch over them. */
export interface ContactDocument {
  readonly contactId: string;
  readonly channel: string;
  readonly receivedAt: string;
  readonly takenBy: string;
  /** Where it was taken; callers are known there and above. */
  readonly unit?: string;
  readonly callerId: string;
  readonly callerVerification?: Verification;
  readonly isAnonymous: boolean;
  readonly isConfidential: boolean;
  readonly isLateEntry: boolean;
  readonly disposition: string;
  readonly source?: { readonly system: string; readonly id: string };
  readonly matters: readonly { readonly ticketId: string; readonly how: string }[];
  readonly aboutStaff: readonly string[];
  readonly caller?: Sealed;
}

export const contactsView = defineView<ContactDocument, ContactRecorded | TicketClassified>({
  name: 'contacts',
  on: [ContactRecorded, TicketClassified],
  id: ({ type, data }) =>
    type === 'intake.contact-recorded' ? data.contactId : (data.contactIds ?? []),
  evolve(contact, { type, data, sealed }) {
    if (type === 'intake.ticket-classified')
      return (
        contact && {
          ...contact,
          aboutStaff: [...new Set([...contact.aboutStaff, ...data.aboutStaff])],
        }
      );
    const { contactId, channel, receivedAt, takenBy, callerId, disposition, source } = data;
    // Taken for all units it stands in none, which all may read; a confidential caller never is for all.
    const unit = data.takenIn ?? (data.isConfidential ? '/' : undefined);
    return {
      contactId,
      channel,
      receivedAt,
      takenBy,
      ...(unit ? { unit } : {}),
      callerId,
      ...(data.callerVerification ? { callerVerification: data.callerVerification } : {}),
      isAnonymous: data.isAnonymous,
      isConfidential: data.isConfidential,
      isLateEntry: data.isLateEntry,
      disposition,
      ...(source ? { source: { system: source.system, id: source.id } } : {}),
      matters: data.matters.map(({ ticketId, how }) => ({ ticketId, how })),
      aboutStaff: data.aboutStaff,
      ...(sealed['callerId'] ? { caller: sealed['callerId'] } : {}),
    };
  },
  indexes: [
    'channel',
    'receivedAt',
    'takenBy',
    'unit',
    'callerId',
    'callerVerification',
    'disposition',
    'isLateEntry',
    'source.system',
    'source.id',
  ],
  roles: [
    'call-taker',
    'window-clerk',
    'supervisor',
    'duty-leader',
    'supervision-office',
    'quality-inspector',
    'auditor',
  ],
  unit: 'unit',
  closedTo: 'aboutStaff',
});
