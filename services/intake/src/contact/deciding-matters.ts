// What the matters of one contact lead to, and the tickets that an outside number belongs to.
import { write, type Context, type Read, type Written } from '@shouwen/engine';
import {
  ExternalMatterLinked,
  TicketChased,
  TicketJoined,
  type ContactMatter,
  type ContactSource,
} from '@shouwen/contracts';
import { accountHolderIdOf, accountHolders } from '../customer/account-holder.js';
import { externalMatterIdOf, externalMatters } from '../external-matter/external-matter.js';
import { servicePoints, servicePointStreamId } from '../service-point/service-point.js';
import { ticketIdOf } from '../ticket/number.js';
import {
  chaseOf,
  joinableTicket,
  openTicket,
  type TicketEvent,
  tickets,
} from '../ticket/ticket.js';
import type { MatterWish } from './matter.js';
import { opening, type Caller } from './opening.js';
import { verifying } from './verifying.js';

/** The part of the command that this file reads. */
interface Told {
  readonly contactId: string;
  readonly source?: ContactSource;
  readonly matters?: readonly MatterWish[];
}

/** What one matter leads to. Events only on streams that were read: what `source` finds, a reaction joins. */
export interface Decided {
  readonly matter: ContactMatter;
  readonly events: readonly TicketEvent[];
  readonly message?: string;
}

/** In the order told. The n-th opening under a known outside number is the n-th ticket of that number. */
export function mattersOf(
  read: Read,
  told: Told,
  caller: Caller,
  context: Context,
): readonly Decided[] {
  const known = knownTickets(read, told, context);
  let openings = 0;
  return (told.matters ?? []).map((wish, index) => {
    if (wish.joins) return joined(read, { ...wish, joins: wish.joins }, caller, context);
    if (wish.chases) return chased(read, { ...wish, chases: wish.chases }, caller, context);
    const opens = wish.opens!;
    const before = known[openings++];
    const message = wish.note ?? opens.description ?? opens.title;
    if (before)
      return {
        matter: { ticketId: before, how: 'joined' },
        events: [],
        ...(message ? { message } : {}),
      };
    const ticketId = ticketIdOf(told.contactId, index);
    const servicePoint = opens.servicePointId
      ? read(servicePoints, servicePointStreamId(context.actor.tenant, opens.servicePointId))
      : null;
    const account = opens.accountId
      ? read(accountHolders, accountHolderIdOf(context.actor.tenant, opens.accountId))
      : null;
    const opened = opening(opens, { ticketId, servicePoint, account }, caller, context);
    return {
      matter: { ticketId, how: 'opened' },
      events: [opened, ...verifying(opens, opened, caller)],
      ...(wish.note ? { message: wish.note } : {}),
    };
  });
}

const knownTickets = (read: Read, { source }: Told, { actor }: Context) =>
  source ? read(externalMatters, externalMatterIdOf(actor.tenant, source)).ticketIds : [];

function joined(
  read: Read,
  { joins: ticketId, note }: MatterWish & { joins: string },
  { contactId, takenBy, callerId, isConfidential, receivedAt }: Caller,
  context: Context,
): Decided {
  joinableTicket(read(tickets, ticketId), context);
  const event = TicketJoined(
    {
      ticketId,
      contactId,
      by: takenBy,
      // The handling unit must not learn who a confidential caller is, not even from an id it has seen elsewhere.
      callerId: isConfidential ? context.newId() : callerId,
      ...(note ? { note } : {}),
    },
    { occurredAt: receivedAt },
  );
  return { matter: { ticketId, how: 'joined' }, events: [event] };
}

function chased(
  read: Read,
  { chases: ticketId, note }: MatterWish & { chases: string },
  { contactId, takenBy, receivedAt }: Caller,
  context: Context,
): Decided {
  const ticket = openTicket(read(tickets, ticketId), {
    ...context,
    occurredAt: receivedAt,
  });
  const event = TicketChased(
    { ...chaseOf(ticket), contactId, by: takenBy },
    { occurredAt: receivedAt },
  );
  return {
    matter: { ticketId, how: 'chased' },
    events: [event],
    ...(note ? { message: note } : {}),
  };
}

/** The outside number now belongs to every ticket that this contact opened or joined. */
export function linksOf(
  read: Read,
  told: Told,
  decided: readonly Decided[],
  context: Context,
): Written[] {
  const { source, contactId } = told;
  if (!source) return [];
  const externalMatterId = externalMatterIdOf(context.actor.tenant, source);
  const known = knownTickets(read, told, context);
  const added = decided
    .filter(({ matter }) => matter.how !== 'chased' && !known.includes(matter.ticketId))
    .map(({ matter: { ticketId } }) =>
      ExternalMatterLinked({ externalMatterId, ticketId, contactId }),
    );
  return [write(externalMatters, externalMatterId, added)];
}
