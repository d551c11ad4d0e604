import {
  TicketWorkChased,
  TicketWorkEnded,
  TicketWorkJoined,
  TicketWorkPrioritised,
  TicketWorkRetyped,
} from '@shouwen/contracts';
import { type Command, type EventFrom, type Recorded, when } from '@shouwen/engine';
import { ChaseWorkOrder } from '../work-order/chase-work-order.js';
import { PrioritiseWorkOrder } from '../work-order/prioritise-work-order.js';
import { RemoveTicket } from '../work-order/remove-ticket.js';
import { RetypeWorkOrder } from '../work-order/retype-work-order.js';

const CHANGES = [
  TicketWorkChased,
  TicketWorkEnded,
  TicketWorkJoined,
  TicketWorkPrioritised,
  TicketWorkRetyped,
] as const;

/** What happened to a ticket, carried to each of its work orders. */
export const changeWorkOrdersWhenTicketWorkChanges = when(
  CHANGES,
  'change-work-orders-when-ticket-work-changes',
  (event) => commandsFor(event),
);

function commandsFor({ type, data }: Recorded<EventFrom<typeof CHANGES>>): readonly Command[] {
  const { ticketId } = data;
  switch (type) {
    case 'dispatch.ticket-work-chased': {
      const { count, number } = data;
      return data.workOrderIds.map((workOrderId) =>
        ChaseWorkOrder.of({ workOrderId, ticketId, count, ...(number ? { number } : {}) }),
      );
    }
    case 'dispatch.ticket-work-ended':
      return data.workOrderIds.map((workOrderId) =>
        RemoveTicket.of({ workOrderId, ticketId, because: data.because }),
      );
    case 'dispatch.ticket-work-joined':
      return data.instead.map((workOrderId) =>
        RemoveTicket.of({ workOrderId, ticketId, because: 'merged' }),
      );
    case 'dispatch.ticket-work-prioritised':
      return data.workOrderIds.map((workOrderId) =>
        PrioritiseWorkOrder.of({ workOrderId, ticketId }),
      );
    case 'dispatch.ticket-work-retyped': {
      const { workOrderIds, typeCode, category, isSafety, unit, aboutStaff, aboutUnits } = data;
      return workOrderIds.map((workOrderId) =>
        RetypeWorkOrder.of({
          ...{ workOrderId, ticketId, typeCode, category, isSafety },
          ...(unit ? { unit } : {}),
          ...(aboutStaff && aboutUnits ? { aboutStaff, aboutUnits } : {}),
        }),
      );
    }
  }
}
