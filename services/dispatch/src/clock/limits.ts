// Which deadlines and which ladder a ticket has, from the standards as of its receipt. They answer once, when a run
// starts; what they answered is in the events, so that later editions of a pack change nothing that runs.
import {
  type ChosenSlot,
  ClockStarted,
  ClockWithdrawn,
  EscalationScheduled,
} from '@shouwen/contracts';
import type { Deadline as Due, Standards, TicketFacts } from '@shouwen/standards';
import { type Deadline, type KnownClock, limitOf } from './clock.js';
import {
  about,
  handledSince,
  isVoid,
  judge,
  type Rule,
  stopLadder,
  stopLadderWhenHandled,
} from './verdicts.js';

/** What the standards are asked about, as of the receipt that counts. */
export const factsOf = ({ matter, receivedAt, zone }: KnownClock): TicketFacts => ({
  utility: matter.utility,
  typeCode: matter.typeCode,
  category: matter.category,
  receivedAt,
  ...(zone ? { zone } : {}),
});

const runsOf = ({ deadlines }: KnownClock, deadline: string): readonly Deadline[] =>
  deadlines.filter((one) => one.deadline === deadline);

interface Start {
  /** Evidence counts from here on. */
  readonly countsFrom: string;
  /** When the fact behind it was recorded. */
  readonly knownFrom: string;
  readonly slot?: ChosenSlot;
}

/** One more run of a deadline. */
export function start(
  clock: KnownClock,
  due: Omit<Due, 'isReplacedBySlot' | 'stage'> & { stage: string },
  { countsFrom, knownFrom, slot }: Start,
) {
  const run = 1 + Math.max(0, ...runsOf(clock, due.deadline).map((one) => one.run));
  const pack = { ...due.pack };
  return ClockStarted(
    {
      ...clock.matter,
      deadline: due.deadline,
      run,
      stage: due.stage,
      startAt: due.startAt,
      countsFrom,
      dueAt: due.dueAt,
      ...(due.warnAt ? { warnAt: due.warnAt } : {}),
      calendar: due.calendar,
      isCalendarGuessed: due.isCalendarGuessed,
      ...(slot ? { slot } : {}),
      knownFrom,
      isLateEntry: due.dueAt < knownFrom,
      pack,
    },
    { occurredAt: countsFrom, pack },
  );
}

/** Since when evidence counts for a stage: the last reopening where that touched the stage, else receipt. */
const roundOf = (clock: KnownClock, stage: string): string =>
  clock.reopenedAt && [...clock.continues, ...clock.restarts].includes(stage)
    ? clock.reopenedAt
    : clock.receivedAt;

/** The limits of the ticket's type. Those that a reopening restarted are counted from it. */
export const startLimits =
  (standards: Standards, knownFrom: string): Rule =>
  (clock) => {
    const facts = { ...factsOf(clock), ...(clock.slot ? { slot: clock.slot } : {}) };
    const again = clock.reopenedAt
      ? standards.deadlines({ ...facts, receivedAt: clock.reopenedAt })
      : [];
    const dues = [
      ...standards.deadlines(facts).filter(({ stage }) => !clock.restarts.includes(stage)),
      ...again.filter(({ stage }) => clock.restarts.includes(stage)),
    ];
    return dues.map((due) =>
      start(clock, due, { countsFrom: roundOf(clock, due.stage), knownFrom }),
    );
  };

/** Limits that a reopening starts again; what ran before of them ends without a verdict. */
export const restartLimits =
  (standards: Standards, knownFrom: string): Rule =>
  (clock) => {
    const countsFrom = clock.reopenedAt!;
    const isRestarted = ({ stage }: { stage: string }) => clock.restarts.includes(stage);
    return [
      ...withdrawUnmet(isRestarted, { because: 'ticket-closed', withdrawnAt: countsFrom })(clock),
      ...standards
        .deadlines({ ...factsOf(clock), receivedAt: countsFrom })
        .filter(isRestarted)
        .map((due) => start(clock, due, { countsFrom, knownFrom })),
    ];
  };

interface Came {
  /** What the standards are told beside the receipt. */
  readonly facts: Pick<TicketFacts, 'finishedAt' | 'transferredAt'>;
  readonly at: string;
  /** Whatever began to count since then is this very limit. */
  readonly unlessSince: string;
  readonly knownFrom: string;
}

/** Limits that count from something that came after the receipt: those that were not there without it. */
function startLimitsFrom(standards: Standards, clock: KnownClock, came: Came) {
  const facts = factsOf(clock);
  const before = new Set(standards.deadlines(facts).map(({ deadline }) => deadline));
  const isRunning = (deadline: string) =>
    runsOf(clock, deadline).some((one) => !isVoid(one) && one.countsFrom >= came.unlessSince);
  return standards
    .deadlines({ ...facts, ...came.facts })
    .filter(({ deadline }) => !before.has(deadline) && !isRunning(deadline))
    .map((due) => start(clock, due, { countsFrom: came.at, knownFrom: came.knownFrom }));
}

const roundBegan = ({ reopenedAt, receivedAt }: KnownClock): string => reopenedAt ?? receivedAt;

/** Limits that run from the end of the work or from the answer, such as the callback's; once per round. */
export const startLimitsAfterHandling =
  (standards: Standards, knownFrom: string): Rule =>
  (clock) => {
    const unlessSince = roundBegan(clock);
    const at = handledSince(clock, unlessSince);
    if (at === undefined) return [];
    return startLimitsFrom(standards, clock, {
      ...{ facts: { finishedAt: at }, at, unlessSince, knownFrom },
    });
  };

/** Limits that run from the passing on by another company, such as the feedback's; each time it is passed on. */
export const startLimitsAfterTransfer =
  (standards: Standards, knownFrom: string): Rule =>
  (clock) => {
    const { transferredAt: at } = clock;
    if (at === undefined || at < roundBegan(clock)) return [];
    return startLimitsFrom(standards, clock, {
      ...{ facts: { transferredAt: at }, at, unlessSince: at, knownFrom },
    });
  };

/** Limits that a reopening lets go on: the same instants, and nothing from before the reopening counts for them. */
export const continueLimits =
  (knownFrom: string): Rule =>
  (clock) =>
    clock.deadlines
      .filter((one) => clock.continues.includes(one.stage) && !isVoid(one))
      .filter((one) => runsOf(clock, one.deadline).every(({ run }) => run <= one.run))
      .filter(({ status }) => status !== 'running' && status !== 'breached')
      .map((one) => start(clock, limitOf(one), { countsFrom: clock.reopenedAt!, knownFrom }));

/** An appointment takes the place of the arrival limit where the pack says so; never where danger does not wait. */
const replaceArrival =
  (standards: Standards, slot: ChosenSlot, knownFrom: string): Rule =>
  (clock) => {
    const { utility, typeCode, category, receivedAt } = factsOf(clock);
    const matter = { utility, typeCode, category, asOf: receivedAt };
    const arrivals = clock.deadlines.filter((one) => one.stage === 'arrive' && !isVoid(one));
    const isNewest = arrivals.every(({ countsFrom }) => countsFrom <= slot.appointedAt);
    if (!isNewest || !standards.arrivalReplacedBySlot(matter)) return [];
    return standards
      .deadlines({ ...factsOf(clock), slot })
      .filter(({ stage }) => stage === 'arrive')
      .map((due) => start(clock, due, { countsFrom: slot.appointedAt, knownFrom, slot }));
  };

/** The appointment withdraws the arrival limit that ran, and makes one of its own. */
export const replaceArrivalRules = (
  standards: Standards,
  slot: ChosenSlot,
  knownFrom: string,
): readonly Rule[] => [
  (clock) =>
    replaceArrival(standards, slot, knownFrom)(clock).length === 0
      ? []
      : withdrawUnmet(({ stage }) => stage === 'arrive', {
          because: 'slot-chosen',
          withdrawnAt: slot.appointedAt,
        })(clock),
  replaceArrival(standards, slot, knownFrom),
];

/** What any new fact may bring with it; asked again, it brings nothing. */
export const settle = (standards: Standards, knownFrom: string): readonly Rule[] => [
  startLimitsAfterTransfer(standards, knownFrom),
  judge,
  startLimitsAfterHandling(standards, knownFrom),
  judge,
  stopLadderWhenHandled,
];

/** Another type may have another ladder. The same one goes on; of another one the steps count from receipt. */
export const climbOtherLadder = (
  standards: Standards,
  { stoppedAt, knownFrom }: { stoppedAt: string; knownFrom: string },
): readonly Rule[] => {
  const goesOn = ({ ladder }: KnownClock, asked: string | undefined) =>
    ladder?.ladder === asked && ladder?.stoppedAt === undefined;
  const unlessSame =
    (rule: Rule): Rule =>
    (clock) =>
      goesOn(clock, standards.ladder(factsOf(clock))?.ladder) ? [] : rule(clock);
  return [unlessSame(stopLadder(stoppedAt)), unlessSame(scheduleLadder(standards, knownFrom))];
};

/** The steps to be taken while nobody handles the ticket. */
export const scheduleLadder =
  (standards: Standards, knownFrom: string): Rule =>
  (clock) => {
    const ladder = standards.ladder(factsOf(clock));
    if (!ladder) return [];
    const countsFrom = clock.reopenedAt ?? clock.receivedAt;
    const run = (clock.ladder?.run ?? 0) + 1;
    const climbed = clock.ladder?.steps.filter(({ status }) => status === 'escalated') ?? [];
    const handledAt = handledSince(clock, countsFrom);
    return ladder.steps
      .filter(({ dueAt }) => handledAt === undefined || dueAt < handledAt)
      .filter(({ step }) => !climbed.some((one) => one.step === step))
      .filter(({ dueAt }) => !clock.reopenedAt || dueAt >= clock.reopenedAt)
      .map(({ step, hours, post, dueAt, pack: cited }) => {
        const pack = { ...cited };
        return EscalationScheduled(
          {
            ...clock.matter,
            ladder: ladder.ladder,
            ...{ step, run, hours, post, dueAt, countsFrom, knownFrom, pack },
          },
          { occurredAt: countsFrom, pack },
        );
      });
  };

type Withdrawal = Pick<ClockWithdrawn['data'], 'because' | 'withdrawnAt'>;

/** The deadline ends without a verdict; those who were told that it was breached are told so. */
export const withdraw = (clock: KnownClock, one: Deadline, { because, withdrawnAt }: Withdrawal) =>
  ClockWithdrawn(
    {
      ...about(clock, one),
      because,
      withdrawnAt,
      tells: one.status === 'breached' ? one.tells : [],
    },
    { occurredAt: withdrawnAt, pack: one.pack },
  );

/**
 * Withdraws what had neither been met nor passed by then, also when that is heard of after the timer: the breach goes
 * too. A limit that had passed by then is judged as ever.
 */
export const withdrawUnmet =
  (isMeant: (one: Deadline) => boolean, withdrawal: Withdrawal): Rule =>
  (clock) =>
    clock.deadlines
      .filter((one) => one.status !== 'withdrawn' && isMeant(one))
      .filter((one) => withdrawal.withdrawnAt <= one.dueAt)
      .filter((one) => !('metAt' in one) || one.metAt > withdrawal.withdrawnAt)
      .map((one) => withdraw(clock, one, withdrawal));
