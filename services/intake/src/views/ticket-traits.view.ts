import { defineView, type ViewTools } from '@shouwen/engine';
import {
  ContactRecorded,
  TicketClassified,
  TicketClosed,
  TicketOpened,
  TicketReopened,
  TicketRouted,
} from '@shouwen/contracts';
import { addressTrait, phoneTrait } from '../suggestions/traits.js';

/** By what a ticket can be recognised when somebody calls again. Phones and addresses only as keyed hashes. */
export interface TicketTraits {
  readonly ticketId: string;
  readonly number: string;
  readonly status: 'open' | 'closed';
  readonly receivedAt: string;
  readonly utility: string;
  readonly typeCode: string;
  readonly gridCode?: string;
  readonly unit?: string;
  readonly accountId?: string;
  readonly servicePointId?: string;
  readonly phones: readonly string[];
  readonly address?: string;
  readonly aboutStaff: readonly string[];
}

type TraitEvent =
  TicketOpened | TicketClassified | TicketRouted | TicketClosed | TicketReopened | ContactRecorded;

function opened(data: TicketOpened['data'], { blind }: ViewTools): TicketTraits {
  const phones = [data.callerPhone, data.affectedPhone].filter((one) => one !== undefined);
  return {
    ticketId: data.ticketId,
    number: data.number,
    status: 'open',
    receivedAt: data.receivedAt,
    utility: data.utility,
    typeCode: data.typeCode,
    ...(data.gridCode ? { gridCode: data.gridCode } : {}),
    ...(data.takenIn ? { unit: data.takenIn } : {}),
    ...(data.accountId ? { accountId: data.accountId } : {}),
    ...(data.servicePointId ? { servicePointId: data.servicePointId } : {}),
    phones: [...new Set(phones.map((one) => blind(phoneTrait(one))))],
    ...(data.address ? { address: blind(addressTrait(data.address)) } : {}),
    aboutStaff: data.aboutStaff,
  };
}

export const ticketTraitsView = defineView<TicketTraits, TraitEvent>({
  name: 'ticket-traits',
  on: [TicketOpened, TicketClassified, TicketRouted, TicketClosed, TicketReopened, ContactRecorded],
  id: ({ type, data }) =>
    type === 'intake.contact-recorded'
      ? data.matters.map(({ ticketId }) => ticketId)
      : data.ticketId,
  evolve(traits, { type, data }, _id, tools) {
    if (type === 'intake.ticket-opened') return opened(data, tools);
    if (!traits) return null;
    switch (type) {
      case 'intake.ticket-classified':
        return {
          ...traits,
          utility: data.utility,
          typeCode: data.typeCode,
          ...(data.gridCode ? { gridCode: data.gridCode } : {}),
          aboutStaff: data.aboutStaff,
        };
      case 'intake.ticket-routed':
        return { ...traits, unit: data.unit };
      case 'intake.ticket-closed':
        return { ...traits, status: 'closed' };
      case 'intake.ticket-reopened':
        return { ...traits, status: 'open' };
      case 'intake.contact-recorded': {
        if (!data.callerPhone) return traits;
        const phone = tools.blind(phoneTrait(data.callerPhone));
        return { ...traits, phones: [...new Set([...traits.phones, phone])] };
      }
    }
  },
  indexes: [
    'receivedAt',
    'status',
    'gridCode',
    'unit',
    'accountId',
    'servicePointId',
    'phones',
    'address',
  ],
  roles: [],
  unit: 'unit',
  closedTo: 'aboutStaff',
  personal: true,
});
