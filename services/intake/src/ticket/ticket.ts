// One customer matter, from receipt to close.
//
//   none ──opened──▶ open ──closed──▶ closed
//                     ▲                 │
//                     └────reopened─────┘
//
// While open it is classified, routed, joined, chased, handed over, answered, worked on and called back. Each of
// these leaves the status as it is. Reopening empties the evidence: what was proved then did not end the matter.
import { defineStream, isWithin, Rejected, type Context } from '@shouwen/engine';
import {
  CallbackRecorded,
  EvidenceRecorded,
  FeedbackGiven,
  type HandOverCause,
  type ImpossibleReason,
  TicketAnswered,
  TicketChased,
  TicketClassified,
  TicketClosed,
  TicketHandedOver,
  TicketJoined,
  TicketOpened,
  TicketReopened,
  TicketRouted,
  type TicketPerson,
  TicketPrioritised,
  type TicketUtility,
  type Verification,
  VerificationRecorded,
  WorkResultRecorded,
} from '@shouwen/contracts';

export type TicketEvent =
  | TicketOpened
  | TicketClassified
  | TicketRouted
  | TicketJoined
  | TicketChased
  | TicketHandedOver
  | TicketAnswered
  | WorkResultRecorded
  | CallbackRecorded
  | EvidenceRecorded
  | FeedbackGiven
  | VerificationRecorded
  | TicketPrioritised
  | TicketClosed
  | TicketReopened;

/** What is known of a ticket whatever its status. */
export interface Matter {
  readonly ticketId: string;
  readonly number: string;
  readonly receivedAt: string;
  readonly utility: TicketUtility;
  readonly typeCode: string;
  readonly category: string;
  readonly gridCode?: string;
  /** Unit that handles it; before it is routed the unit of whoever took it. */
  readonly unit?: string;
  readonly isRouted: boolean;
  readonly firstContactOwner: string;
  /** It came by machine and no person has signed for it: the owner only looks after it until one does. */
  readonly awaitsPerson: boolean;
  readonly affectedId: string;
  /** An account or its holder is named: there is somebody who may be verified as the holder. */
  readonly hasAccount: boolean;
  readonly verified: Readonly<Partial<Record<TicketPerson, Verification>>>;
  readonly isAnonymous: boolean;
  readonly isPriority: boolean;
  readonly aboutStaff: readonly string[];
  readonly aboutUnits: readonly string[];
  /** Contacts about it, the first one included. */
  readonly contacts: readonly string[];
  readonly chases: number;
  readonly reopenings: number;
  /** Who worked on site, over all rounds: none of them may ask the customer how it was. */
  readonly workedBy: readonly string[];
  readonly workUnits: readonly string[];
  readonly finishedWorkOrders: readonly string[];
  /** What gates may count, since it was opened or last reopened. */
  readonly evidence: readonly string[];
  /** Evidence that people found impossible, and why. */
  readonly impossible: Readonly<Record<string, ImpossibleReason>>;
}

/** What a chase says of the ticket, so that those who answer for it can be told. */
export const chaseOf = ({ ticketId, number, chases, firstContactOwner, ...rest }: Matter) => ({
  ticketId,
  number,
  firstContactOwner,
  ...(rest.unit ? { unit: rest.unit } : {}),
  ...(rest.aboutStaff.length ? { aboutStaff: rest.aboutStaff } : {}),
  count: chases + 1,
});

export type Ticket =
  | { readonly status: 'none' }
  | ({ readonly status: 'open' } & Matter)
  | ({ readonly status: 'closed' } & Matter);
export type OpenTicket = Extract<Ticket, { status: 'open' }>;
export type KnownTicket = Exclude<Ticket, { status: 'none' }>;

const withOne = (list: readonly string[], one: string | undefined): readonly string[] =>
  one === undefined || list.includes(one) ? list : [...list, one];

function opened(data: TicketOpened['data']): Ticket {
  return {
    status: 'open',
    ticketId: data.ticketId,
    number: data.number,
    receivedAt: data.receivedAt,
    utility: data.utility,
    typeCode: data.typeCode,
    category: data.category,
    ...(data.gridCode ? { gridCode: data.gridCode } : {}),
    ...(data.takenIn ? { unit: data.takenIn } : {}),
    isRouted: false,
    firstContactOwner: data.firstContactOwner,
    awaitsPerson: data.isByMachine,
    affectedId: data.affectedId,
    hasAccount: Boolean(data.accountId ?? data.accountHolderId),
    verified: {},
    isAnonymous: data.isAnonymous,
    isPriority: data.isPriority,
    aboutStaff: data.aboutStaff,
    aboutUnits: data.aboutUnits,
    contacts: [data.contactId],
    chases: 0,
    reopenings: 0,
    workedBy: [],
    workUnits: [],
    finishedWorkOrders: [],
    evidence: [],
    impossible: {},
  };
}

/** It passed on and nobody took it up: what came by machine still waits for a person. */
const BY_ITSELF: readonly HandOverCause[] = ['owner-left', 'post-held'];

/** Once whoever looks after it has acted on it themselves, it is theirs. */
const actedOn = (ticket: KnownTicket, by: string): KnownTicket =>
  by === ticket.firstContactOwner ? { ...ticket, awaitsPerson: false } : ticket;

function worked(ticket: KnownTicket, data: WorkResultRecorded['data']): Ticket {
  const proved = withOne(ticket.evidence, 'work-result');
  return {
    ...ticket,
    workedBy: withOne(ticket.workedBy, data.by),
    workUnits: withOne(ticket.workUnits, data.unit),
    finishedWorkOrders: withOne(ticket.finishedWorkOrders, data.workOrderId),
    evidence: data.signature === 'signed' ? withOne(proved, 'signature') : proved,
    ...(data.signature === 'refused'
      ? { impossible: { ...ticket.impossible, signature: 'refused' } }
      : {}),
  };
}

function calledBack(ticket: KnownTicket, data: CallbackRecorded['data']): Ticket {
  if (data.isReached) return { ...ticket, evidence: withOne(ticket.evidence, 'callback') };
  if (!data.impossibleBecause) return ticket;
  return { ...ticket, impossible: { ...ticket.impossible, callback: data.impossibleBecause } };
}

/** By part: how whoever plays it was verified. */
export const verifiedIn = ({ persons, how }: VerificationRecorded['data']) =>
  Object.fromEntries(persons.map((person) => [person, how])) as Matter['verified'];

export const tickets = defineStream<Ticket, TicketEvent>({
  name: 'ticket',
  events: [
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
  initial: { status: 'none' },
  evolve(ticket, { type, data }) {
    if (type === 'intake.ticket-opened') return opened(data);
    if (ticket.status === 'none') return ticket;
    switch (type) {
      case 'intake.ticket-classified':
        return {
          ...actedOn(ticket, data.by),
          utility: data.utility,
          typeCode: data.typeCode,
          category: data.category,
          ...(data.gridCode ? { gridCode: data.gridCode } : {}),
          aboutStaff: data.aboutStaff,
          aboutUnits: data.aboutUnits,
        };
      case 'intake.ticket-routed':
        return { ...ticket, unit: data.unit, isRouted: true };
      case 'intake.ticket-joined':
        return { ...ticket, contacts: withOne(ticket.contacts, data.contactId) };
      case 'intake.ticket-chased':
        return {
          ...ticket,
          chases: data.count,
          contacts: withOne(ticket.contacts, data.contactId),
        };
      case 'intake.ticket-handed-over':
        return {
          ...ticket,
          firstContactOwner: data.to,
          awaitsPerson: ticket.awaitsPerson && BY_ITSELF.includes(data.because),
        };
      case 'intake.ticket-answered':
        return data.isInSubstance
          ? { ...actedOn(ticket, data.by), evidence: withOne(ticket.evidence, 'answer') }
          : actedOn(ticket, data.by);
      case 'intake.work-result-recorded':
        return worked(ticket, data);
      case 'intake.callback-recorded':
        return calledBack(ticket, data);
      case 'intake.evidence-recorded':
        return { ...ticket, evidence: withOne(ticket.evidence, data.evidence) };
      case 'intake.verification-recorded':
        return { ...ticket, verified: { ...ticket.verified, ...verifiedIn(data) } };
      case 'intake.feedback-given':
        return ticket;
      case 'intake.ticket-prioritised':
        return { ...ticket, isPriority: true };
      case 'intake.ticket-closed':
        return { ...ticket, status: 'closed' };
      case 'intake.ticket-reopened':
        return {
          ...ticket,
          status: 'open',
          reopenings: data.count,
          evidence: [],
          impossible: {},
        };
    }
  },
  unit: (ticket) => (ticket.status === 'none' ? null : (ticket.unit ?? null)),
  closedTo: (ticket) => (ticket.status === 'none' ? [] : ticket.aboutStaff),
  // The first-contact owner answers for it to the end, in whichever company it lies by then.
  openTo: (ticket) =>
    ticket.status === 'none'
      ? { staff: [] }
      : { staff: [ticket.firstContactOwner], notFrom: ticket.aboutUnits },
});

export const noAccount = (): Rejected =>
  new Rejected(
    'ticket.account-unknown',
    'No account is named whose holder could have been verified; name the account or the service point.',
    'accountHolderVerification',
  );

/** True when everything this person may do lies within one of the units. Whoever reaches further is not theirs. */
export const belongsTo = (units: readonly string[], { actor }: Pick<Context, 'actor'>): boolean =>
  actor.grants.length > 0 &&
  actor.grants.every((grant) => units.some((unit) => isWithin(grant.unit, unit)));

/** The ticket if there is one and this person may touch it, whenever it happened. */
export function joinableTicket(ticket: Ticket, context: Pick<Context, 'actor'>): KnownTicket {
  if (ticket.status === 'none')
    throw new Rejected('ticket.not-found', 'There is no such ticket.', 'ticketId');
  if (ticket.aboutStaff.includes(context.actor.number))
    throw new Rejected('ticket.names-you', 'This ticket names you; somebody else handles it.');
  if (belongsTo(ticket.aboutUnits, context))
    throw new Rejected(
      'ticket.names-your-unit',
      'This ticket is about your unit; others handle it.',
    );
  return ticket;
}

/** The same, and what happened lies after its receipt. */
export function knownTicket(ticket: Ticket, context: Context): KnownTicket {
  const known = joinableTicket(ticket, context);
  if (context.occurredAt < known.receivedAt)
    throw new Rejected(
      'occurred-at.before-receipt',
      `Ticket ${known.number} was received at ${known.receivedAt}; this cannot have happened before.`,
      'occurredAt',
    );
  return known;
}

/** The same, and it is open. */
export function openTicket(ticket: Ticket, context: Context): OpenTicket {
  const known = knownTicket(ticket, context);
  if (known.status === 'closed')
    throw new Rejected(
      'ticket.closed',
      `Ticket ${known.number} is closed; reopen it or open a new one.`,
    );
  return known;
}

/**
 * What came by machine passes to the first person who signs for it, classifies it or answers. A report from the field
 * may be older than a ticket that shares the job: then it passes at its receipt.
 */
export function takenUpBy(ticket: KnownTicket, by: string, at: string): TicketHandedOver[] {
  const { ticketId, awaitsPerson, firstContactOwner: from, aboutStaff, affectedId } = ticket;
  const isPerson = !by.startsWith('system:');
  if (!awaitsPerson || !isPerson || by === from || aboutStaff.includes(by)) return [];
  return [
    TicketHandedOver(
      { ticketId, from, to: by, by, because: 'signed-for', affectedId },
      { occurredAt: at < ticket.receivedAt ? ticket.receivedAt : at },
    ),
  ];
}
