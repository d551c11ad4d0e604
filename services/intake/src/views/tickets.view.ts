import { defineView, type Recorded, type Sealed } from '@shouwen/engine';
import {
  CallbackRecorded,
  EvidenceRecorded,
  FeedbackGiven,
  TicketAnswered,
  TicketChased,
  TicketClassified,
  TicketClosed,
  TicketHandedOver,
  TicketJoined,
  TicketOpened,
  TicketReopened,
  TicketRouted,
  type PriorityCause,
  type TicketPerson,
  TicketPrioritised,
  type Verification,
  VerificationRecorded,
  WorkResultRecorded,
} from '@shouwen/contracts';
import { verifiedIn, type TicketEvent } from '../ticket/ticket.js';

/** One ticket as it stands now. Who called is not in it: the handling unit reads this, see `contacts`. */
export interface TicketDocument {
  readonly ticketId: string;
  readonly number: string;
  readonly status: 'open' | 'closed';
  readonly contactId: string;
  readonly contactIds: readonly string[];
  readonly channel: string;
  readonly receivedAt: string;
  readonly utility: string;
  readonly typeCode: string;
  readonly category: string;
  readonly needsWorkOrder: boolean;
  readonly isSafety: boolean;
  readonly gridCode?: string;
  readonly unit?: string;
  readonly servicePointId?: string;
  readonly accountId?: string;
  readonly owner: string;
  readonly affectedId: string;
  readonly isAnonymous: boolean;
  readonly isConfidential: boolean;
  readonly isPriority: boolean;
  /** Present where it became one after the opening; a reason told at the opening stands beside the affected person. */
  readonly priority?: {
    readonly because: PriorityCause;
    readonly by: string;
    readonly at: string;
    readonly registeredAs?: string;
    readonly told?: Sealed;
  };
  readonly isLateEntry: boolean;
  readonly aboutStaff: readonly string[];
  readonly aboutUnits: readonly string[];
  readonly chases: number;
  readonly reopenings: number;
  /** How each of them was verified, as far as anybody said. */
  readonly verified: Readonly<Partial<Record<TicketPerson, Verification>>>;
  /** Name, phone, address and description of the affected person. */
  readonly affected?: Sealed;
  readonly notes: readonly {
    readonly contactId: string;
    readonly at: string;
    readonly said?: Sealed;
  }[];
  readonly answers: readonly {
    readonly by: string;
    readonly at: string;
    readonly how: string;
    readonly isInSubstance: boolean;
    /** The owner, where the duty seat answered for them. */
    readonly inNameOf?: string;
    readonly said?: Sealed;
  }[];
  /** What those who handle it told whoever answers for it. */
  readonly feedbacks: readonly {
    readonly by: string;
    readonly to: string;
    readonly at: string;
    readonly said?: Sealed;
  }[];
  readonly workResults: readonly {
    readonly workOrderId: string;
    readonly by: string;
    readonly at: string;
    readonly outcome: string;
  }[];
  readonly callbacks: readonly object[];
  readonly evidence: readonly string[];
  readonly impossible: readonly { readonly evidence: string; readonly because: string }[];
  readonly closedAt?: string;
}

type Written = Recorded<TicketEvent>;

function opened({ data, sealed }: Written & { data: TicketOpened['data'] }): TicketDocument {
  const unit = data.takenIn;
  return {
    ticketId: data.ticketId,
    number: data.number,
    status: 'open',
    contactId: data.contactId,
    contactIds: [data.contactId],
    channel: data.channel,
    receivedAt: data.receivedAt,
    utility: data.utility,
    typeCode: data.typeCode,
    category: data.category,
    needsWorkOrder: data.needsWorkOrder,
    isSafety: data.isSafety,
    ...(data.gridCode ? { gridCode: data.gridCode } : {}),
    ...(unit ? { unit } : {}),
    ...(data.servicePointId ? { servicePointId: data.servicePointId } : {}),
    ...(data.accountId ? { accountId: data.accountId } : {}),
    owner: data.firstContactOwner,
    affectedId: data.affectedId,
    isAnonymous: data.isAnonymous,
    isConfidential: data.isConfidential,
    isPriority: data.isPriority,
    isLateEntry: data.isLateEntry,
    aboutStaff: data.aboutStaff,
    aboutUnits: data.aboutUnits,
    chases: 0,
    reopenings: 0,
    verified: {},
    ...(sealed['affectedId'] ? { affected: sealed['affectedId'] } : {}),
    notes: [],
    answers: [],
    feedbacks: [],
    workResults: [],
    callbacks: [],
    evidence: [],
    impossible: [],
  };
}

type PriorityEvent = Written & { data: TicketPrioritised['data'] };

function priorityOf({ data, occurredAt: at, sealed }: PriorityEvent) {
  const { because, by, registeredAs } = data;
  const told = sealed['affectedId'];
  return {
    ...{ because, by, at },
    ...(registeredAs ? { registeredAs } : {}),
    ...(told ? { told } : {}),
  };
}

const said = (sealed: Sealed | undefined) => (sealed ? { said: sealed } : {});

/** What was told to or by the customer. */
function conversed(ticket: TicketDocument, event: Written): TicketDocument {
  const { type, data, occurredAt: at, sealed } = event;
  if (type === 'intake.ticket-joined')
    return {
      ...ticket,
      contactIds: [...ticket.contactIds, data.contactId],
      notes: [...ticket.notes, { contactId: data.contactId, at, ...said(sealed['callerId']) }],
    };
  if (type === 'intake.ticket-answered') {
    const { by, how, isInSubstance, inNameOf } = data;
    const inName = inNameOf ? { inNameOf } : {};
    const answer = { by, at, how, isInSubstance, ...inName, ...said(sealed['affectedId']) };
    return { ...ticket, answers: [...ticket.answers, answer] };
  }
  if (type === 'intake.feedback-given') {
    const feedback = { by: data.by, to: data.to, at, ...said(sealed['affectedId']) };
    return { ...ticket, feedbacks: [...ticket.feedbacks, feedback] };
  }
  if (type === 'intake.callback-recorded') {
    const { ticketId: _ticketId, affectedId: _affectedId, suggestions: _text, ...answers } = data;
    const callback = { at, ...answers, ...said(sealed['affectedId']) };
    return { ...ticket, callbacks: [...ticket.callbacks, callback] };
  }
  return ticket;
}

function evolve(ticket: TicketDocument | null, event: Written): TicketDocument | null {
  const { type, data, occurredAt: at } = event;
  if (type === 'intake.ticket-opened') return opened(event as Written & TicketOpened);
  if (!ticket) return null;
  switch (type) {
    case 'intake.ticket-classified': {
      const { utility, typeCode, category, needsWorkOrder, isSafety, aboutStaff, aboutUnits } =
        data;
      return {
        ...ticket,
        ...{ utility, typeCode, category, needsWorkOrder, isSafety, aboutStaff, aboutUnits },
        ...(data.gridCode ? { gridCode: data.gridCode } : {}),
      };
    }
    case 'intake.ticket-routed':
      return { ...ticket, unit: data.unit };
    case 'intake.ticket-chased':
      return { ...ticket, chases: data.count };
    case 'intake.ticket-handed-over':
      return { ...ticket, owner: data.to };
    case 'intake.work-result-recorded': {
      const { workOrderId, by, outcome } = data;
      return { ...ticket, workResults: [...ticket.workResults, { workOrderId, by, at, outcome }] };
    }
    case 'intake.ticket-closed':
      return {
        ...ticket,
        status: 'closed',
        closedAt: at,
        evidence: data.evidence,
        impossible: data.impossible.map(({ evidence, because }) => ({ evidence, because })),
      };
    case 'intake.ticket-reopened': {
      const { closedAt: _closedAt, ...rest } = ticket;
      return { ...rest, status: 'open', reopenings: data.count, evidence: [], impossible: [] };
    }
    case 'intake.ticket-joined':
    case 'intake.ticket-answered':
    case 'intake.feedback-given':
    case 'intake.callback-recorded':
      return conversed(ticket, event);
    case 'intake.verification-recorded':
      return { ...ticket, verified: { ...ticket.verified, ...verifiedIn(data) } };
    case 'intake.ticket-prioritised':
      return { ...ticket, isPriority: true, priority: priorityOf(event as PriorityEvent) };
    case 'intake.evidence-recorded':
      return ticket;
  }
}

export const ticketsView = defineView<TicketDocument, TicketEvent>({
  name: 'tickets',
  on: [
    TicketOpened,
    TicketClassified,
    TicketRouted,
    TicketJoined,
    TicketChased,
    TicketHandedOver,
    TicketAnswered,
    WorkResultRecorded,
    CallbackRecorded,
    EvidenceRecorded,
    FeedbackGiven,
    VerificationRecorded,
    TicketPrioritised,
    TicketClosed,
    TicketReopened,
  ],
  id: ({ data }) => data.ticketId,
  evolve,
  indexes: [
    'status',
    'utility',
    'typeCode',
    'category',
    'unit',
    'gridCode',
    'owner',
    'receivedAt',
    'number',
    'isPriority',
    'isSafety',
    'isLateEntry',
    'accountId',
    'contactId',
    'closedAt',
    'verified.caller',
  ],
  roles: [
    'call-taker',
    'window-clerk',
    'dispatcher',
    'billing-clerk',
    'supervisor',
    'duty-leader',
    'supervision-office',
    'quality-inspector',
    'analyst',
    'auditor',
    'administrator',
  ],
  unit: 'unit',
  closedTo: 'aboutStaff',
  openTo: { staff: 'owner', notFrom: 'aboutUnits' },
});
