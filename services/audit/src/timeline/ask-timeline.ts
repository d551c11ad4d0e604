import {
  IsIn,
  IsInt,
  IsISO8601,
  IsNotEmpty,
  IsOptional,
  IsString,
  IsUUID,
  Matches,
  Max,
  MaxLength,
  Min,
} from 'class-validator';
import { answers, covers, Query, type Condition, type Reader } from '@shouwen/engine';
import { timelineView } from '../views/timeline.view.js';
import { withCallerHidden } from './access.js';
import type { Opened } from './entry.js';
import { accessTo, mayReadAll, ticketsNumbered } from './ticket-access.js';

/** Who may read everything that happened in their part of the organisation. */
export const TIMELINE_READERS = [
  'supervisor',
  'supervision-office',
  'quality-inspector',
  'analyst',
  'auditor',
  'administrator',
];

/** What happened, over all services. */
export class Timeline extends Query {
  @IsOptional() @IsUUID() ticketId?: string;
  @IsOptional() @IsString() @IsNotEmpty() @MaxLength(40) number?: string;
  @IsOptional() @Matches(/^[a-z]+\.[a-z0-9-]+$/) @MaxLength(100) type?: string;
  @IsOptional() @Matches(/^[a-z-]+$/) @MaxLength(40) service?: string;
  @IsOptional() @IsString() @IsNotEmpty() @MaxLength(100) actor?: string;
  /** From this instant on, included. */
  @IsOptional() @IsISO8601({ strict: true }) from?: string;
  /** Before this instant. */
  @IsOptional() @IsISO8601({ strict: true }) to?: string;
  /** Which instant `from`, `to` and the order mean: when it happened, or when we learned it. */
  @IsOptional() @IsIn(['occurred', 'recorded']) by?: 'occurred' | 'recorded';
  @IsOptional() @IsIn(['ascending', 'descending']) sort?: 'ascending' | 'descending';
  @IsOptional() @IsInt() @Min(1) @Max(1000) limit?: number;
  @IsOptional() @IsString() @MaxLength(1000) cursor?: string;
}

/**
 * A page may hold fewer items than the limit although there are more: what the reader may not see is left out after
 * it was found. Only a missing `next` is the end.
 */
export const timeline = answers(Timeline, async (query, reader) => {
  const { by = 'recorded', sort = 'descending', limit = 100, cursor } = query;
  const ticketIds = await ticketsMeant(query, reader);
  if (ticketIds?.length === 0) return { items: [] };
  const page = await reader.find<Opened>(timelineView, {
    where: { ...conditionsOf(query), ...(ticketIds ? { ticketIds: { in: ticketIds } } : {}) },
    sort: { by: by === 'occurred' ? 'occurredAt' : 'recordedAt', order: sort },
    limit,
    ...(cursor ? { cursor } : {}),
  });
  const allowed = await visible(page.items, reader);
  return { items: allowed, ...(page.next ? { next: page.next } : {}) };
});

/** The tickets that the query names by id or number; null: it names none. */
async function ticketsMeant({ ticketId, number }: Timeline, reader: Reader) {
  if (ticketId === undefined && number === undefined) return null;
  const byNumber = number ? await ticketsNumbered(number, reader) : [];
  if (ticketId === undefined) return byNumber;
  return number === undefined || byNumber.includes(ticketId) ? [ticketId] : [];
}

function conditionsOf(query: Timeline): Record<string, Condition> {
  const { type, service, actor, from, to, by = 'recorded' } = query;
  const between = {
    ...(from ? { from: instant(from) } : {}),
    ...(to ? { below: instant(to) } : {}),
  };
  return {
    ...(type ? { type: { is: type } } : {}),
    ...(service ? { service: { is: service } } : {}),
    ...(actor ? { actor: { is: actor } } : {}),
    ...(from || to ? { [by === 'occurred' ? 'occurredAt' : 'recordedAt']: between } : {}),
  };
}

/** Documents hold UTC with milliseconds. */
const instant = (text: string): string => new Date(text).toISOString();

/** What belongs to tickets is seen by those who may see all of them; the rest goes by the unit it names. */
async function visible(documents: readonly Opened[], reader: Reader): Promise<Opened[]> {
  const { actor } = reader;
  const access = await accessTo(documents, reader);
  const scope = { reader, roles: TIMELINE_READERS };
  const allowed = documents.filter((one) => {
    const { ticketIds, unit = one.data['takenIn'] } = one;
    if (ticketIds.length > 0) return mayReadAll(ticketIds, access, scope);
    return typeof unit !== 'string' || covers(actor, unit, TIMELINE_READERS);
  });
  return allowed.map((one) => withCallerHidden(one, actor, TIMELINE_READERS));
}
