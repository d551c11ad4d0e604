import {
  CrewArrived,
  VisitAppointed,
  WorkFinished,
  WorkOrderIssued,
  WorkOrderReassigned,
  WorkOrderReturned,
  WorkOrderSigned,
  WorkOrderTicketAdded,
} from '@shouwen/contracts';
import { type Command, type EventFrom, type Recorded, when } from '@shouwen/engine';
import { MeetDeadline } from '../clock/meet-deadline.js';
import { MoveClock } from '../clock/move-clock.js';
import { ReplaceArrivalBySlot } from '../clock/replace-arrival-by-slot.js';
import { WithdrawRestoring } from '../clock/withdraw-restoring.js';

const WORK_MOVES = [
  WorkOrderIssued,
  WorkOrderTicketAdded,
  WorkOrderReassigned,
  WorkOrderReturned,
  WorkOrderSigned,
  VisitAppointed,
  CrewArrived,
  WorkFinished,
] as const;
type WorkMove = Recorded<EventFrom<typeof WORK_MOVES>>;

/** What crews and dispatchers do, told to the clock of every ticket that the work order serves. */
export const keepClocksWhenWorkMoves = when(
  WORK_MOVES,
  'keep-clocks-when-work-moves',
  (event): readonly Command[] => {
    const { type, data } = event;
    if (type === 'dispatch.work-order-ticket-added') return added(data, event.recordedAt);
    return data.ticketIds.flatMap((ticketId) => commandsFor(ticketId, event));
  },
);

/** Only the ticket that came newly is meant. A crew that is on site already has arrived for it too. */
function added(data: WorkOrderTicketAdded['data'], knownFrom: string): readonly Command[] {
  const { ticketId, unit, arrivedAt } = data;
  const move = MoveClock.of({ ticketId, unit });
  if (!arrivedAt) return [move];
  return [move, MeetDeadline.of({ ticketId, stage: 'arrive', occurredAt: arrivedAt, knownFrom })];
}

function commandsFor(ticketId: string, { type, data, recordedAt }: WorkMove): readonly Command[] {
  const meet = (stage: string) => MeetDeadline.of({ ticketId, stage, knownFrom: recordedAt });
  switch (type) {
    case 'dispatch.work-order-issued':
    case 'dispatch.work-order-ticket-added':
    case 'dispatch.work-order-reassigned':
    case 'dispatch.work-order-returned':
      return [MoveClock.of({ ticketId, unit: data.unit })];
    case 'dispatch.work-order-signed':
      return [meet('sign-for')];
    case 'dispatch.visit-appointed': {
      const { from, to } = data;
      return [ReplaceArrivalBySlot.of({ ticketId, from, to, knownFrom: recordedAt })];
    }
    case 'dispatch.crew-arrived':
      return [meet('arrive')];
    case 'dispatch.work-finished':
      switch (data.outcome) {
        case 'restored':
          return [meet('restore')];
        case 'answered':
        case 'customer-side':
          return [WithdrawRestoring.of({ ticketId }), meet('answer')];
        case 'not-restored':
          return [];
      }
  }
}
