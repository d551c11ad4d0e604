import { WorkOrderChased } from '@shouwen/contracts';
import { when } from '@shouwen/engine';
import { PassOnChase } from '../work-order/pass-on-chase.js';

/** A second step, because only the chased job knows where it lies, and posts are read by unit. */
export const passOnChaseWhenWorkOrderChased = when(
  WorkOrderChased,
  'pass-on-chase-when-work-order-chased',
  ({ data: { workOrderId, ticketId, unit, count, number } }) => [
    PassOnChase.of({ workOrderId, ticketId, unit, count, ...(number ? { number } : {}) }),
  ],
);
