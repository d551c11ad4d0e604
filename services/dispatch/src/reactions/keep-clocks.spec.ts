import { describe, expect, it } from '@jest/globals';
import {
  CallbackRecorded,
  FeedbackGiven,
  SupervisionOrdered,
  TicketAnswered,
  TicketClassified,
  TicketClosed,
  TicketHandedOver,
  TicketReopened,
} from '@shouwen/contracts';
import { faultsOf, type Command, type Event, type Reaction } from '@shouwen/engine';
import { contextFor } from '@shouwen/testkit';
import {
  aCrewArrived,
  aTicketOpened,
  aVisitAppointed,
  aWorkFinished,
  aWorkOrderIssued,
  aWorkOrderReassigned,
  aWorkOrderReturned,
  aWorkOrderSigned,
  aWorkOrderTicketAdded,
  at,
  EAST,
  GRID,
  HEAT,
  OTHER_TICKET,
  RECEIVED,
  recorded,
  TICKET,
  WEST,
} from '../../test/build.js';
import {
  aClockMoved,
  aClockStarted,
  after,
  aMatter,
  anEscalationScheduled,
  HOUR,
  TICKET as CLOCKED,
} from '../../test/build-clock.js';
import { BreachClock } from '../clock/breach-clock.js';
import { EndClocks } from '../clock/end-clocks.js';
import { EscalateTicket } from '../clock/escalate-ticket.js';
import { HandOverClock } from '../clock/hand-over-clock.js';
import { MeetDeadline } from '../clock/meet-deadline.js';
import { MoveClock } from '../clock/move-clock.js';
import { PassOnSupervision } from '../clock/pass-on-supervision.js';
import { ReclassifyClocks } from '../clock/reclassify-clocks.js';
import { ReplaceArrivalBySlot } from '../clock/replace-arrival-by-slot.js';
import { RestartClocks } from '../clock/restart-clocks.js';
import { StartClocks } from '../clock/start-clocks.js';
import { WarnClock } from '../clock/warn-clock.js';
import { WithdrawRestoring } from '../clock/withdraw-restoring.js';
import { breachClockWhenLimitPasses } from './breach-clock-when-limit-passes.js';
import { escalateTicketWhenStepIsDue } from './escalate-ticket-when-step-is-due.js';
import { keepClocksWhenTicketChanges } from './keep-clocks-when-ticket-changes.js';
import { keepClocksWhenWorkMoves } from './keep-clocks-when-work-moves.js';
import { passOnSupervisionWhenOrdered } from './pass-on-supervision-when-ordered.js';
import { warnClockWhenLimitComesNear } from './warn-clock-when-limit-comes-near.js';

const KNOWN = '2026-01-15T06:00:05.000Z';
const number = 'H260115-0000B001';

/** The commands of an event; each of them is one that the runner would let pass. */
const commandsOf = (
  reaction: Reaction,
  event: Event,
  occurredAt = RECEIVED,
): readonly Command[] => {
  const commands = reaction.react(
    recorded(event, { recordedAt: KNOWN }),
    contextFor({ occurredAt }),
  );
  for (const command of commands)
    expect(faultsOf(command.constructor as new () => object, command)).toEqual([]);
  return commands;
};
const onTicket = (event: Event) => commandsOf(keepClocksWhenTicketChanges, event);
const onWork = (event: Event) => commandsOf(keepClocksWhenWorkMoves, event);
const meets = (stage: string, ticketId = TICKET) =>
  MeetDeadline.of({ ticketId, stage, knownFrom: KNOWN });

describe('keep clocks when a ticket changes', () => {
  it('starts them from receipt, known since the ticket was recorded, without anything personal', () =>
    expect(onTicket(aTicketOpened())).toEqual([
      StartClocks.of({
        ...{ ticketId: TICKET, number, receivedAt: RECEIVED, knownFrom: KNOWN },
        ...{ utility: 'heat', typeCode: 'heat.no-heat', category: 'repair', gridCode: GRID },
        ...{ affectedId: 'affected-1', aboutStaff: [], aboutUnits: [], isLateEntry: false },
        firstContactOwner: '1001',
      }),
    ]));

  it('takes the feedback to whoever answers for the ticket for what it is', () => {
    const event = FeedbackGiven({
      ...{ ticketId: TICKET, by: '3101', to: '1001', affectedId: 'affected-1' },
    });
    expect(onTicket(event)).toEqual([
      MeetDeadline.of({ ticketId: TICKET, stage: 'feedback', knownFrom: KNOWN }),
    ]);
  });

  it('hands them over with the ticket', () => {
    const { ticketId, ...rest } = { ticketId: TICKET, from: '1001', to: '1002', by: '1100' };
    const event = TicketHandedOver({
      ...{ ticketId, ...rest, because: 'instructed', affectedId: 'affected-1' },
    });
    expect(onTicket(event)).toEqual([HandOverClock.of({ ticketId, firstContactOwner: '1002' })]);
  });

  it('passes on the unit that was chosen, and where the ticket was taken', () =>
    expect(onTicket(aTicketOpened({ unit: WEST, takenIn: '/mingcheng/centre' }))[0]).toMatchObject({
      unit: WEST,
      takenIn: '/mingcheng/centre',
    }));

  it('follows a classification', () =>
    expect(
      onTicket(
        TicketClassified({
          ...{ ticketId: TICKET, number, receivedAt: RECEIVED, utility: 'heat' },
          ...{ typeCode: 'heat.leak', category: 'repair', needsWorkOrder: true, isSafety: false },
          ...{ previousTypeCode: 'heat.no-heat', by: '1001', gridCode: GRID },
          ...{ aboutStaff: ['3001'], aboutUnits: [] },
        }),
      ),
    ).toEqual([
      ReclassifyClocks.of({
        ...{ ticketId: TICKET, utility: 'heat', typeCode: 'heat.leak', category: 'repair' },
        ...{ aboutStaff: ['3001'], aboutUnits: [], knownFrom: KNOWN, gridCode: GRID },
      }),
    ]));

  const anAnswer = (isInSubstance: boolean) =>
    TicketAnswered({
      ...{ ticketId: TICKET, by: '1001', how: 'phone', isInSubstance },
      affectedId: 'affected-1',
    });

  it('counts an answer in substance, and no progress note', () => {
    expect(onTicket(anAnswer(true))).toEqual([meets('answer')]);
    expect(onTicket(anAnswer(false))).toEqual([]);
  });

  it('counts a callback that reached somebody or is impossible, and no vain attempt', () => {
    const attempt = { ticketId: TICKET, by: '1001', affectedId: 'affected-1' };
    expect(onTicket(CallbackRecorded({ ...attempt, isReached: true }))).toEqual([
      meets('callback'),
    ]);
    expect(
      onTicket(CallbackRecorded({ ...attempt, isReached: false, impossibleBecause: 'anonymous' })),
    ).toEqual([meets('callback')]);
    expect(onTicket(CallbackRecorded({ ...attempt, isReached: false }))).toEqual([]);
  });

  it('ends them with the closing and restarts them with the reopening', () => {
    const closed = TicketClosed({
      ticketId: TICKET,
      number,
      by: '1',
      evidence: [],
      impossible: [],
    });
    expect(onTicket(closed)).toEqual([EndClocks.of({ ticketId: TICKET })]);
    const stages = { continues: ['restore'], restarts: ['arrive'] };
    const reopened = TicketReopened({
      ...{
        ticketId: TICKET,
        number,
        by: '1',
        count: 1,
        firstContactOwner: '1001',
        affectedId: 'affected-1',
      },
      ...stages,
    });
    expect(onTicket(reopened)).toEqual([
      RestartClocks.of({ ticketId: TICKET, count: 1, ...stages, knownFrom: KNOWN }),
    ]);
  });
});

describe('keep clocks when work moves', () => {
  it.each([
    ['issued', aWorkOrderIssued(), EAST],
    ['reassigned', aWorkOrderReassigned(), WEST],
    ['returned', aWorkOrderReturned(), HEAT],
  ])('moves them when the work order is %s', (_, event, unit) =>
    expect(onWork(event)).toEqual([MoveClock.of({ ticketId: TICKET, unit })]),
  );

  it('counts signing for, arriving and restoring for every ticket of the work order', () => {
    expect(onWork(aWorkOrderSigned())).toEqual([meets('sign-for')]);
    expect(onWork(aCrewArrived('14:40'))).toEqual([meets('arrive')]);
    const forBoth = aWorkFinished('15:30', { ticketIds: [TICKET, OTHER_TICKET] });
    expect(onWork(forBoth)).toEqual([meets('restore'), meets('restore', OTHER_TICKET)]);
  });

  it.each(['answered', 'customer-side'])('owes no restoring when the outcome is %s', (outcome) =>
    expect(onWork(aWorkFinished('15:30', { outcome }))).toEqual([
      WithdrawRestoring.of({ ticketId: TICKET }),
      meets('answer'),
    ]),
  );

  it('counts nothing when the work ended without restoring', () =>
    expect(onWork(aWorkFinished('15:30', { outcome: 'not-restored' }))).toEqual([]));

  it('passes a slot on', () =>
    expect(onWork(aVisitAppointed())).toEqual([
      ReplaceArrivalBySlot.of({
        ...{ ticketId: TICKET, from: at('18:00'), to: at('20:00') },
        knownFrom: KNOWN,
      }),
    ]));

  it('moves only the ticket that is added, and counts the crew that is there as arrived', () => {
    const move = MoveClock.of({ ticketId: OTHER_TICKET, unit: EAST });
    expect(onWork(aWorkOrderTicketAdded())).toEqual([move]);
    const occurredAt = at('14:40');
    expect(onWork(aWorkOrderTicketAdded({ arrivedAt: occurredAt }))).toEqual([
      move,
      MeetDeadline.of({ ticketId: OTHER_TICKET, stage: 'arrive', occurredAt, knownFrom: KNOWN }),
    ]);
  });
});

describe('the timers of a clock', () => {
  const moved = aClockMoved({
    steps: [
      { step: 'station-head', run: 1, dueAt: after(24 * HOUR) },
      { step: 'company-manager', run: 1, dueAt: after(48 * HOUR) },
    ],
  });
  const east = { ticketId: CLOCKED, deadline: 'arrive', run: 1, unit: EAST };
  const west = { ...east, unit: WEST };

  it('wake for the warning, at its own instant only', () => {
    expect(warnClockWhenLimitComesNear.due!(recorded(aClockStarted()))).toEqual([after(40)]);
    const at40 = commandsOf(warnClockWhenLimitComesNear, aClockStarted(), after(40));
    expect(at40).toEqual([WarnClock.of(east)]);
    expect(commandsOf(warnClockWhenLimitComesNear, moved, after(40))).toEqual([WarnClock.of(west)]);
    expect(commandsOf(warnClockWhenLimitComesNear, moved, after(60))).toEqual([]);
  });

  it('wake for no warning where the standard gives none', () => {
    const { warnAt: _none, ...data } = aClockStarted().data;
    expect(warnClockWhenLimitComesNear.due!(recorded({ ...aClockStarted(), data }))).toEqual([]);
  });

  it('wake for the due instant', () => {
    expect(breachClockWhenLimitPasses.due!(recorded(aClockStarted()))).toEqual([after(60)]);
    const at60 = commandsOf(breachClockWhenLimitPasses, aClockStarted(), after(60));
    expect(at60).toEqual([BreachClock.of(east)]);
    expect(commandsOf(breachClockWhenLimitPasses, moved, after(60))).toEqual([
      BreachClock.of(west),
    ]);
  });

  it('wake for each step of the ladder', () => {
    const step = { ticketId: CLOCKED, step: 'station-head', run: 1 };
    const day = after(24 * HOUR);
    expect(escalateTicketWhenStepIsDue.due!(recorded(anEscalationScheduled()))).toEqual([day]);
    expect(escalateTicketWhenStepIsDue.due!(recorded(moved))).toEqual([day, after(48 * HOUR)]);
    expect(commandsOf(escalateTicketWhenStepIsDue, anEscalationScheduled(), day)).toEqual([
      EscalateTicket.of({ ...step, unit: EAST }),
    ]);
    expect(commandsOf(escalateTicketWhenStepIsDue, moved, day)).toEqual([
      EscalateTicket.of({ ...step, unit: WEST }),
    ]);
  });
});

describe('pass on a supervision', () => {
  it('looks for the posts of the unit that had the ticket when it was ordered', () =>
    expect(
      commandsOf(
        passOnSupervisionWhenOrdered,
        SupervisionOrdered({ ...aMatter, by: '2001', affectedId: 'party-1' }),
      ),
    ).toEqual([PassOnSupervision.of({ ticketId: CLOCKED, by: '2001', unit: EAST })]));
});
