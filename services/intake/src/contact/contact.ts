// One interaction on one channel: a call, a visit to the window, a message.
//
//   none ──recorded──▶ recorded
//
// Nothing changes it afterwards; what it led to lives on the tickets.
import { defineStream, type Context } from '@shouwen/engine';
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
const MACHINES = ['integration', 'administrator'];

/** Whoever may do nothing but bring contacts in is no person who could answer for them. */
export const isMachine = ({ actor: { grants } }: Pick<Context, 'actor'>): boolean =>
  grants.length > 0 && grants.every(({ role }) => MACHINES.includes(role));

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
