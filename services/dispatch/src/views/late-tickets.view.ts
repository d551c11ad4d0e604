import {
  aboveNamed,
  ClockBreached,
  ClockBreachWithdrawn,
  ClockEnded,
  ClockMet,
  ClockMoved,
  ClockReclassified,
  ClockReopened,
  ClockWithdrawn,
  type Told,
} from '@shouwen/contracts';
import { defineView } from '@shouwen/engine';
import { LIMIT_READERS } from './limit-readers.js';

export interface Breach {
  readonly deadline: string;
  readonly run: number;
  readonly stage: string;
  readonly dueAt: string;
  readonly clauses: readonly string[];
  readonly tells: readonly Told[];
  readonly isLateEntry: boolean;
  /** When it was done after all. */
  readonly metAt?: string;
}

/** A ticket with at least one breached limit; it leaves the list when the last breach is withdrawn. */
export interface LateTicketDocument {
  readonly ticketId: string;
  readonly number: string;
  readonly utility: string;
  readonly typeCode: string;
  readonly category: string;
  readonly unit: string;
  readonly aboutStaff: readonly string[];
  readonly isOpen: boolean;
  /** Something that was due is still not done. */
  readonly isOutstanding: boolean;
  readonly lateSince: string;
  readonly stages: readonly string[];
  readonly clauses: readonly string[];
  readonly breaches: readonly Breach[];
}

type LateEvent =
  | ClockBreached
  | ClockBreachWithdrawn
  | ClockEnded
  | ClockMet
  | ClockMoved
  | ClockReclassified
  | ClockReopened
  | ClockWithdrawn;

export const lateTicketsView = defineView<LateTicketDocument, LateEvent>({
  name: 'late-tickets',
  on: [
    ClockBreached,
    ClockBreachWithdrawn,
    ClockEnded,
    ClockMet,
    ClockMoved,
    ClockReclassified,
    ClockReopened,
    ClockWithdrawn,
  ],
  id: ({ data }) => data.ticketId,
  evolve: (document, { type, data }) => {
    if (type === 'dispatch.clock-breached') return breached(document, data);
    if (!document) return null;
    switch (type) {
      case 'dispatch.clock-moved':
        return { ...document, unit: data.unit };
      case 'dispatch.clock-reclassified': {
        const { aboutStaff = [], aboutUnits } = data;
        return { ...document, aboutStaff, unit: aboveNamed(document.unit, aboutUnits) };
      }
      case 'dispatch.clock-ended':
        return { ...document, isOpen: false };
      case 'dispatch.clock-reopened':
        return { ...document, isOpen: true };
      case 'dispatch.clock-met':
        return summed(
          document,
          document.breaches.map((one) => (isOf(data)(one) ? { ...one, metAt: data.metAt } : one)),
        );
      case 'dispatch.clock-withdrawn':
      case 'dispatch.clock-breach-withdrawn':
        return summed(
          document,
          document.breaches.filter((one) => !isOf(data)(one)),
        );
    }
  },
  indexes: [
    'unit',
    'utility',
    'typeCode',
    'category',
    'stages',
    'clauses',
    'lateSince',
    'isOpen',
    'isOutstanding',
    'number',
  ],
  roles: LIMIT_READERS,
  unit: 'unit',
  closedTo: 'aboutStaff',
});

type Named = Pick<Breach, 'deadline' | 'run'>;

const isOf =
  ({ deadline, run }: Named) =>
  (one: Named): boolean =>
    one.deadline === deadline && one.run === run;

function breached(
  document: LateTicketDocument | null,
  data: ClockBreached['data'],
): LateTicketDocument | null {
  const { ticketId, number, utility, typeCode, category, unit, deadline, run, stage, dueAt } = data;
  const known = document?.breaches ?? [];
  if (document && known.some(isOf(data))) return document;
  const breach: Breach = {
    ...{ deadline, run, stage, dueAt },
    clauses: data.pack.clauses,
    tells: data.tells,
    isLateEntry: data.isLateEntry,
    ...(data.metAt ? { metAt: data.metAt } : {}),
  };
  const before = document ?? {
    ...{ ticketId, number, utility, typeCode, category, unit },
    aboutStaff: data.aboutStaff ?? [],
    isOpen: data.isOpen ?? true,
    isOutstanding: true,
    lateSince: dueAt,
    stages: [],
    clauses: [],
    breaches: [],
  };
  return summed(before, [...known, breach]);
}

function summed(
  document: LateTicketDocument,
  breaches: readonly Breach[],
): LateTicketDocument | null {
  if (breaches.length === 0) return null;
  return {
    ...document,
    breaches,
    isOutstanding: breaches.some(({ metAt }) => metAt === undefined),
    lateSince: breaches.map(({ dueAt }) => dueAt).sort()[0]!,
    stages: [...new Set(breaches.map(({ stage }) => stage))],
    clauses: [...new Set(breaches.flatMap(({ clauses }) => clauses))],
  };
}
