import { defineStream, type EventFrom, Rejected } from '@shouwen/engine';
import {
  ClockBreached,
  ClockBreachWithdrawn,
  ClockEnded,
  ClockHandedOver,
  ClockMet,
  ClockMoved,
  ClockOpened,
  ClockReclassified,
  ClockReopened,
  ClockStageReached,
  ClockStarted,
  ClockAwaited,
  ClockTransferred,
  ClockWarned,
  ClockWithdrawn,
  EscalationScheduled,
  EscalationStopped,
  EscalationWithdrawn,
  SupervisionOrdered,
  TicketEscalated,
  TicketSupervised,
  type ChosenSlot,
  type CitedClauses,
  type Told,
  type Zone,
} from '@shouwen/contracts';

// One clock per ticket, with the ticket's id; it holds many deadlines and at most one ladder.
//
//   clock      none ──opened──▶ open ──ended──▶ ended ──reopened──▶ open
//
//   deadline   running ──met──────▶ met          (late: the timer still turns it into breached)
//   (per run)  running ──breached─▶ breached ──evidence that it was kept──▶ breach-withdrawn
//              running, breached ─withdrawn─▶ withdrawn  (another type, a chosen slot, the closing)
//
//   step       scheduled ──escalated─▶ escalated ──evidence that it was handled──▶ withdrawn
//
// Timers are never cancelled: when one arrives, the state says whether there is still something to do. What happens
// is judged by when it happened; so every instant that may end a deadline is kept, and a deadline that starts later
// than its evidence (another type, a subscription that lags) gets the verdict it would have had in order.

export interface Evidence {
  readonly stage: string;
  readonly at: string;
}

export interface Limit {
  readonly deadline: string;
  readonly run: number;
  readonly stage: string;
  readonly startAt: string;
  /** Evidence counts for this run from here on, until the next run of the deadline begins. */
  readonly countsFrom: string;
  readonly dueAt: string;
  readonly warnAt?: string;
  readonly calendar: string;
  readonly isCalendarGuessed: boolean;
  readonly knownFrom: string;
  readonly pack: CitedClauses;
}

export type Deadline = Limit &
  (
    | { readonly status: 'running'; readonly isWarned: boolean }
    | { readonly status: 'met'; readonly metAt: string; readonly isOnTime: boolean }
    | { readonly status: 'breached'; readonly tells: readonly Told[]; readonly metAt?: string }
    | { readonly status: 'breach-withdrawn'; readonly metAt: string }
    | {
        readonly status: 'withdrawn';
        readonly because: ClockWithdrawn['data']['because'];
        readonly withdrawnAt: string;
      }
  );

export interface Step {
  readonly step: string;
  readonly run: number;
  readonly hours: number;
  readonly post: string;
  readonly dueAt: string;
  readonly knownFrom: string;
  readonly pack: CitedClauses;
  readonly status: 'scheduled' | 'escalated' | 'withdrawn';
  readonly tells: readonly Told[];
}

export interface Ladder {
  readonly ladder: string;
  readonly run: number;
  readonly countsFrom: string;
  readonly steps: readonly Step[];
  /** Present: handled, closed or of another type; steps due later do not happen. */
  readonly stoppedAt?: string;
}

/** What every event of the stream repeats. */
export interface Matter {
  readonly ticketId: string;
  readonly number: string;
  readonly utility: string;
  readonly typeCode: string;
  readonly category: string;
  readonly unit: string;
  readonly aboutStaff?: readonly string[];
}

export interface KnownClock {
  readonly status: 'open' | 'ended';
  readonly matter: Matter;
  readonly receivedAt: string;
  /** When another company passed it on, the last time. */
  readonly transferredAt?: string;
  /** What sort of place it is at, as its grid says. */
  readonly zone?: Zone;
  readonly affectedId: string;
  readonly firstContactOwner?: string;
  readonly aboutStaff: readonly string[];
  readonly aboutUnits: readonly string[];
  readonly evidence: readonly Evidence[];
  readonly deadlines: readonly Deadline[];
  readonly ladder: Ladder | null;
  readonly endedAt?: string;
  readonly reopenedAt?: string;
  readonly reopenings: number;
  /** Stages that the last reopening let go on, and those that it started again. */
  readonly continues: readonly string[];
  readonly restarts: readonly string[];
  /** The newest slot; gone with a reopening. */
  readonly slot: ChosenSlot | null;
  readonly supervisedBy: readonly string[];
}

export type Clock =
  | {
      readonly status: 'none';
      readonly evidence: readonly Evidence[];
      readonly unit: string | null;
      readonly slot: ChosenSlot | null;
    }
  | KnownClock;

const CLOCK_EVENTS = [
  ClockBreached,
  ClockBreachWithdrawn,
  ClockEnded,
  ClockHandedOver,
  ClockMet,
  ClockMoved,
  ClockOpened,
  ClockReclassified,
  ClockReopened,
  ClockStageReached,
  ClockStarted,
  ClockAwaited,
  ClockTransferred,
  ClockWarned,
  ClockWithdrawn,
  EscalationScheduled,
  EscalationStopped,
  EscalationWithdrawn,
  SupervisionOrdered,
  TicketEscalated,
  TicketSupervised,
] as const;
export type ClockEvent = EventFrom<typeof CLOCK_EVENTS>;

const initial: Clock = { status: 'none', evidence: [], unit: null, slot: null };

export const clocks = defineStream<Clock, ClockEvent>({
  name: 'clock',
  idField: 'ticketId',
  events: CLOCK_EVENTS,
  initial,
  evolve: (clock, event) =>
    clock.status === 'none' ? evolveUnknown(clock, event) : evolveKnown(clock, event),
  unit: (clock) => (clock.status === 'none' ? null : clock.matter.unit),
  closedTo: (clock) => (clock.status === 'none' ? [] : clock.aboutStaff),
});

/** Before the ticket is known here, only what would otherwise be lost is kept. */
function evolveUnknown(clock: Clock & { status: 'none' }, { type, data }: ClockEvent): Clock {
  switch (type) {
    case 'dispatch.clock-stage-reached':
      return { ...clock, evidence: withEvidence(clock.evidence, data.stage, data.reachedAt) };
    case 'dispatch.clock-awaited':
      return { ...clock, unit: data.unit ?? clock.unit, slot: data.slot ?? clock.slot };
    case 'dispatch.clock-opened':
      return {
        status: 'open',
        matter: matterOf(data),
        receivedAt: data.receivedAt,
        ...(data.zone ? { zone: data.zone } : {}),
        affectedId: data.affectedId ?? data.ticketId,
        ...(data.firstContactOwner ? { firstContactOwner: data.firstContactOwner } : {}),
        aboutStaff: data.aboutStaff ?? [],
        aboutUnits: data.aboutUnits,
        evidence: clock.evidence.map(({ stage, at }) => ({
          stage,
          at: notBefore(data.receivedAt, at),
        })),
        deadlines: [],
        ladder: null,
        reopenings: 0,
        continues: [],
        restarts: [],
        slot: null,
        supervisedBy: [],
      };
    default:
      return clock;
  }
}

function evolveKnown(clock: KnownClock, event: ClockEvent): KnownClock {
  const { type, data } = event;
  switch (type) {
    case 'dispatch.clock-opened':
    case 'dispatch.clock-awaited':
    case 'dispatch.ticket-supervised':
      return clock;
    case 'dispatch.clock-transferred':
      return { ...clock, transferredAt: data.transferredAt };
    case 'dispatch.clock-reclassified': {
      const { zone: _zone, ...rest } = clock;
      return {
        ...rest,
        ...(data.zone ? { zone: data.zone } : {}),
        matter: matterOf(data),
        aboutStaff: data.aboutStaff ?? [],
        aboutUnits: data.aboutUnits,
      };
    }
    case 'dispatch.clock-handed-over':
      return { ...clock, firstContactOwner: data.firstContactOwner };
    case 'dispatch.clock-moved':
      return { ...clock, matter: { ...clock.matter, unit: data.unit } };
    case 'dispatch.clock-stage-reached':
      return { ...clock, evidence: withEvidence(clock.evidence, data.stage, data.reachedAt) };
    case 'dispatch.clock-ended':
      return { ...clock, status: 'ended', endedAt: data.endedAt };
    case 'dispatch.clock-reopened':
      return {
        ...clock,
        status: 'open',
        reopenedAt: data.reopenedAt,
        reopenings: data.count,
        continues: data.continues,
        restarts: data.restarts,
        slot: null,
      };
    case 'dispatch.supervision-ordered':
      return { ...clock, supervisedBy: [...clock.supervisedBy, data.by] };
    case 'dispatch.escalation-scheduled':
    case 'dispatch.ticket-escalated':
    case 'dispatch.escalation-stopped':
    case 'dispatch.escalation-withdrawn':
      return { ...clock, ladder: evolveLadder(clock.ladder, event) };
    default:
      return evolveDeadline(clock, event);
  }
}

type DeadlineEvent =
  ClockBreached | ClockBreachWithdrawn | ClockMet | ClockStarted | ClockWarned | ClockWithdrawn;

function evolveDeadline(clock: KnownClock, { type, data }: DeadlineEvent): KnownClock {
  const becomes = (next: (deadline: Deadline) => Deadline): KnownClock => ({
    ...clock,
    deadlines: clock.deadlines.map((one) =>
      one.deadline === data.deadline && one.run === data.run ? next(one) : one,
    ),
  });
  switch (type) {
    case 'dispatch.clock-started':
      return {
        ...clock,
        slot: data.slot ?? clock.slot,
        deadlines: [...clock.deadlines, { ...limitOf(data), status: 'running', isWarned: false }],
      };
    case 'dispatch.clock-warned':
      return becomes((one) => (one.status === 'running' ? { ...one, isWarned: true } : one));
    case 'dispatch.clock-breached':
      return becomes((one) => ({
        ...limitOf(one),
        status: 'breached',
        tells: data.tells,
        ...('metAt' in one ? { metAt: one.metAt } : {}),
      }));
    case 'dispatch.clock-met': {
      const { metAt, isOnTime } = data;
      return withStage(
        clock.evidence,
        data.stage,
        metAt,
      )(
        becomes((one) =>
          one.status === 'breached'
            ? { ...one, metAt }
            : { ...limitOf(one), status: 'met', metAt, isOnTime },
        ),
      );
    }
    case 'dispatch.clock-breach-withdrawn': {
      const { metAt } = data;
      return withStage(
        clock.evidence,
        data.stage,
        metAt,
      )(becomes((one) => ({ ...limitOf(one), status: 'breach-withdrawn', metAt })));
    }
    case 'dispatch.clock-withdrawn': {
      const { because, withdrawnAt } = data;
      return becomes((one) => ({ ...limitOf(one), status: 'withdrawn', because, withdrawnAt }));
    }
  }
}

type LadderEvent = EscalationScheduled | EscalationStopped | EscalationWithdrawn | TicketEscalated;

function evolveLadder(ladder: Ladder | null, { type, data }: LadderEvent): Ladder | null {
  if (type === 'dispatch.escalation-scheduled') {
    const { countsFrom, run, step, hours, post, dueAt, knownFrom, pack } = data;
    const added: Step = {
      ...{ step, run, hours, post, dueAt, knownFrom, pack },
      status: 'scheduled',
      tells: [],
    };
    return ladder?.run === run
      ? { ...ladder, steps: [...ladder.steps, added] }
      : { ladder: data.ladder, run, countsFrom, steps: [added] };
  }
  if (!ladder) return null;
  const becomes = (next: Pick<Step, 'status' | 'tells'>): Ladder => ({
    ...ladder,
    steps: ladder.steps.map((one) =>
      'step' in data && one.step === data.step && one.run === data.run ? { ...one, ...next } : one,
    ),
  });
  switch (type) {
    case 'dispatch.ticket-escalated':
      return becomes({ status: 'escalated', tells: data.tells });
    case 'dispatch.escalation-withdrawn':
      return becomes({ status: 'withdrawn', tells: data.tells });
    case 'dispatch.escalation-stopped':
      return { ...ladder, stoppedAt: data.stoppedAt };
  }
}

const matterOf = ({ ticketId, number, utility, typeCode, category, ...rest }: Matter): Matter => ({
  ...{ ticketId, number, utility, typeCode, category, unit: rest.unit },
  ...(rest.aboutStaff?.length ? { aboutStaff: rest.aboutStaff } : {}),
});

/** A deadline without its verdict. */
export const limitOf = (one: Limit): Limit => ({
  deadline: one.deadline,
  run: one.run,
  stage: one.stage,
  startAt: one.startAt,
  countsFrom: one.countsFrom,
  dueAt: one.dueAt,
  ...(one.warnAt ? { warnAt: one.warnAt } : {}),
  calendar: one.calendar,
  isCalendarGuessed: one.isCalendarGuessed,
  knownFrom: one.knownFrom,
  pack: one.pack,
});

/** A shared work order may have been under way before the ticket came in: for the ticket that is at its receipt. */
export const notBefore = (receivedAt: string, at: string): string =>
  at < receivedAt ? receivedAt : at;

const withEvidence = (evidence: readonly Evidence[], stage: string, at: string) =>
  evidence.some((one) => one.stage === stage && one.at === at)
    ? evidence
    : [...evidence, { stage, at }];

const withStage =
  (evidence: readonly Evidence[], stage: string, at: string) =>
  (clock: KnownClock): KnownClock => ({ ...clock, evidence: withEvidence(evidence, stage, at) });

/** Commands of people need a ticket that dispatch knows. */
export function refuseUnknown(clock: Clock): asserts clock is KnownClock {
  if (clock.status === 'none')
    throw new Rejected('ticket.not-found', 'Dispatch knows no such ticket.', 'ticketId');
}

/** The run of the deadline that counts now. */
export function refuseNotRunning(clock: Clock, deadline: string): Deadline {
  refuseUnknown(clock);
  const running = clock.deadlines.find(
    (one) => one.deadline === deadline && one.status === 'running',
  );
  if (!running)
    throw new Rejected(
      'deadline.not-running',
      `No limit “${deadline}” runs for this ticket now.`,
      'deadline',
    );
  return running;
}
