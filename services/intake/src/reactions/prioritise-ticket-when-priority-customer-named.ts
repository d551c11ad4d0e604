import { when } from '@shouwen/engine';
import { TicketJoined, TicketOpened } from '@shouwen/contracts';
import { customerIdOf } from '../customer/customer.js';
import { PrioritiseTicket } from '../ticket/prioritise-ticket.js';

/**
 * The registration decides, not the memory of whoever took the call. A confidential caller stands in the ticket under
 * an id of its own, so their registration is not looked up: the mark would tell the handling unit who called.
 */
export const prioritiseTicketWhenPriorityCustomerNamed = when(
  [TicketOpened, TicketJoined],
  'prioritise-ticket-when-priority-customer-named',
  ({ type, data }, { actor: { tenant } }) => {
    const { ticketId } = data;
    const isJoined = type === 'intake.ticket-joined';
    if (!isJoined && data.isPriority) return [];
    const persons = isJoined ? [data.callerId] : [data.accountHolderId, data.affectedId];
    const customers = persons.map((person) => person && customerIdOf(tenant, person));
    return [...new Set(customers)].flatMap((customerId) =>
      customerId ? [PrioritiseTicket.of({ ticketId, customerId })] : [],
    );
  },
);
