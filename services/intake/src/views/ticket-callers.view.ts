import { defineView } from '@shouwen/engine';
import { ContactRecorded } from '@shouwen/contracts';
import { phoneTrait } from '../suggestions/traits.js';

/** From which line somebody called about a ticket, as a keyed hash: a document per contact and ticket. */
export interface TicketCaller {
  readonly ticketId: string;
  readonly receivedAt: string;
  readonly phone: string;
}

export const ticketCallersView = defineView<TicketCaller, ContactRecorded>({
  name: 'ticket-callers',
  on: [ContactRecorded],
  id: ({ data: { contactId, matters } }) =>
    matters.map(({ ticketId }) => `${ticketId}:${contactId}`),
  evolve: (_caller, { data: { contactId, callerPhone, receivedAt } }, id, { blind }) =>
    callerPhone
      ? {
          ticketId: id.slice(0, -contactId.length - 1),
          receivedAt,
          phone: blind(phoneTrait(callerPhone)),
        }
      : null,
  indexes: ['phone', 'receivedAt'],
  roles: [],
  personal: true,
});
