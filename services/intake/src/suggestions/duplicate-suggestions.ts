import { IsIn, IsNotEmpty, IsOptional, IsString, MaxLength } from 'class-validator';
import { answers, Query, type Condition, type Reader } from '@shouwen/engine';
import { UTILITIES, type Utility } from '@shouwen/contracts';
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
  for (const { reason, where, days } of questionsOf(query, reader))
    for (const traits of await recent(reader, where, days)) {
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

function questionsOf(query: DuplicateSuggestions, { blind }: Reader) {
  const { phone, accountId, servicePointId, address, gridCode } = query;
  const ask = (
    field: string,
    value: string | undefined,
    { reason, days }: { reason: Reason; days: number },
  ): { reason: Reason; days: number; where: Record<string, Condition> }[] =>
    value === undefined ? [] : [{ reason, days, where: { [field]: { is: value } } }];
  const days = SAME_PARTY_DAYS;
  return [
    ...ask('accountId', accountId, { reason: 'same-account', days }),
    ...ask('phones', phone && blind(phoneTrait(phone)), { reason: 'same-phone', days }),
    ...ask('servicePointId', servicePointId, { reason: 'same-place', days }),
    ...ask('address', address && blind(addressTrait(address)), { reason: 'same-place', days }),
    ...ask('gridCode', gridCode, { reason: 'same-grid-recently', days: SAME_GRID_DAYS }),
  ];
}

async function recent(
  reader: Reader,
  where: Record<string, Condition>,
  days: number,
): Promise<readonly TicketTraits[]> {
  const from = new Date(Date.parse(reader.now) - days * DAY).toISOString();
  const page = await reader.find<TicketTraits>(ticketTraitsView, {
    where: { ...where, receivedAt: { from } },
    sort: { by: 'receivedAt', order: 'descending' },
    limit: LIMIT,
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
