import { defineView, type ViewTools } from '@shouwen/engine';
import {
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
  /** The affected person's; those of callers stand in `ticket-callers`. */
  readonly phone?: string;
  readonly address?: string;
  readonly aboutStaff: readonly string[];
}

type TraitEvent = TicketOpened | TicketClassified | TicketRouted | TicketClosed | TicketReopened;

function opened(data: TicketOpened['data'], { blind }: ViewTools): TicketTraits {
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
    ...(data.affectedPhone ? { phone: blind(phoneTrait(data.affectedPhone)) } : {}),
    ...(data.address ? { address: blind(addressTrait(data.address)) } : {}),
    aboutStaff: data.aboutStaff,
  };
}

export const ticketTraitsView = defineView<TicketTraits, TraitEvent>({
  name: 'ticket-traits',
  on: [TicketOpened, TicketClassified, TicketRouted, TicketClosed, TicketReopened],
  id: ({ data }) => data.ticketId,
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
    }
  },
  indexes: [
    'ticketId',
    'receivedAt',
    'status',
    'gridCode',
    'unit',
    'accountId',
    'servicePointId',
    'phone',
    'address',
  ],
  roles: [],
  unit: 'unit',
  closedTo: 'aboutStaff',
  personal: true,
});
