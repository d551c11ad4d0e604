// What happened, against what was due. Every rule here looks at the clock as a whole and says what is still missing
// from its history, so it may be asked again at any time and in any order: asked twice it adds nothing.
import {
  ClockBreachWithdrawn,
  ClockMet,
  EscalationStopped,
  EscalationWithdrawn,
} from '@shouwen/contracts';
import {
  type Clock,
  type ClockEvent,
  clocks,
  type Deadline,
  type KnownClock,
  type Limit,
  type Step,
} from './clock.js';

export type Rule = (clock: KnownClock) => readonly ClockEvent[];

/** The events of all rules; each rule sees the clock as the ones before have left it. */
export function decideBy(clock: Clock, ...rules: readonly Rule[]): ClockEvent[] {
  const events: ClockEvent[] = [];
  let now = clock;
  for (const rule of rules) {
    const added = now.status === 'none' ? [] : rule(now);
    events.push(...added);
    now = added.reduce<Clock>(clocks.evolve, now);
  }
  return events;
}

/** Text as every instant is kept: UTC with milliseconds, so that later means greater. */
export const instant = (text: string): string => new Date(text).toISOString();

/** What every event about a deadline says of it. */
export const about = ({ matter }: KnownClock, one: Limit) => ({
  ...matter,
  deadline: one.deadline,
  run: one.run,
  stage: one.stage,
  dueAt: one.dueAt,
  pack: one.pack,
});

/** What every event about a step of the ladder says of it. */
export const aboutStep = ({ matter, ladder }: KnownClock, step: Step) => ({
  ...matter,
  ladder: ladder!.ladder,
  step: step.step,
  run: step.run,
  hours: step.hours,
  post: step.post,
  dueAt: step.dueAt,
  pack: step.pack,
});

/** A run that was started for a type the ticket no longer has; nothing counts for it. */
export const isVoid = (one: Deadline): boolean =>
  one.status === 'withdrawn' && one.because === 'reclassified';

/**
 * The first evidence since the run began and until the next run of the same deadline did. At that very instant it
 * counts for both, or the order in which the two are heard would decide.
 */
function evidenceFor(clock: KnownClock, one: Deadline): string | undefined {
  const next = clock.deadlines.find(
    (later) => later.deadline === one.deadline && later.run > one.run && !isVoid(later),
  );
  return clock.evidence
    .filter(({ stage, at }) => stage === one.stage && at >= one.countsFrom)
    .filter(({ at }) => !next || at <= next.countsFrom)
    .map(({ at }) => at)
    .sort()[0];
}

/** Gives every deadline the verdict that the evidence asks for. What happens at the due instant itself is on time. */
export const judge: Rule = (clock) =>
  clock.deadlines.flatMap((one): readonly ClockEvent[] => {
    const metAt = evidenceFor(clock, one);
    if (metAt === undefined) return [];
    const isOnTime = metAt <= one.dueAt;
    const met = ClockMet(
      { ...about(clock, one), metAt, isOnTime },
      { occurredAt: metAt, pack: one.pack },
    );
    switch (one.status) {
      case 'running':
        return [met];
      case 'met':
        return isOnTime && !one.isOnTime ? [met] : [];
      case 'breached':
        if (!isOnTime) return one.metAt === undefined ? [met] : [];
        return [
          ClockBreachWithdrawn(
            { ...about(clock, one), metAt, tells: one.tells },
            { occurredAt: metAt, pack: one.pack },
          ),
        ];
      case 'breach-withdrawn':
        return [];
      case 'withdrawn':
        return one.because !== 'reclassified' && metAt <= one.withdrawnAt ? [met] : [];
    }
  });

/** Restored, or answered in substance; a progress note is never evidence. */
const HANDLED = ['restore', 'answer'];

/** When the ticket was first handled since an instant. */
export const handledSince = ({ evidence }: KnownClock, from: string): string | undefined =>
  evidence
    .filter(({ stage, at }) => HANDLED.includes(stage) && at >= from)
    .map(({ at }) => at)
    .sort()[0];

/** Ends the ladder with the handling, and takes back the steps that the handling came in time for. */
export const stopLadderWhenHandled: Rule = (clock) => {
  const handledAt = clock.ladder ? handledSince(clock, clock.ladder.countsFrom) : undefined;
  if (!clock.ladder || handledAt === undefined) return [];
  const needless = clock.ladder.steps.filter(
    (step) => step.status === 'escalated' && handledAt <= step.dueAt,
  );
  return [
    ...stopLadder(handledAt)(clock),
    ...needless.map((step) =>
      EscalationWithdrawn(
        { ...aboutStep(clock, step), handledAt, tells: step.tells },
        { occurredAt: handledAt, pack: step.pack },
      ),
    ),
  ];
};

/** No step that is due later than this is taken. */
export const stopLadder =
  (stoppedAt: string): Rule =>
  ({ matter, ladder }) =>
    !ladder || (ladder.stoppedAt !== undefined && ladder.stoppedAt <= stoppedAt)
      ? []
      : [
          EscalationStopped(
            { ...matter, ladder: ladder.ladder, stoppedAt },
            { occurredAt: stoppedAt },
          ),
        ];
