import {
  CallbackRecorded,
  FeedbackGiven,
  TicketAnswered,
  TicketClassified,
  TicketClosed,
  TicketHandedOver,
  TicketOpened,
  TicketReopened,
} from '@shouwen/contracts';
import { type Command, type EventFrom, type Recorded, when } from '@shouwen/engine';
import { EndClocks } from '../clock/end-clocks.js';
import { HandOverClock } from '../clock/hand-over-clock.js';
import { MeetDeadline } from '../clock/meet-deadline.js';
import { ReclassifyClocks } from '../clock/reclassify-clocks.js';
import { RestartClocks } from '../clock/restart-clocks.js';
import { StartClocks } from '../clock/start-clocks.js';

const TICKET_CHANGES = [
  TicketOpened,
  TicketClassified,
  TicketAnswered,
  CallbackRecorded,
  FeedbackGiven,
  TicketHandedOver,
  TicketClosed,
  TicketReopened,
] as const;

/** One subscription for all of them, because only within one is a ticket's closing surely seen before its reopening. */
export const keepClocksWhenTicketChanges = when(
  TICKET_CHANGES,
  'keep-clocks-when-ticket-changes',
  (event) => [...commandsFor(event)],
);

function commandsFor(event: Recorded<EventFrom<typeof TICKET_CHANGES>>): readonly Command[] {
  const { type, data, recordedAt: knownFrom } = event;
  const { ticketId } = data;
  switch (type) {
    case 'intake.ticket-opened':
      return [start(data, knownFrom)];
    case 'intake.ticket-classified': {
      const { utility, typeCode, category, gridCode, aboutStaff, aboutUnits } = data;
      return [
        ReclassifyClocks.of({
          ...{ ticketId, utility, typeCode, category, aboutStaff, aboutUnits, knownFrom },
          ...(gridCode ? { gridCode } : {}),
        }),
      ];
    }
    case 'intake.ticket-answered':
      return data.isInSubstance ? [MeetDeadline.of({ ticketId, stage: 'answer', knownFrom })] : [];
    case 'intake.callback-recorded':
      return data.isReached || data.impossibleBecause
        ? [MeetDeadline.of({ ticketId, stage: 'callback', knownFrom })]
        : [];
    case 'intake.feedback-given':
      return [MeetDeadline.of({ ticketId, stage: 'feedback', knownFrom })];
    case 'intake.ticket-handed-over':
      return [HandOverClock.of({ ticketId, firstContactOwner: data.to })];
    case 'intake.ticket-closed':
      return [EndClocks.of({ ticketId })];
    case 'intake.ticket-reopened': {
      const { count, continues, restarts } = data;
      return [RestartClocks.of({ ticketId, count, continues, restarts, knownFrom })];
    }
  }
}

const start = (data: TicketOpened['data'], knownFrom: string): StartClocks => {
  const { ticketId, number, receivedAt, utility, typeCode, category, affectedId } = data;
  const { aboutStaff, aboutUnits, isLateEntry, unit, takenIn, gridCode, firstContactOwner } = data;
  return StartClocks.of({
    ...{ ticketId, number, receivedAt, utility, typeCode, category, affectedId },
    ...{ aboutStaff, aboutUnits, isLateEntry, firstContactOwner, knownFrom },
    ...(unit ? { unit } : {}),
    ...(takenIn ? { takenIn } : {}),
    ...(gridCode ? { gridCode } : {}),
  });
};
