import { aboveNamed } from '@shouwen/contracts';
import { Command, at, handlesAcross } from '@shouwen/engine';
import { IsUUID } from 'class-validator';
import { workOrders } from '../work-order/work-order.js';
import { beginWork } from './begin-work.js';
import { ticketWorks } from './ticket-work.js';

/** A ticket was reopened: whoever had the work gets a new work order, if there was work at all. */
export class ReworkTicket extends Command {
  @IsUUID() ticketId!: string;
  @IsUUID() workOrderId!: string;
}

export const reworkTicket = handlesAcross({
  command: ReworkTicket,
  stream: ticketWorks,
  reads: ({ ticketId, workOrderId }) => [at(ticketWorks, ticketId), at(workOrders, workOrderId)],
  decide: (read, { ticketId, workOrderId }, { occurredAt }) => {
    const ticket = read(ticketWorks, ticketId);
    if (ticket.status === 'unknown' || !ticket.matter || ticket.workOrderIds.length) return [];
    const { facts, matter } = ticket;
    const unit = aboveNamed(matter.unit, facts.aboutUnits);
    return beginWork({ ...matter, unit, ticketId, workOrderId, issuedAt: occurredAt, facts });
  },
});
