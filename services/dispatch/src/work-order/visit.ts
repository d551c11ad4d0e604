// Rules that several acts on a work order share: which facts a crew may still report, and in which order they make
// sense. Facts are ordered by when they happened, because they come late, twice and out of order.
import { Rejected } from '@shouwen/engine';
import type { KnownWorkOrder, WorkOrder } from './work-order.js';

export interface VisitFact {
  readonly what: 'departed' | 'arrived' | 'no-access';
  readonly at: string;
}

/** The facts with one more, earliest first; of the same instant the one that came later stands later. */
export const withFact = (facts: readonly VisitFact[], fact: VisitFact): readonly VisitFact[] => [
  ...facts.filter(({ at }) => at <= fact.at),
  fact,
  ...facts.filter(({ at }) => at > fact.at),
];

/** What was true just before an instant, that instant included, and what came next. */
export const around = (
  facts: readonly VisitFact[],
  at: string,
): { before: VisitFact | undefined; after: VisitFact | undefined } => ({
  before: facts.findLast((fact) => fact.at <= at),
  after: facts.find((fact) => fact.at > at),
});

/** `2026-01-15T08:00:00+08:00` and the like as the log writes instants. */
export const inUtc = (instant: string): string => new Date(instant).toISOString();

export function refuseUnknown(state: WorkOrder): KnownWorkOrder {
  if (state.status === 'unknown')
    throw new Rejected('work-order.not-found', 'There is no such work order.');
  return state;
}

/** What is still to be planned or moved: an open or returned job. */
export function refuseEnded(state: WorkOrder): KnownWorkOrder {
  const job = refuseUnknown(state);
  if (job.status === 'finished')
    throw new Rejected('work-order.already-finished', 'This work order is finished.');
  if (job.status === 'withdrawn')
    throw new Rejected(
      'work-order.withdrawn',
      'This work order was withdrawn; nothing is to be done.',
    );
  return job;
}

/** What happened at an instant must lie between the receipt and the end of the job. */
export function refuseOutside(state: WorkOrder, at: string): KnownWorkOrder {
  const job = refuseUnknown(state);
  if (at < job.receivedAt)
    throw new Rejected(
      'occurred-at.before-receipt',
      `The customer's message came in at ${job.receivedAt}; this cannot have happened before.`,
      'occurredAt',
    );
  if (job.status === 'returned')
    throw new Rejected(
      'work-order.returned',
      'This work order was returned; whoever coordinates has to assign it again first.',
    );
  if (job.status !== 'open' && at > job.endedAt) {
    const code = job.status === 'finished' ? 'already-finished' : 'withdrawn';
    throw new Rejected(
      `work-order.${code}`,
      `This work order was ${job.status} at ${job.endedAt}; nothing can have happened on it after that.`,
    );
  }
  return job;
}
