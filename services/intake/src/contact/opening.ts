import { Rejected, type Context } from '@shouwen/engine';
import { TicketOpened, type Channel, type Verification } from '@shouwen/contracts';
import { standardsOf } from '@shouwen/standards';
import type { AccountHolder } from '../customer/account-holder.js';
import { personIdOf } from '../customer/customer.js';
import { DUTY_LEADER, holderOf, SUPERVISION_OFFICE, type Seat } from '../seat/seat.js';
import type { ServicePoint } from '../service-point/service-point.js';
import { classificationOf, type Classification } from '../ticket/classification.js';
import { ticketNumber } from '../ticket/number.js';
import { CONTACT_TAKERS } from './contact.js';
import type { Opening } from './matter.js';
import { stated } from '../ticket/stated.js';

/** What all matters of one contact have in common. */
export interface Caller {
  readonly contactId: string;
  readonly channel: Channel;
  readonly receivedAt: string;
  readonly takenBy: string;
  readonly takenIn?: string;
  readonly isByMachine: boolean;
  readonly callerId: string;
  readonly callerName?: string;
  readonly callerPhone?: string;
  readonly callerVerification?: Verification;
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
  { ticketId, ...known }: Known & { readonly ticketId: string },
  caller: Caller,
  context: Context,
): TicketOpened {
  const place = placeOf(wish, known, context);
  const standards = standardsOf(context);
  const { receivedAt, contactId, channel, isAnonymous, isConfidential, isLateEntry } = caller;
  const { pack, ...type } = classificationOf(standards, {
    asOf: receivedAt,
    ...stated({ typeCode: wish.typeCode, utility: wish.utility ?? place.utility }),
  });
  mustSaySomething(wish, type);
  const { title, address, description, priorityReason } = wish;
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
      ...affected(wish, caller, context),
      firstContactOwner: ownerOf(wish, caller),
      isByMachine: caller.isByMachine,
      isAnonymous,
      isConfidential,
      isPriority: wish.isPriority ?? false,
      aboutStaff: [...new Set(wish.aboutStaff)],
      aboutUnits: [...new Set(wish.aboutUnits)],
      isLateEntry,
      ...(type.isSafety
        ? { safetyWords: [...standards.safetyWords(type.typeCode, caller.language, receivedAt)] }
        : {}),
      ...stated({ takenIn: caller.takenIn, title, address, description, priorityReason }),
    },
    { occurredAt: receivedAt, ...stated({ pack }) },
  );
}

/** What the numbers that the matter names stand for. */
interface Known {
  readonly servicePoint: ServicePoint | null;
  readonly account: AccountHolder | null;
}

/** Where and whose it is, completed from the service point and the account where they are named. */
function placeOf(wish: Opening, { servicePoint: point, account }: Known, { actor }: Context) {
  const byAccount = account?.status === 'held' ? account.customerId : undefined;
  const holder = (customerId: string | undefined) =>
    stated({ accountHolderId: customerId && personIdOf(actor.tenant, customerId) });
  if (!point || point.status === 'none') {
    if (wish.servicePointId)
      throw new Rejected(
        'service-point.not-registered',
        `There is no service point ${wish.servicePointId}; leave it out and give the address.`,
        'servicePointId',
      );
    const { gridCode, accountId } = wish;
    return { at: { ...stated({ gridCode, accountId }), ...holder(byAccount) } };
  }
  const at = stated({
    servicePointId: wish.servicePointId,
    gridCode: wish.gridCode ?? point.gridCode,
    accountId: wish.accountId ?? point.accountId,
  });
  return { utility: point.utility, at: { ...at, ...holder(byAccount ?? point.customerId) } };
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
  const { callerId, callerName, callerPhone, isConfidential } = caller;
  const isOther = isConfidential || (wish.affectedName ?? callerName) !== callerName;
  const affectedId = isOther ? context.newId() : callerId;
  const told = { affectedName: wish.affectedName, affectedPhone: wish.affectedPhone };
  if (isConfidential) return { affectedId, callerId: affectedId, ...stated(told) };
  const own = isOther ? {} : { affectedName: callerName, affectedPhone: callerPhone };
  return { affectedId, callerId, ...stated({ callerName, callerPhone, ...own }), ...stated(told) };
}

/**
 * The widest unit the taker takes contacts for: until it is routed the ticket is theirs to see. Whoever takes them
 * for all units (`/`) stands in none, and every desk sees the ticket.
 */
export const unitOf = ({ actor }: Context): string | undefined =>
  actor.grants
    .filter(({ role }) => CONTACT_TAKERS.includes(role))
    .map(({ unit }) => unit)
    .sort((a, b) => a.length - b.length)
    .find((unit, _index, units) => !units.includes('/') && unit);
