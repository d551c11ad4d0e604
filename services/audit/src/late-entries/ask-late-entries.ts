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
import { answers, covers, isWithin, Query, type Condition, type Reader } from '@shouwen/engine';
import { accessTo, mayReadAll, ticketsNumbered } from '../timeline/ticket-access.js';
import { lateEntriesView, type LateEntryDocument } from '../views/late-entries.view.js';
import type { TicketAccess } from '../views/ticket-access.view.js';

/** Who reviews what was entered late. */
export const LATE_ENTRY_READERS = ['auditor', 'supervisor', 'analyst'];

const SORTS = { delay: 'delayMinutes', occurred: 'occurredAt', recorded: 'recordedAt' } as const;

/** What was learned late, over all services. */
export class LateEntries extends Query {
  @IsOptional() @IsUUID() ticketId?: string;
  @IsOptional() @IsString() @IsNotEmpty() @MaxLength(40) number?: string;
  /** Facts of this unit and everything below it, by the fact itself or by the ticket it is about. */
  @IsOptional() @Matches(/^(\/[a-z0-9][a-z0-9-]{0,39}){1,8}$/) unit?: string;
  @IsOptional() @Matches(/^[a-z-]+$/) @MaxLength(40) service?: string;
  @IsOptional() @Matches(/^[a-z]+\.[a-z0-9-]+$/) @MaxLength(100) type?: string;
  @IsOptional() @IsString() @IsNotEmpty() @MaxLength(100) actor?: string;
  /** Entered by people, or concluded by the platform from something that came late. */
  @IsOptional() @IsIn(['people', 'platform']) by?: 'people' | 'platform';
  /** Minutes late, at least. */
  @IsOptional() @IsInt() @Min(0) atLeast?: number;
  /** Minutes late, less than this. */
  @IsOptional() @IsInt() @Min(1) below?: number;
  /** Learned from this instant on, included. */
  @IsOptional() @IsISO8601({ strict: true }) from?: string;
  /** Learned before this instant. */
  @IsOptional() @IsISO8601({ strict: true }) to?: string;
  @IsOptional() @IsIn(Object.keys(SORTS)) sort?: keyof typeof SORTS;
  @IsOptional() @IsIn(['ascending', 'descending']) order?: 'ascending' | 'descending';
  @IsOptional() @IsInt() @Min(1) @Max(1000) limit?: number;
  @IsOptional() @IsString() @MaxLength(1000) cursor?: string;
}

/** As with the timeline, a page may be shorter than its limit; only a missing `next` is the end. */
export const lateEntries = answers(LateEntries, async (query, reader) => {
  const { sort = 'recorded', order = 'descending', limit = 100, cursor } = query;
  const where = await conditionsOf(query, reader);
  const page = await reader.find<LateEntryDocument>(lateEntriesView, {
    where,
    sort: { by: SORTS[sort], order },
    limit,
    ...(cursor ? { cursor } : {}),
  });
  const access = await accessTo(page.items, reader);
  const items = page.items
    .map((entry) => ({ ...entry, units: unitsOf(entry, access) }))
    .filter((entry) => isVisible(entry, access, reader))
    .filter(({ units }) => isOfUnit(units, query.unit));
  return { items, ...(page.next ? { next: page.next } : {}) };
});

type Where = Record<string, Condition>;

async function conditionsOf(query: LateEntries, reader: Reader): Promise<Where> {
  const { by, atLeast, below, from, to } = query;
  const texts = (['service', 'type', 'actor'] as const).flatMap((name): [string, Condition][] => {
    const value = query[name];
    return value === undefined ? [] : [[name, { is: value }]];
  });
  return {
    ...Object.fromEntries(texts),
    ...(await ticketsMeant(query, reader)),
    ...(by ? { isByPerson: { is: by === 'people' } } : {}),
    ...between('delayMinutes', atLeast, below),
    ...between('recordedAt', from && instant(from), to && instant(to)),
  };
}

async function ticketsMeant({ ticketId, number }: LateEntries, reader: Reader): Promise<Where> {
  if (number === undefined) return ticketId ? { ticketIds: { is: ticketId } } : {};
  const numbered = await ticketsNumbered(number, reader);
  const meant = numbered.filter((id) => ticketId === undefined || id === ticketId);
  return { ticketIds: { in: meant } };
}

/** Documents hold UTC with milliseconds. */
const instant = (text: string): string => new Date(text).toISOString();

const between = <T extends number | string>(
  name: string,
  from: T | undefined,
  below: T | undefined,
): Where =>
  from === undefined && below === undefined
    ? {}
    : {
        [name]: {
          ...(from === undefined ? {} : { from }),
          ...(below === undefined ? {} : { below }),
        },
      };

/** The unit that the fact names, and those that have had the tickets it is about. */
function unitsOf(
  { unit, ticketIds }: LateEntryDocument,
  access: ReadonlyMap<string, TicketAccess>,
): readonly string[] {
  const ofTickets = ticketIds.flatMap((id) => access.get(id)?.units ?? []);
  return [...new Set([...(unit ? [unit] : []), ...ofTickets])];
}

const isOfUnit = (units: readonly string[], asked: string | undefined): boolean =>
  asked === undefined || units.some((unit) => isWithin(unit, asked));

/** A fact of tickets goes by who may see all of them, any other by the unit it names; of none, to the root alone. */
function isVisible(
  { ticketIds, unit = '/' }: LateEntryDocument,
  access: ReadonlyMap<string, TicketAccess>,
  reader: Reader,
): boolean {
  const roles = LATE_ENTRY_READERS;
  return ticketIds.length > 0
    ? mayReadAll(ticketIds, access, { reader, roles })
    : covers(reader.actor, unit, roles);
}
