import { WorkOrderWithdrawn } from '@shouwen/contracts';
import { when } from '@shouwen/engine';
import { EndTicketWork } from '../ticket-work/end-ticket-work.js';

/** A dispatcher took a job back: its tickets may get another one. Where the ticket itself was the cause it knows. */
export const forgetWorkOrderWhenWithdrawn = when(
  WorkOrderWithdrawn,
  'forget-work-order-when-withdrawn',
  ({ data: { workOrderId, ticketIds, because } }) =>
    because === 'not-needed'
      ? ticketIds.map((ticketId) => EndTicketWork.of({ ticketId, workOrderId, because }))
      : [],
);
