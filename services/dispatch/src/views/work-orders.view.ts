import {
  aboveNamed,
  type Outcome,
  type ReturnReason,
  type Utility,
  type WorkOrderIssued,
  type WorkOrderRetyped,
} from '@shouwen/contracts';
import { defineView, type Recorded, type Sealed } from '@shouwen/engine';
import { withFact, type VisitFact } from '../work-order/visit.js';
import { workOrders, type WorkOrderEvent } from '../work-order/work-order.js';

export interface WorkOrderDocument {
  readonly workOrderId: string;
  readonly ticketIds: readonly string[];
  readonly status: 'open' | 'returned' | 'finished' | 'withdrawn';
  /** How far an open one is, by the latest thing that happened. */
  readonly stage: 'issued' | 'assigned' | 'signed' | VisitFact['what'] | 'done';
  readonly utility: Utility;
  readonly typeCode: string;
  readonly category: string;
  readonly isSafety: boolean;
  readonly isPriority: boolean;
  /** `<urgency>-<receipt>`: safety first, then priority customers, then by receipt; sort by it. */
  readonly queue: string;
  /** Where the job lies: the crew, or the unit while no crew is assigned. */
  readonly unit: string;
  readonly crew?: string;
  readonly gridCode?: string;
  readonly receivedAt: string;
  readonly issuedAt: string;
  readonly signedBy?: string;
  readonly signedAt?: string;
  readonly slot?: { readonly from: string; readonly to: string };
  readonly visits: readonly VisitFact[];
  readonly firstArrivedAt?: string;
  readonly chases: number;
  readonly outcome?: Outcome;
  readonly endedAt?: string;
  readonly returnedBecause?: ReturnReason;
  /** Name, telephone, address and task, opened for whoever may see them. */
  readonly affected?: Sealed;
  /** What the last one to hand it on wrote. */
  readonly note?: Sealed;
  readonly result?: Sealed;
  readonly aboutStaff: readonly string[];
}

/** Every job: what dispatchers sort and crews work off. */
export const workOrdersView = defineView<WorkOrderDocument, WorkOrderEvent>({
  name: 'work-orders',
  on: workOrders.events,
  id: ({ data }) => data.workOrderId,
  evolve: (document, event) => {
    if (event.type === 'dispatch.work-order-issued') return issued(event);
    return document && evolved(document, event);
  },
  indexes: [
    'status',
    'stage',
    'unit',
    'crew',
    'utility',
    'typeCode',
    'ticketIds',
    'isSafety',
    'isPriority',
    'queue',
    'receivedAt',
    'endedAt',
    'outcome',
    'slot.from',
  ],
  roles: ['dispatcher', 'duty-leader', 'crew', 'supervisor', 'supervision-office', 'call-taker'],
  unit: 'unit',
  closedTo: 'aboutStaff',
});

const queueOf = (job: { isSafety: boolean; isPriority: boolean; receivedAt: string }): string =>
  `${job.isSafety ? 0 : job.isPriority ? 1 : 2}-${job.receivedAt}`;

function issued({ data, sealed }: Recorded<WorkOrderIssued>): WorkOrderDocument {
  const { workOrderId, ticketIds, utility, typeCode, category, isSafety, isPriority } = data;
  const { unit, gridCode, receivedAt, issuedAt, aboutStaff } = data;
  return {
    ...{ workOrderId, ticketIds, status: 'open', stage: 'issued' },
    ...{ utility, typeCode, category, isSafety, isPriority, queue: queueOf(data), unit },
    ...(gridCode ? { gridCode } : {}),
    ...{ receivedAt, issuedAt, visits: [], chases: 0 },
    ...(sealed.affectedId ? { affected: sealed.affectedId } : {}),
    aboutStaff,
  };
}

type Later = Exclude<Recorded<WorkOrderEvent>, { type: 'dispatch.work-order-issued' }>;

function evolved(document: WorkOrderDocument, event: Later): WorkOrderDocument {
  switch (event.type) {
    case 'dispatch.crew-departed':
      return visited(document, { what: 'departed', at: event.data.departedAt });
    case 'dispatch.crew-arrived':
      return visited(document, { what: 'arrived', at: event.data.arrivedAt });
    case 'dispatch.no-access-recorded': {
      const { slot: _slot, ...rest } = document;
      return visited(rest, { what: 'no-access', at: event.data.leftAt });
    }
    case 'dispatch.visit-appointed':
      return { ...document, slot: { from: event.data.from, to: event.data.to } };
    case 'dispatch.work-order-signed': {
      const { signedBy, signedAt } = event.data;
      const stage = document.stage === 'issued' || document.stage === 'assigned';
      return { ...document, signedBy, signedAt, ...(stage ? { stage: 'signed' } : {}) };
    }
    case 'dispatch.crew-assigned': {
      const { crew } = event.data;
      return { ...anew(document), status: 'open', stage: 'assigned', unit: crew, crew };
    }
    case 'dispatch.work-order-reassigned':
      return { ...anew(document), status: 'open', unit: event.data.unit, ...noteOf(event) };
    case 'dispatch.work-order-returned': {
      const { unit, reason } = event.data;
      const returned = { status: 'returned', unit, returnedBecause: reason } as const;
      return { ...anew(document), ...returned, ...noteOf(event) };
    }
    case 'dispatch.work-finished': {
      const { outcome, finishedAt: endedAt } = event.data;
      const result = event.sealed.affectedId;
      const ended = { status: 'finished', stage: 'done', outcome, endedAt } as const;
      return { ...document, ...ended, ...(result ? { result } : {}) };
    }
    case 'dispatch.work-order-withdrawn':
      return {
        ...document,
        status: 'withdrawn',
        stage: 'done',
        endedAt: event.data.withdrawnAt,
      };
    case 'dispatch.work-order-chased':
      return { ...document, chases: document.chases + 1 };
    case 'dispatch.chase-passed-on':
      return document;
    case 'dispatch.work-order-ticket-added': {
      const { ticketIds, isSafety, isPriority, receivedAt, aboutStaff } = event.data;
      const queue = queueOf(event.data);
      return { ...document, ticketIds, isSafety, isPriority, receivedAt, aboutStaff, queue };
    }
    case 'dispatch.work-order-ticket-removed':
      return { ...document, ticketIds: event.data.ticketIds };
    case 'dispatch.work-order-prioritised': {
      const isPriority = true;
      return { ...document, isPriority, queue: queueOf({ ...document, isPriority }) };
    }
    case 'dispatch.work-order-retyped':
      return retyped(document, event.data);
  }
}

/** Another type may be another urgency, and may name the very crew whose job it was. */
function retyped(document: WorkOrderDocument, data: WorkOrderRetyped['data']): WorkOrderDocument {
  const { typeCode, category, isSafety, aboutUnits = [] } = data;
  const { aboutStaff } = { ...document, ...data };
  const unit = aboveNamed(document.unit, aboutUnits);
  const queue = queueOf({ ...document, isSafety });
  return { ...document, typeCode, category, isSafety, queue, aboutStaff, unit };
}

const noteOf = ({ sealed }: { sealed: Readonly<Record<string, Sealed>> }): { note?: Sealed } =>
  sealed.affectedId ? { note: sealed.affectedId } : {};

/** Without what belonged to whoever had it before. */
function anew(document: WorkOrderDocument): WorkOrderDocument {
  const { crew: _crew, signedBy: _by, signedAt: _at, note: _note, ...rest } = document;
  const { returnedBecause: _because, ...bare } = rest;
  return { ...bare, stage: 'issued' };
}

/** Late facts take their place by their own instant; the stage is that of the latest one. */
function visited(document: WorkOrderDocument, fact: VisitFact): WorkOrderDocument {
  const visits = withFact(document.visits, fact);
  const arrived = visits.find(({ what }) => what === 'arrived');
  const stage = document.status === 'open' ? visits.at(-1)!.what : document.stage;
  return { ...document, visits, stage, ...(arrived ? { firstArrivedAt: arrived.at } : {}) };
}
