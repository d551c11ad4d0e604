import { IsNotEmpty, IsOptional, IsString, IsUUID, Matches, MaxLength } from 'class-validator';
import { at, Command, type Context, handlesAcross, Rejected, write } from '@shouwen/engine';
import { TicketPrioritised } from '@shouwen/contracts';
import { type Customer, customers, customerStreamId, personIdOf } from '../customer/customer.js';
import { openTicket, tickets } from './ticket.js';

/** The ticket concerns a priority customer: one who is registered as such, or one of whom somebody says why. */
export class PrioritiseTicket extends Command {
  @IsUUID() ticketId!: string;
  /** A customer whose registration says so. */
  @IsOptional() @Matches(/^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/) customerId?: string;
  @IsOptional() @IsNotEmpty() @IsString() @MaxLength(500) reason?: string;
}

/** Of a ticket that is closed or marked already a registration changes nothing. */
export const prioritiseTicket = handlesAcross({
  command: PrioritiseTicket,
  stream: tickets,
  reads: ({ ticketId, customerId }, { actor }) => [
    at(tickets, ticketId),
    ...(customerId ? [at(customers, customerStreamId(actor.tenant, customerId))] : []),
  ],
  decide(read, command, context) {
    const { ticketId, customerId, reason } = command;
    const ticket = read(tickets, ticketId);
    const { tenant, number: by } = context.actor;
    const customer = customerId ? read(customers, customerStreamId(tenant, customerId)) : null;
    if (isByReaction(context) && (ticket.status === 'closed' || !isPriority(customer))) return [];
    const { number, affectedId, ...known } = openTicket(ticket, context);
    if (known.isPriority) return [];
    if (!isPriority(customer) && !reason) throw noReason(customerId);
    return [
      write(tickets, ticketId, [
        TicketPrioritised({
          ...{ ticketId, number, by },
          because: isPriority(customer) ? 'priority-registered' : 'priority-told',
          ...(customerId && isPriority(customer)
            ? { registeredAs: personIdOf(tenant, customerId) }
            : {}),
          affectedId,
          ...(reason ? { reason } : {}),
        }),
      ]),
    ];
  },
});

const isByReaction = ({ actor }: Context): boolean => actor.number.startsWith('system:');

const isPriority = (customer: Customer | null): boolean =>
  customer?.status === 'registered' && customer.isPriority;

const noReason = (customerId: string | undefined): Rejected =>
  customerId
    ? new Rejected(
        'customer.not-priority',
        `Customer ${customerId} is not registered as a priority customer; say why this one goes first.`,
        'customerId',
      )
    : new Rejected(
        'ticket.priority-reason-missing',
        'Say why this customer has priority.',
        'reason',
      );
