import { defineView, type Recorded } from '@shouwen/engine';
import {
  ClockMoved,
  ClockOpened,
  TicketClassified,
  TicketHandedOver,
  TicketOpened,
  TicketRouted,
  WorkOrderIssued,
  WorkOrderReassigned,
  WorkOrderTicketAdded,
} from '@shouwen/contracts';
import { ticketIdsOf } from './timeline.view.js';

/**
 * Who may see the timeline of a ticket. Sets, so that it is the same in whatever order the services are read; but for
 * the owner, whom intake alone names, in order.
 */
export interface TicketAccess {
  readonly ticketId: string;
  readonly number?: string;
  /** Unit paths that took it in, answered for it or worked on it. */
  readonly units: readonly string[];
  /** First-contact owner: reads it in whichever company it lies. */
  readonly owner?: string;
  readonly aboutStaff: readonly string[];
  readonly aboutUnits: readonly string[];
}

type About =
  | TicketOpened
  | TicketClassified
  | TicketHandedOver
  | TicketRouted
  | ClockOpened
  | ClockMoved
  | WorkOrderIssued
  | WorkOrderReassigned
  | WorkOrderTicketAdded;

export const ticketAccessView = defineView<TicketAccess, About>({
  name: 'ticket-access',
  on: [
    TicketOpened,
    TicketClassified,
    TicketHandedOver,
    TicketRouted,
    ClockOpened,
    ClockMoved,
    WorkOrderIssued,
    WorkOrderReassigned,
    WorkOrderTicketAdded,
  ],
  id: ({ data }) => ticketIdsOf(data as unknown as Record<string, unknown>),
  evolve: (document, event, ticketId) => {
    const said = saidBy(event);
    const number = said.number ?? document?.number;
    const owner = ownerIn(event) ?? document?.owner;
    return {
      ticketId,
      ...(number ? { number } : {}),
      ...(owner ? { owner } : {}),
      units: union(document?.units, [said.unit, said.takenIn]),
      aboutStaff: union(document?.aboutStaff, said.aboutStaff),
      aboutUnits: union(document?.aboutUnits, said.aboutUnits),
    };
  },
  indexes: ['number', 'owner'],
  roles: [],
});

interface Said {
  readonly number?: string;
  readonly unit?: string;
  readonly takenIn?: string;
  readonly aboutStaff?: readonly string[];
  readonly aboutUnits?: readonly string[];
}

const saidBy = ({ data }: Recorded<About>): Said => data as Said;

/** Others name an owner too, of the moment in which they were written; only intake does so in order. */
const ownerIn = ({ type, data }: Recorded<About>): string | undefined => {
  if (type === 'intake.ticket-opened') return data.firstContactOwner;
  return type === 'intake.ticket-handed-over' ? data.to : undefined;
};

/** A person once named stays shut out, and a unit that worked on it may go on looking: nothing is ever taken away. */
const union = (
  known: readonly string[] | undefined,
  more: readonly (string | undefined)[] | undefined,
): readonly string[] => {
  const all = [...(known ?? []), ...(more ?? [])].filter((one) => one !== undefined);
  return [...new Set(all)].sort();
};
