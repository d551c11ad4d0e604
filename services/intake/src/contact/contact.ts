// One interaction on one channel: a call, a visit to the window, a message.
//
//   none ──recorded──▶ recorded
//
// Nothing changes it afterwards; what it led to lives on the tickets.
import { defineStream } from '@shouwen/engine';
import { ContactRecorded } from '@shouwen/contracts';

export type Contact =
  | { readonly status: 'none' }
  | {
      readonly status: 'recorded';
      readonly receivedAt: string;
      readonly takenBy: string;
      readonly matters: readonly { readonly ticketId: string; readonly how: string }[];
      readonly aboutStaff: readonly string[];
    };

/** Who takes contacts down; `integration` and `administrator` bring them in by machine. */
export const CONTACT_TAKERS = [
  'call-taker',
  'window-clerk',
  'duty-leader',
  'supervisor',
  'supervision-office',
  'integration',
  'administrator',
];
export const MACHINES = ['integration', 'administrator'];

export const contacts = defineStream<Contact, ContactRecorded>({
  name: 'contact',
  events: [ContactRecorded],
  initial: { status: 'none' },
  evolve: (_contact, { data }) => ({
    status: 'recorded',
    receivedAt: data.receivedAt,
    takenBy: data.takenBy,
    matters: data.matters,
    aboutStaff: data.aboutStaff,
  }),
  closedTo: (contact) => (contact.status === 'none' ? [] : contact.aboutStaff),
});
