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
  ClockStarted,
  ClockWarned,
  ClockWithdrawn,
  EscalationScheduled,
  EscalationStopped,
  SupervisionOrdered,
  TicketEscalated,
} from '@shouwen/contracts';
import { defineView, type EventFrom, type Sealed } from '@shouwen/engine';
import { LIMIT_READERS } from './limit-readers.js';

export interface ClockDeadline {
  readonly deadline: string;
  readonly run: number;
  readonly stage: string;
  readonly startAt: string;
  readonly dueAt: string;
  readonly warnAt?: string;
  readonly isWarned: boolean;
  readonly isLateEntry: boolean;
  readonly status: 'running' | 'met' | 'breached' | 'withdrawn' | 'breach-withdrawn';
  readonly metAt?: string;
  readonly clauses: readonly string[];
}

/** Everything that is due for one ticket, and who watches it. */
export interface ClockDocument {
  readonly ticketId: string;
  readonly number: string;
  readonly utility: string;
  readonly typeCode: string;
  readonly category: string;
  readonly unit: string;
  /** First-contact owner, as soon as it is told. */
  readonly owner?: string;
  readonly aboutStaff: readonly string[];
  readonly aboutUnits: readonly string[];
  readonly receivedAt: string;
  readonly status: 'open' | 'ended';
  readonly endedAt?: string;
  readonly isLateEntry: boolean;
  /** The earliest instant at which something is still due; absent where nothing is. */
  readonly nextDueAt?: string;
  readonly running: readonly string[];
  readonly breached: readonly string[];
  readonly isLate: boolean;
  readonly reopenings: number;
  /** The highest step of the ladder that was taken, in hours; 0 for none. */
  readonly escalatedHours: number;
  readonly nextStepAt?: string;
  readonly steps: readonly {
    readonly step: string;
    readonly run: number;
    readonly dueAt: string;
  }[];
  readonly isSupervised: boolean;
  readonly supervisions: readonly {
    readonly by: string;
    readonly at: string;
    readonly instruction?: Sealed;
  }[];
  readonly deadlines: readonly ClockDeadline[];
}

const CLOCK_FACTS = [
  ClockBreached,
  ClockBreachWithdrawn,
  ClockEnded,
  ClockHandedOver,
  ClockMet,
  ClockMoved,
  ClockOpened,
  ClockReclassified,
  ClockReopened,
  ClockStarted,
  ClockWarned,
  ClockWithdrawn,
  EscalationScheduled,
  EscalationStopped,
  SupervisionOrdered,
  TicketEscalated,
] as const;
type ClockFactEvent = EventFrom<typeof CLOCK_FACTS>;

export const clocksView = defineView<ClockDocument, ClockFactEvent>({
  name: 'clocks',
  on: CLOCK_FACTS,
  id: ({ data }) => data.ticketId,
  evolve: (document, event) => {
    if (event.type === 'dispatch.clock-opened') return document ?? opened(event.data);
    if (!document) return null;
    if (event.type === 'dispatch.supervision-ordered') {
      const { sealed, data, occurredAt: at } = event;
      const instruction = sealed['affectedId'];
      const order = { by: data.by, at, ...(instruction ? { instruction } : {}) };
      return { ...document, isSupervised: true, supervisions: [...document.supervisions, order] };
    }
    return summed(changed(document, event));
  },
  indexes: [
    'number',
    'unit',
    'owner',
    'utility',
    'typeCode',
    'category',
    'receivedAt',
    'status',
    'nextDueAt',
    'nextStepAt',
    'running',
    'breached',
    'isLate',
    'isLateEntry',
    'isSupervised',
    'escalatedHours',
    'reopenings',
  ],
  roles: LIMIT_READERS,
  unit: 'unit',
  closedTo: 'aboutStaff',
  openTo: { staff: 'owner', notFrom: 'aboutUnits' },
});

const opened = (data: ClockOpened['data']): ClockDocument => ({
  ticketId: data.ticketId,
  number: data.number,
  utility: data.utility,
  typeCode: data.typeCode,
  category: data.category,
  unit: data.unit,
  ...(data.firstContactOwner ? { owner: data.firstContactOwner } : {}),
  aboutStaff: data.aboutStaff ?? [],
  aboutUnits: data.aboutUnits,
  receivedAt: data.receivedAt,
  status: 'open',
  isLateEntry: data.isLateEntry,
  running: [],
  breached: [],
  isLate: false,
  reopenings: 0,
  escalatedHours: 0,
  steps: [],
  isSupervised: false,
  supervisions: [],
  deadlines: [],
});

function changed(
  document: ClockDocument,
  event: Exclude<ClockFactEvent, ClockOpened | SupervisionOrdered>,
): ClockDocument {
  const { type, data } = event;
  switch (type) {
    case 'dispatch.clock-reclassified': {
      const { utility, typeCode, category, unit, aboutStaff = [], aboutUnits } = data;
      return { ...document, utility, typeCode, category, unit, aboutStaff, aboutUnits };
    }
    case 'dispatch.clock-handed-over':
      return { ...document, owner: data.firstContactOwner };
    case 'dispatch.clock-moved':
      return { ...document, unit: data.unit };
    case 'dispatch.clock-ended':
      return { ...document, status: 'ended', endedAt: data.endedAt };
    case 'dispatch.clock-reopened':
      return { ...document, status: 'open', reopenings: data.count };
    case 'dispatch.escalation-scheduled': {
      const { step, run, dueAt } = data;
      const others = document.steps.filter((one) => one.run === run && one.step !== step);
      return { ...document, steps: [...others, { step, run, dueAt }] };
    }
    case 'dispatch.ticket-escalated':
      return {
        ...document,
        escalatedHours: Math.max(document.escalatedHours, data.hours),
        steps: document.steps.filter(({ step }) => step !== data.step),
      };
    case 'dispatch.escalation-stopped':
      return {
        ...document,
        steps: document.steps.filter(({ dueAt }) => dueAt < data.stoppedAt),
      };
    default:
      return { ...document, deadlines: changedDeadlines(document.deadlines, event) };
  }
}

type DeadlineFact =
  ClockBreached | ClockBreachWithdrawn | ClockMet | ClockStarted | ClockWarned | ClockWithdrawn;

function changedDeadlines(
  deadlines: readonly ClockDeadline[],
  event: DeadlineFact,
): readonly ClockDeadline[] {
  const { type, data } = event;
  if (type === 'dispatch.clock-started') {
    const others = deadlines.filter(
      (one) => one.deadline !== data.deadline || one.run !== data.run,
    );
    return [...others, begun(data)];
  }
  const becomes = (next: Partial<ClockDeadline>) =>
    deadlines.map((one) =>
      one.deadline === data.deadline && one.run === data.run ? { ...one, ...next } : one,
    );
  switch (type) {
    case 'dispatch.clock-warned':
      return becomes({ isWarned: true });
    case 'dispatch.clock-breached':
      return becomes({ status: 'breached', isLateEntry: data.isLateEntry });
    case 'dispatch.clock-met':
      return becomes({ status: data.isOnTime ? 'met' : 'breached', metAt: data.metAt });
    case 'dispatch.clock-withdrawn':
      return becomes({ status: 'withdrawn' });
    case 'dispatch.clock-breach-withdrawn':
      return becomes({ status: 'breach-withdrawn', metAt: data.metAt });
  }
}

const begun = (data: ClockStarted['data']): ClockDeadline => ({
  deadline: data.deadline,
  run: data.run,
  stage: data.stage,
  startAt: data.startAt,
  dueAt: data.dueAt,
  ...(data.warnAt ? { warnAt: data.warnAt } : {}),
  isWarned: false,
  isLateEntry: data.isLateEntry,
  status: 'running',
  clauses: data.pack.clauses,
});

/** What queries ask for, worked out from the deadlines and steps. */
function summed(document: ClockDocument): ClockDocument {
  const { nextDueAt: _due, nextStepAt: _step, ...rest } = document;
  const running = document.deadlines.filter(({ status }) => status === 'running');
  const breached = document.deadlines.filter(({ status }) => status === 'breached');
  const nextDueAt = running.map(({ dueAt }) => dueAt).sort()[0];
  const nextStepAt = document.steps.map(({ dueAt }) => dueAt).sort()[0];
  return {
    ...rest,
    ...(nextDueAt ? { nextDueAt } : {}),
    ...(nextStepAt ? { nextStepAt } : {}),
    running: [...new Set(running.map(({ stage }) => stage))],
    breached: [...new Set(breached.map(({ stage }) => stage))],
    isLate: breached.length > 0,
  };
}
