/**
 * One job for one crew, for zero to many tickets.
 *
 *     unknown ──WorkOrderIssued──▶ open ──WorkFinished──▶ finished
 *                                   │ ▲ └──WorkOrderWithdrawn──▶ withdrawn
 *                WorkOrderReturned  ▼ │  CrewAssigned, WorkOrderReassigned
 *                                 returned ──WorkOrderWithdrawn──▶ withdrawn
 *
 * What happens on site (departed, arrived, no access) is a list of facts in the order of their own instants, not a
 * status: crews lose the network, so a fact may become known after later ones, and even after the end.
 */
import {
  ChasePassedOn,
  CrewArrived,
  CrewAssigned,
  CrewDeparted,
  NoAccessRecorded,
  VisitAppointed,
  WorkFinished,
  WorkOrderChased,
  WorkOrderIssued,
  WorkOrderPrioritised,
  WorkOrderReassigned,
  WorkOrderRetyped,
  WorkOrderReturned,
  WorkOrderSigned,
  WorkOrderTicketAdded,
  WorkOrderTicketRemoved,
  WorkOrderWithdrawn,
  type Outcome,
  type Utility,
} from '@shouwen/contracts';
import { defineStream } from '@shouwen/engine';
import { withFact, type VisitFact } from './visit.js';

export interface Job {
  readonly ticketIds: readonly string[];
  readonly utility: Utility;
  readonly typeCode: string;
  readonly category: string;
  readonly isSafety: boolean;
  readonly isPriority: boolean;
  /** The unit that answers for it. */
  readonly unit: string;
  /** The crew of that unit that is to go. */
  readonly crew: string | null;
  readonly receivedAt: string;
  readonly affectedId: string;
  readonly aboutStaff: readonly string[];
  readonly aboutUnits: readonly string[];
  readonly signedBy: string | null;
  /** What the customer chose; gone once nobody let the crew in. */
  readonly slot: { readonly from: string; readonly to: string } | null;
  readonly visits: readonly VisitFact[];
  /** By ticket: how often it was chased, and up to which chase the posts were told. */
  readonly chased: Readonly<Record<string, number>>;
  readonly passedOn: Readonly<Record<string, number>>;
}

export type WorkOrder =
  | { readonly status: 'unknown' }
  | (Job & { readonly status: 'open' })
  | (Job & { readonly status: 'returned'; readonly endedAt: string })
  | (Job & { readonly status: 'finished'; readonly endedAt: string; readonly outcome: Outcome })
  | (Job & { readonly status: 'withdrawn'; readonly endedAt: string });

export type KnownWorkOrder = Exclude<WorkOrder, { status: 'unknown' }>;

export type WorkOrderEvent =
  | WorkOrderIssued
  | WorkOrderTicketAdded
  | WorkOrderTicketRemoved
  | WorkOrderRetyped
  | WorkOrderPrioritised
  | CrewAssigned
  | WorkOrderSigned
  | VisitAppointed
  | CrewDeparted
  | CrewArrived
  | NoAccessRecorded
  | WorkFinished
  | WorkOrderReturned
  | WorkOrderReassigned
  | WorkOrderChased
  | ChasePassedOn
  | WorkOrderWithdrawn;

export const workOrders = defineStream<WorkOrder, WorkOrderEvent>({
  name: 'work-order',
  events: [
    WorkOrderIssued,
    WorkOrderTicketAdded,
    WorkOrderTicketRemoved,
    WorkOrderRetyped,
    WorkOrderPrioritised,
    CrewAssigned,
    WorkOrderSigned,
    VisitAppointed,
    CrewDeparted,
    CrewArrived,
    NoAccessRecorded,
    WorkFinished,
    WorkOrderReturned,
    WorkOrderReassigned,
    WorkOrderChased,
    ChasePassedOn,
    WorkOrderWithdrawn,
  ],
  initial: { status: 'unknown' },
  evolve: (state, event) => {
    if (event.type === 'dispatch.work-order-issued') return issued(event.data);
    return state.status === 'unknown' ? state : evolved(state, event);
  },
  unit: (state) => (state.status === 'unknown' ? null : placeOf(state)),
  closedTo: (state) => (state.status === 'unknown' ? [] : state.aboutStaff),
});

/** Where the job lies: with the crew, or with the unit while no crew is assigned. */
export const placeOf = ({ crew, unit }: Pick<Job, 'crew' | 'unit'>): string => crew ?? unit;

const issued = (data: WorkOrderIssued['data']): WorkOrder => ({
  status: 'open',
  ticketIds: data.ticketIds,
  utility: data.utility,
  typeCode: data.typeCode,
  category: data.category,
  isSafety: data.isSafety,
  isPriority: data.isPriority,
  unit: data.unit,
  crew: null,
  receivedAt: data.receivedAt,
  affectedId: data.affectedId,
  aboutStaff: data.aboutStaff,
  aboutUnits: data.aboutUnits,
  signedBy: null,
  slot: null,
  visits: [],
  chased: {},
  passedOn: {},
});

function evolved(
  state: KnownWorkOrder,
  event: Exclude<WorkOrderEvent, WorkOrderIssued>,
): WorkOrder {
  switch (event.type) {
    case 'dispatch.crew-departed':
      return withVisit(state, { what: 'departed', at: event.data.departedAt });
    case 'dispatch.crew-arrived':
      return withVisit(state, { what: 'arrived', at: event.data.arrivedAt });
    case 'dispatch.no-access-recorded':
      return { ...withVisit(state, { what: 'no-access', at: event.data.leftAt }), slot: null };
    case 'dispatch.visit-appointed':
      return { ...state, slot: { from: event.data.from, to: event.data.to } };
    case 'dispatch.work-order-signed':
      return { ...state, signedBy: event.data.signedBy };
    case 'dispatch.crew-assigned':
      return { ...jobOf(state), status: 'open', crew: event.data.crew, signedBy: null };
    case 'dispatch.work-order-reassigned':
      return { ...moved(state, event.data.unit), status: 'open' };
    case 'dispatch.work-order-returned':
      return {
        ...moved(state, event.data.unit),
        status: 'returned',
        endedAt: event.data.returnedAt,
      };
    case 'dispatch.work-finished': {
      const { outcome, finishedAt } = event.data;
      return { ...jobOf(state), status: 'finished', endedAt: finishedAt, outcome };
    }
    case 'dispatch.work-order-withdrawn':
      return { ...jobOf(state), status: 'withdrawn', endedAt: event.data.withdrawnAt };
    case 'dispatch.work-order-chased':
      return { ...state, chased: { ...state.chased, [event.data.ticketId]: event.data.count } };
    case 'dispatch.chase-passed-on':
      return { ...state, passedOn: { ...state.passedOn, [event.data.ticketId]: event.data.count } };
    case 'dispatch.work-order-ticket-added': {
      const { ticketIds, isSafety, isPriority, receivedAt, aboutStaff } = event.data;
      return { ...state, ticketIds, isSafety, isPriority, receivedAt, aboutStaff };
    }
    case 'dispatch.work-order-ticket-removed':
      return { ...state, ticketIds: event.data.ticketIds };
    case 'dispatch.work-order-prioritised':
      return { ...state, isPriority: true };
    case 'dispatch.work-order-retyped': {
      const { typeCode, category, isSafety } = event.data;
      const { aboutStaff, aboutUnits } = { ...state, ...event.data };
      return { ...state, typeCode, category, isSafety, aboutStaff, aboutUnits };
    }
  }
}

const withVisit = <S extends Job>(state: S, fact: VisitFact): S => ({
  ...state,
  visits: withFact(state.visits, fact),
});

/** The job without what its last status said. */
function jobOf(state: KnownWorkOrder): Job {
  const { status: _status, ...rest } = state;
  if (!('endedAt' in rest)) return rest;
  const { endedAt: _endedAt, ...job } = rest;
  if (!('outcome' in job)) return job;
  const { outcome: _outcome, ...bare } = job;
  return bare;
}

/** Another unit answers for it, and has to sign anew. */
const moved = (state: KnownWorkOrder, unit: string): Job => ({
  ...jobOf(state),
  unit,
  crew: null,
  signedBy: null,
});
