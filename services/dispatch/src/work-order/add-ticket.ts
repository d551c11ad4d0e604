import { TicketWorkJoined, WorkOrderTicketAdded } from '@shouwen/contracts';
import { Command, Rejected, at, handlesAcross, write } from '@shouwen/engine';
import { IsUUID } from 'class-validator';
import { ticketWorks } from '../ticket-work/ticket-work.js';
import { refuseEnded } from './visit.js';
import { placeOf, workOrders } from './work-order.js';

/** One burst pipe, forty callers: a ticket shares a job that is there, and gives up the one it had of its own. */
export class AddTicket extends Command {
  @IsUUID() workOrderId!: string;
  @IsUUID() ticketId!: string;
}

export const addTicket = handlesAcross({
  command: AddTicket,
  stream: workOrders,
  reads: ({ workOrderId, ticketId }) => [at(workOrders, workOrderId), at(ticketWorks, ticketId)],
  decide: (read, { workOrderId, ticketId }) => {
    const state = read(workOrders, workOrderId);
    if (state.status !== 'unknown' && state.ticketIds.includes(ticketId)) return [];
    const job = refuseEnded(state);
    const ticket = read(ticketWorks, ticketId);
    if (ticket.status === 'unknown')
      throw new Rejected('ticket.not-found', `There is no ticket ${ticketId} yet.`, 'ticketId');
    const { facts, matter, workOrderIds } = ticket;
    const onSite = job.visits.at(-1);
    const added = WorkOrderTicketAdded({
      workOrderId,
      ticketIds: [...job.ticketIds, ticketId],
      ticketId,
      isSafety: job.isSafety || (matter?.isSafety ?? false),
      isPriority: job.isPriority || facts.isPriority,
      receivedAt: facts.receivedAt < job.receivedAt ? facts.receivedAt : job.receivedAt,
      aboutStaff: [...new Set([...job.aboutStaff, ...facts.aboutStaff])],
      unit: placeOf(job),
      ...(onSite?.what === 'arrived' ? { arrivedAt: onSite.at } : {}),
    });
    const joined = TicketWorkJoined({ ticketId, workOrderId, instead: [...workOrderIds] });
    return [write(workOrders, workOrderId, [added]), write(ticketWorks, ticketId, [joined])];
  },
});
