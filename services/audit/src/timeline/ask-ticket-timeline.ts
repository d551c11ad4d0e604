import { IsIn, IsOptional, IsUUID } from 'class-validator';
import { answers, NotFound, Query, type Reader } from '@shouwen/engine';
import type { Language } from '@shouwen/contracts';
import { standardsOf } from '@shouwen/standards';
import { ticketAccessView, type TicketAccess } from '../views/ticket-access.view.js';
import { timelineView } from '../views/timeline.view.js';
import { closedToYou, denialFor, withCallerHidden } from './access.js';
import { entryOf, type Opened } from './entry.js';
import { namesFor } from './names.js';
import { inOrder, type Order } from './order.js';

/** Who may read the story of a ticket. */
export const TICKET_READERS = [
  'call-taker',
  'window-clerk',
  'dispatcher',
  'supervisor',
  'duty-leader',
  'supervision-office',
  'quality-inspector',
  'analyst',
  'auditor',
  'administrator',
];

/** A ticket with more events than this is told up to here, and the answer says so. */
const LONGEST = 5_000;
const PAGE = 1_000;

/** What happened with a ticket, in plain words. */
export class TicketTimeline extends Query {
  @IsUUID() ticketId!: string;
  /** Language of the sentences; Chinese where none is given. */
  @IsOptional() @IsIn(['zh', 'en']) lang?: Language;
  /** By when it happened, or by when we learned it. */
  @IsOptional() @IsIn(['occurred', 'recorded']) order?: Order;
}

export const ticketTimeline = answers(TicketTimeline, async (query, reader) => {
  const { ticketId, lang: language = 'zh', order = 'occurred' } = query;
  const access = await accessTo(ticketId, reader);
  const { documents, isCutOff } = await everythingAbout(ticketId, reader);
  const names = await namesFor(documents, reader);
  const { clause } = standardsOf(reader);
  return {
    ticketId,
    ...(access.number ? { number: access.number } : {}),
    lang: language,
    order,
    isCutOff,
    items: inOrder(documents, order).map((one) => entryOf(one, { language, names, clause })),
  };
});

/** Throws NotFound where there is nothing for this reader, Forbidden where the matter names them. */
async function accessTo(ticketId: string, reader: Reader): Promise<TicketAccess> {
  const access = await reader.get<TicketAccess>(ticketAccessView, ticketId);
  const denial = access ? denialFor(reader.actor, access, TICKET_READERS) : 'other-unit';
  if (denial === 'names-you' || denial === 'names-your-unit') throw closedToYou();
  if (!access || denial) throw new NotFound('ticket.not-found', 'There is no such ticket for you.');
  return access;
}

async function everythingAbout(ticketId: string, reader: Reader) {
  const documents: Opened[] = [];
  let cursor: string | undefined;
  do {
    const page = await reader.find<Opened>(timelineView, {
      where: { ticketIds: { is: ticketId } },
      sort: { by: 'occurredAt', order: 'ascending' },
      limit: PAGE,
      ...(cursor ? { cursor } : {}),
    });
    documents.push(...page.items.map((one) => withCallerHidden(one, reader.actor, TICKET_READERS)));
    cursor = page.next;
  } while (cursor && documents.length < LONGEST);
  return { documents, isCutOff: cursor !== undefined };
}
