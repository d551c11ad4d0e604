import { IsIn, IsNotEmpty, IsOptional, IsString, MaxLength } from 'class-validator';
import { answers, Query, type Reader } from '@shouwen/engine';
import { UTILITIES, type Utility } from '@shouwen/contracts';
import { ticketCallersView, type TicketCaller } from '../views/ticket-callers.view.js';
import { ticketTraitsView, type TicketTraits } from '../views/ticket-traits.view.js';
import { addressTrait, phoneTrait } from './traits.js';

/** Has this been told before? Asked before saving, with whatever is known of the caller and the place. */
export class DuplicateSuggestions extends Query {
  @IsOptional() @IsNotEmpty() @IsString() @MaxLength(40) phone?: string;
  @IsOptional() @IsNotEmpty() @IsString() @MaxLength(64) accountId?: string;
  @IsOptional() @IsNotEmpty() @IsString() @MaxLength(64) servicePointId?: string;
  @IsOptional() @IsNotEmpty() @IsString() @MaxLength(300) address?: string;
  @IsOptional() @IsNotEmpty() @IsString() @MaxLength(40) gridCode?: string;
  @IsOptional() @IsIn(UTILITIES) utility?: Utility;
}

const DAY = 24 * 60 * 60 * 1000;
/** Ours: an account, a line or a flat may call again about the same matter for this long. */
const SAME_PARTY_DAYS = 30;
/** Ours: neighbours who call within a day may mean one cause. */
const SAME_GRID_DAYS = 1;
/** Of one reason; a mass outage is recognised by the first of them. */
const LIMIT = 20;

type Reason = 'same-account' | 'same-phone' | 'same-place' | 'same-grid-recently';

/** Which tickets it could be and why. Nothing is merged: a person lets the contact join, or opens a ticket. */
export const duplicateSuggestions = answers(DuplicateSuggestions, async (query, reader) => {
  const found = new Map<string, { traits: TicketTraits; reasons: Reason[] }>();
  for (const { reason, tickets } of await candidates(query, reader))
    for (const traits of tickets) {
      const isOther = query.utility && ![query.utility, 'unknown'].includes(traits.utility);
      if (isOther || (reason === 'same-grid-recently' && traits.status === 'closed')) continue;
      const known = found.get(traits.ticketId) ?? { traits, reasons: [] };
      found.set(traits.ticketId, known);
      if (!known.reasons.includes(reason)) known.reasons.push(reason);
    }
  return {
    suggestions: [...found.values()].sort(likelier).map(({ traits, reasons }) => {
      const { ticketId, number, status, typeCode, utility, receivedAt } = traits;
      return { ticketId, number, status, typeCode, utility, receivedAt, reasons };
    }),
  };
});

interface Candidates {
  readonly reason: Reason;
  readonly tickets: readonly TicketTraits[];
}

async function candidates(query: DuplicateSuggestions, reader: Reader): Promise<Candidates[]> {
  const { phone, accountId, servicePointId, address, gridCode } = query;
  const line = phone && reader.blind(phoneTrait(phone));
  const place = address && reader.blind(addressTrait(address));
  const same = async (reason: Reason, field: string, value: string | undefined) => ({
    reason,
    tickets: value ? await having(reader, field, value) : [],
  });
  return [
    await same('same-account', 'accountId', accountId),
    await same('same-phone', 'phone', line),
    { reason: 'same-phone', tickets: line ? await calledFrom(reader, line) : [] },
    await same('same-place', 'servicePointId', servicePointId),
    await same('same-place', 'address', place),
    await same('same-grid-recently', 'gridCode', gridCode),
  ];
}

const daysAgo = ({ now }: Reader, days: number): string =>
  new Date(Date.parse(now) - days * DAY).toISOString();

/** The latest tickets with that trait that this reader may see. */
async function having(
  reader: Reader,
  field: string,
  value: string,
): Promise<readonly TicketTraits[]> {
  const days = field === 'gridCode' ? SAME_GRID_DAYS : SAME_PARTY_DAYS;
  const { items } = await reader.find<TicketTraits>(ticketTraitsView, {
    where: { [field]: { is: value }, receivedAt: { from: daysAgo(reader, days) } },
    sort: { by: 'receivedAt', order: 'descending' },
    limit: LIMIT,
  });
  return items;
}

/** The tickets that somebody called about from that line. */
async function calledFrom(reader: Reader, line: string): Promise<readonly TicketTraits[]> {
  const { items } = await reader.find<TicketCaller>(ticketCallersView, {
    where: { phone: { is: line }, receivedAt: { from: daysAgo(reader, SAME_PARTY_DAYS) } },
    sort: { by: 'receivedAt', order: 'descending' },
    limit: LIMIT,
  });
  const ids = [...new Set(items.map(({ ticketId }) => ticketId))];
  if (ids.length === 0) return [];
  // Asked through the tickets' own view, which leaves out what this reader may not see.
  const page = await reader.find<TicketTraits>(ticketTraitsView, {
    where: { ticketId: { in: ids } },
  });
  return page.items;
}

interface Found {
  readonly traits: TicketTraits;
  readonly reasons: readonly Reason[];
}

/** Open ones first, then those with more reasons, then the latest. */
const likelier = (a: Found, b: Found): number =>
  Number(a.traits.status === 'closed') - Number(b.traits.status === 'closed') ||
  b.reasons.length - a.reasons.length ||
  (a.traits.receivedAt < b.traits.receivedAt ? 1 : -1);
