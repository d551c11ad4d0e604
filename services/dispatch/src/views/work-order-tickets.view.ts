import {
  aboveNamed,
  CrewAssigned,
  type PriorityCause,
  TicketClassified,
  TicketHandedOver,
  TicketOpened,
  TicketPrioritised,
  WorkFinished,
  WorkOrderIssued,
  WorkOrderReassigned,
  WorkOrderReturned,
  WorkOrderTicketAdded,
  WorkOrderTicketRemoved,
  WorkOrderWithdrawn,
} from '@shouwen/contracts';
import { defineView, type Recorded, type Sealed } from '@shouwen/engine';

export interface WorkOrderTicketDocument {
  readonly ticketId: string;
  readonly number?: string;
  readonly isPriority?: boolean;
  /** Present where it became one after the opening; a reason told at the opening stands in `affected`. */
  readonly priority?: {
    readonly because: PriorityCause;
    readonly registeredAs?: string;
    readonly told?: Sealed;
  };
  readonly isSafety?: boolean;
  /** First-contact owner: sees this document wherever the job lies, and none of the job's other customers. */
  readonly owner?: string;
  readonly aboutStaff: readonly string[];
  readonly aboutUnits: readonly string[];
  /** Name, telephone, address and matter of the affected person; never those of the caller. */
  readonly affected?: Sealed;
  /** Jobs that serve it now. */
  readonly workOrderIds: readonly string[];
  /** Where the latest of them lies; absent while there was none, so that no crew sees the ticket. */
  readonly unit: string;
}

type Fact =
  | TicketOpened
  | TicketClassified
  | TicketHandedOver
  | TicketPrioritised
  | WorkOrderIssued
  | WorkOrderTicketAdded
  | WorkOrderTicketRemoved
  | CrewAssigned
  | WorkOrderReassigned
  | WorkOrderReturned
  | WorkFinished
  | WorkOrderWithdrawn;

/**
 * The customers behind a job: one burst pipe has forty addresses, and each caller is still somebody. Fed by two logs
 * that keep no order between them, so either side may come first.
 */
export const workOrderTicketsView = defineView<WorkOrderTicketDocument, Fact>({
  name: 'work-order-tickets',
  on: [
    TicketOpened,
    TicketClassified,
    TicketHandedOver,
    TicketPrioritised,
    WorkOrderIssued,
    WorkOrderTicketAdded,
    WorkOrderTicketRemoved,
    CrewAssigned,
    WorkOrderReassigned,
    WorkOrderReturned,
    WorkFinished,
    WorkOrderWithdrawn,
  ],
  id: (event) =>
    event.type === 'intake.ticket-opened' ||
    event.type === 'intake.ticket-classified' ||
    event.type === 'intake.ticket-handed-over' ||
    event.type === 'intake.ticket-prioritised' ||
    event.type === 'dispatch.work-order-ticket-added' ||
    event.type === 'dispatch.work-order-ticket-removed'
      ? event.data.ticketId
      : event.data.ticketIds,
  evolve: (document, event, ticketId) => {
    const next = evolve(document ?? nothingKnown(ticketId), event);
    return { ...next, unit: aboveNamed(next.unit, next.aboutUnits) };
  },
  indexes: ['ticketId', 'number', 'workOrderIds', 'unit', 'isPriority', 'owner'],
  roles: [
    'call-taker',
    'window-clerk',
    'dispatcher',
    'duty-leader',
    'crew',
    'supervisor',
    'supervision-office',
  ],
  unit: 'unit',
  closedTo: 'aboutStaff',
  openTo: { staff: 'owner', notFrom: 'aboutUnits' },
});

const nothingKnown = (ticketId: string): WorkOrderTicketDocument => ({
  ...{ ticketId, aboutStaff: [], aboutUnits: [], workOrderIds: [], unit: '/' },
});

function evolve(known: WorkOrderTicketDocument, event: Recorded<Fact>): WorkOrderTicketDocument {
  switch (event.type) {
    case 'intake.ticket-opened': {
      const { number, isPriority, isSafety, aboutStaff, aboutUnits } = event.data;
      const { firstContactOwner: owner } = event.data;
      const { affectedId: affected } = event.sealed;
      const who = affected ? { affected } : {};
      return { ...known, number, isPriority, isSafety, owner, aboutStaff, aboutUnits, ...who };
    }
    case 'intake.ticket-classified': {
      const { isSafety, aboutStaff, aboutUnits } = event.data;
      return { ...known, isSafety, aboutStaff, aboutUnits };
    }
    case 'intake.ticket-handed-over':
      return { ...known, owner: event.data.to };
    case 'intake.ticket-prioritised': {
      const { because, registeredAs } = event.data;
      const { affectedId: told } = event.sealed;
      const whose = registeredAs ? { registeredAs } : {};
      const priority = { because, ...whose, ...(told ? { told } : {}) };
      return { ...known, isPriority: true, priority };
    }
    case 'dispatch.work-order-ticket-removed':
    case 'dispatch.work-order-withdrawn':
      return { ...known, workOrderIds: without(known, event.data.workOrderId) };
    case 'dispatch.crew-assigned':
      return { ...known, unit: event.data.crew };
    case 'dispatch.work-order-issued':
    case 'dispatch.work-order-ticket-added': {
      const { workOrderId, unit } = event.data;
      return { ...known, unit, workOrderIds: [...without(known, workOrderId), workOrderId] };
    }
    case 'dispatch.work-order-reassigned':
    case 'dispatch.work-order-returned':
      return { ...known, unit: event.data.unit };
    case 'dispatch.work-finished':
      return known;
  }
}

const without = ({ workOrderIds }: WorkOrderTicketDocument, id: string): readonly string[] =>
  workOrderIds.filter((one) => one !== id);
