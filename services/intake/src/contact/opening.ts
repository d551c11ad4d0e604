import { Rejected, type Context } from '@shouwen/engine';
import { TicketOpened, type Channel } from '@shouwen/contracts';
import { standardsOf } from '@shouwen/standards';
import { personIdOf } from '../customer/customer.js';
import { DUTY_LEADER, holderOf, SUPERVISION_OFFICE, type Seat } from '../seat/seat.js';
import type { ServicePoint } from '../service-point/service-point.js';
import { classificationOf, type Classification } from '../ticket/classification.js';
import { ticketNumber } from '../ticket/number.js';
import { CONTACT_TAKERS } from './contact.js';
import type { Opening } from './matter.js';

/** What all matters of one contact have in common. */
export interface Caller {
  readonly contactId: string;
  readonly channel: Channel;
  readonly receivedAt: string;
  readonly takenBy: string;
  readonly isByMachine: boolean;
  readonly callerId: string;
  readonly callerName?: string;
  readonly callerPhone?: string;
  readonly isAnonymous: boolean;
  readonly isConfidential: boolean;
  readonly isLateEntry: boolean;
  readonly language: 'zh' | 'en';
  readonly supervision: Seat;
  readonly dutyLeader: Seat;
}

/** The ticket that a matter opens. */
export function opening(
  wish: Opening,
  { ticketId, servicePoint }: { ticketId: string; servicePoint: ServicePoint | null },
  caller: Caller,
  context: Context,
): TicketOpened {
  const place = placeOf(wish, servicePoint, context);
  const standards = standardsOf(context);
  const { receivedAt, contactId, channel, isAnonymous, isConfidential, isLateEntry } = caller;
  const { pack, ...type } = classificationOf(standards, {
    asOf: receivedAt,
    ...(wish.typeCode ? { typeCode: wish.typeCode } : {}),
    ...((wish.utility ?? place.utility) ? { utility: wish.utility ?? place.utility } : {}),
  });
  mustSaySomething(wish, type);
  const safetyWords = type.isSafety
    ? standards.safetyWords(type.typeCode, caller.language, receivedAt)
    : [];
  const takenIn = unitOf(context);
  return TicketOpened(
    {
      ticketId,
      number: ticketNumber(ticketId, type.utility, receivedAt),
      contactId,
      channel,
      receivedAt,
      ...type,
      ...place.at,
      ...unitFor(wish, caller),
      ...(takenIn ? { takenIn } : {}),
      ...affected(wish, caller, context),
      firstContactOwner: ownerOf(wish, caller),
      isAnonymous,
      isConfidential,
      isPriority: wish.isPriority ?? false,
      aboutStaff: [...new Set(wish.aboutStaff)],
      aboutUnits: [...new Set(wish.aboutUnits)],
      isLateEntry,
      ...(safetyWords.length ? { safetyWords: [...safetyWords] } : {}),
      ...(wish.title ? { title: wish.title } : {}),
      ...(wish.address ? { address: wish.address } : {}),
      ...(wish.description ? { description: wish.description } : {}),
      ...(wish.priorityReason ? { priorityReason: wish.priorityReason } : {}),
    },
    { occurredAt: receivedAt, ...(pack ? { pack } : {}) },
  );
}

/** Where it is, completed from the service point where one is named. */
function placeOf(wish: Opening, point: ServicePoint | null, { actor }: Context) {
  if (!point || point.status === 'none') {
    if (wish.servicePointId)
      throw new Rejected(
        'service-point.not-registered',
        `There is no service point ${wish.servicePointId}; leave it out and give the address.`,
        'servicePointId',
      );
    return {
      at: {
        ...(wish.gridCode ? { gridCode: wish.gridCode } : {}),
        ...(wish.accountId ? { accountId: wish.accountId } : {}),
      },
    };
  }
  const gridCode = wish.gridCode ?? point.gridCode;
  const accountId = wish.accountId ?? point.accountId;
  return {
    utility: point.utility,
    at: {
      ...(wish.servicePointId ? { servicePointId: wish.servicePointId } : {}),
      ...(gridCode ? { gridCode } : {}),
      ...(accountId ? { accountId } : {}),
      ...(point.customerId ? { accountHolderId: personIdOf(actor.tenant, point.customerId) } : {}),
    },
  };
}

/** A danger to life needs nothing but a place or a type: no description, no name, no read-back. */
function mustSaySomething(wish: Opening, type: Omit<Classification, 'pack'>): void {
  if (type.isSafety) return;
  if (!wish.typeCode && !wish.title && !wish.description)
    throw new Rejected(
      'ticket.says-nothing',
      'Say what it is about: a type, a title or a description.',
      'description',
    );
  if (wish.isPriority && !wish.priorityReason)
    throw new Rejected(
      'ticket.priority-reason-missing',
      'Say why this customer has priority.',
      'priorityReason',
    );
}

/** A complaint about somebody goes to the supervision office; all else where it was sent, or where routing says. */
function unitFor(wish: Opening, { supervision }: Caller): { unit?: string } {
  const isAboutUs = Boolean(wish.aboutStaff?.length || wish.aboutUnits?.length);
  if (isAboutUs && supervision.status === 'noted') return { unit: supervision.unit };
  return wish.unit ? { unit: wish.unit } : {};
}

/** Whoever took it answers for it; not a machine, and nobody the customer complains about. */
function ownerOf(wish: Opening, { takenBy, isByMachine, supervision, dutyLeader }: Caller): string {
  const named = wish.aboutStaff ?? [];
  const first = isByMachine ? holderOf(dutyLeader, DUTY_LEADER, named) : takenBy;
  return named.includes(first) ? holderOf(supervision, SUPERVISION_OFFICE, named) : first;
}

/**
 * The affected person and the caller as the ticket may show them. A confidential caller is left out, the
 * id included: it may be that of a customer, and the handling unit would learn who called.
 */
function affected(wish: Opening, caller: Caller, context: Context) {
  const { callerId, callerName, callerPhone, isAnonymous, isConfidential } = caller;
  const isHidden = isAnonymous || isConfidential;
  const isOther = isConfidential || (wish.affectedName ?? callerName) !== callerName;
  const name = wish.affectedName ?? (isHidden ? undefined : callerName);
  const phone = wish.affectedPhone ?? (isHidden || isOther ? undefined : callerPhone);
  const affectedId = isOther ? context.newId() : callerId;
  return {
    affectedId,
    callerId: isConfidential ? affectedId : callerId,
    ...(name ? { affectedName: name } : {}),
    ...(phone ? { affectedPhone: phone } : {}),
    ...(callerName && !isHidden ? { callerName } : {}),
    ...(callerPhone && !isHidden ? { callerPhone } : {}),
  };
}

/** The widest unit the taker takes contacts for: until it is routed the ticket is theirs to see. */
const unitOf = ({ actor }: Context): string | undefined =>
  actor.grants
    .filter(({ role }) => CONTACT_TAKERS.includes(role))
    .map(({ unit }) => unit)
    .sort((a, b) => a.length - b.length)[0];
