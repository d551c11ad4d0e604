import { IsISO8601, IsOptional, IsUUID } from 'class-validator';
import { answers, Invalid, NotFound, Query } from '@shouwen/engine';
import { tickets } from './ticket.js';

/** How did the ticket stand then? By what had happened, or by what we knew. */
export class TicketState extends Query {
  @IsUUID() ticketId!: string;
  @IsOptional() @IsISO8601({ strict: true }) occurred?: string;
  @IsOptional() @IsISO8601({ strict: true }) recorded?: string;
}

export const ticketState = answers(TicketState, async (query, reader) => {
  const { ticketId, occurred, recorded } = query;
  if (occurred && recorded)
    throw new Invalid('request.invalid', 'The request breaks a rule.', [
      {
        field: 'recorded',
        rule: 'oneOf',
        message: 'ask for occurred or for recorded, not for both',
      },
    ]);
  const at = new Date(occurred ?? recorded ?? reader.now).toISOString();
  const by = occurred ? 'occurred' : 'recorded';
  const state = await reader.state(tickets, ticketId, { [by]: at });
  if (state.status === 'none')
    throw new NotFound('ticket.not-found', `There was no such ticket by ${at}.`);
  return { asOf: at, by, ticket: state };
});
