import {
  TicketChased,
  TicketClassified,
  TicketClosed,
  TicketOpened,
  TicketPrioritised,
  TicketReopened,
} from '@shouwen/contracts';
import { type Command, type EventFrom, type Recorded, when } from '@shouwen/engine';
import { ChaseTicketWork } from '../ticket-work/chase-ticket-work.js';
import { EndTicketWork } from '../ticket-work/end-ticket-work.js';
import { NoteTicket } from '../ticket-work/note-ticket.js';
import { PrioritiseTicketWork } from '../ticket-work/prioritise-ticket-work.js';
import { ReclassifyTicketWork } from '../ticket-work/reclassify-ticket-work.js';
import { ReworkTicket } from '../ticket-work/rework-ticket.js';
import { WorkTicket } from '../ticket-work/work-ticket.js';

const TICKET_CHANGES = [
  TicketOpened,
  TicketClassified,
  TicketChased,
  TicketPrioritised,
  TicketClosed,
  TicketReopened,
] as const;

/** One subscription for all of them: only within one is a ticket's opening surely handled before its closing. */
export const moveWorkWhenTicketChanges = when(
  TICKET_CHANGES,
  'move-work-when-ticket-changes',
  (event, { newId }) => commandsFor(event, newId),
  { personal: true },
);

function commandsFor(
  { type, data }: Recorded<EventFrom<typeof TICKET_CHANGES>>,
  newId: () => string,
): readonly Command[] {
  const { ticketId } = data;
  switch (type) {
    case 'intake.ticket-opened':
      return [opened(data, newId)];
    case 'intake.ticket-classified':
      return [reclassified(data, newId)];
    case 'intake.ticket-chased':
      return [ChaseTicketWork.of({ ticketId, count: data.count, number: data.number })];
    case 'intake.ticket-prioritised':
      return [PrioritiseTicketWork.of({ ticketId })];
    case 'intake.ticket-closed':
      return [EndTicketWork.of({ ticketId, because: 'ticket-closed' })];
    case 'intake.ticket-reopened':
      return [ReworkTicket.of({ ticketId, workOrderId: newId() })];
  }
}

/** Of the persons only the affected one comes along: a caller may have asked to stay hidden from the crew. */
function opened(data: TicketOpened['data'], newId: () => string): Command {
  const { ticketId, isPriority, receivedAt, affectedId, aboutStaff, aboutUnits, unit } = data;
  const { utility, typeCode, category, isSafety, gridCode } = data;
  const { affectedName, affectedPhone, address, description } = data;
  const facts = {
    ...{ ticketId, isPriority, receivedAt, affectedId, aboutStaff, aboutUnits },
    ...(unit ? { unit } : {}),
  };
  if (!data.needsWorkOrder || utility === 'unknown') return NoteTicket.of(facts);
  return WorkTicket.of({
    ...{ ...facts, workOrderId: newId(), utility, typeCode, category, isSafety },
    ...(gridCode ? { gridCode } : {}),
    ...(affectedName ? { affectedName } : {}),
    ...(affectedPhone ? { affectedPhone } : {}),
    ...(address ? { address } : {}),
    ...(description ? { task: description } : {}),
  });
}

function reclassified(data: TicketClassified['data'], newId: () => string): Command {
  const { ticketId, receivedAt, utility, typeCode, category, isSafety, needsWorkOrder } = data;
  const { gridCode, aboutStaff, aboutUnits } = data;
  if (utility === 'unknown') return EndTicketWork.of({ ticketId, because: 'reclassified' });
  return ReclassifyTicketWork.of({
    ...{ ticketId, receivedAt, utility, typeCode, category, isSafety, needsWorkOrder },
    ...{ aboutStaff, aboutUnits, workOrderId: newId() },
    ...(gridCode ? { gridCode } : {}),
  });
}
