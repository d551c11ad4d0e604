import {
  aboveNamed,
  ClockBreached,
  ClockBreachWithdrawn,
  ClockMet,
  ClockMoved,
  ClockReclassified,
  ClockStarted,
  ClockWarned,
  ClockWithdrawn,
  type CitedClauses,
  type Told,
} from '@shouwen/contracts';
import { defineView, type Recorded } from '@shouwen/engine';
import { LIMIT_READERS } from './limit-readers.js';

/** One limit of one ticket, once per run: what is on time and what is late, by utility and clause. */
export interface LimitDocument {
  readonly ticketId: string;
  readonly number: string;
  readonly utility: string;
  readonly typeCode: string;
  readonly category: string;
  readonly unit: string;
  readonly aboutStaff: readonly string[];
  readonly deadline: string;
  readonly run: number;
  readonly stage: string;
  readonly startAt: string;
  readonly dueAt: string;
  readonly warnAt?: string;
  readonly warnedAt?: string;
  readonly calendar: string;
  readonly isCalendarGuessed: boolean;
  readonly clauses: readonly string[];
  readonly pack: CitedClauses;
  /** `on-time` counts a withdrawn breach too; `withdrawn` counts neither way. */
  readonly verdict: 'running' | 'on-time' | 'late' | 'withdrawn';
  readonly metAt?: string;
  readonly withdrawnBecause?: string;
  readonly isBreachWithdrawn: boolean;
  readonly isLateEntry: boolean;
  /** False: a later run of the same limit took its place. */
  readonly isNewest: boolean;
  /** Everybody who was told anything of it. */
  readonly tells: readonly Told[];
}

type LimitEvent =
  | ClockBreached
  | ClockBreachWithdrawn
  | ClockMet
  | ClockMoved
  | ClockReclassified
  | ClockStarted
  | ClockWarned
  | ClockWithdrawn;

const limitId = (ticketId: string, deadline: string, run: number): string =>
  `${ticketId}.${deadline}.${run}`;

export const limitsView = defineView<LimitDocument, LimitEvent>({
  name: 'limits',
  on: [
    ClockBreached,
    ClockBreachWithdrawn,
    ClockMet,
    ClockMoved,
    ClockReclassified,
    ClockStarted,
    ClockWarned,
    ClockWithdrawn,
  ],
  id: (event) => idsOf(event),
  evolve: (document, event, id) => {
    if (event.type === 'dispatch.clock-started')
      return limitId(event.data.ticketId, event.data.deadline, event.data.run) === id
        ? started(event.data)
        : document && { ...document, isNewest: false };
    return document && changed(document, event);
  },
  indexes: [
    'ticketId',
    'unit',
    'utility',
    'typeCode',
    'category',
    'stage',
    'verdict',
    'dueAt',
    'clauses',
    'isNewest',
    'isLateEntry',
    'isBreachWithdrawn',
  ],
  roles: LIMIT_READERS,
  unit: 'unit',
  closedTo: 'aboutStaff',
});

/** A start also concerns the run before it, which is not the newest any more. */
function idsOf({ type, data }: Recorded<LimitEvent>): readonly string[] {
  const { ticketId } = data;
  if (type === 'dispatch.clock-moved')
    return data.deadlines.map(({ deadline, run }) => limitId(ticketId, deadline, run));
  if (type === 'dispatch.clock-reclassified')
    return (data.limits ?? []).map(({ deadline, run }) => limitId(ticketId, deadline, run));
  const own = limitId(ticketId, data.deadline, data.run);
  return type === 'dispatch.clock-started' && data.run > 1
    ? [own, limitId(ticketId, data.deadline, data.run - 1)]
    : [own];
}

const started = (data: ClockStarted['data']): LimitDocument => ({
  ticketId: data.ticketId,
  number: data.number,
  utility: data.utility,
  typeCode: data.typeCode,
  category: data.category,
  unit: data.unit,
  aboutStaff: data.aboutStaff ?? [],
  deadline: data.deadline,
  run: data.run,
  stage: data.stage,
  startAt: data.startAt,
  dueAt: data.dueAt,
  ...(data.warnAt ? { warnAt: data.warnAt } : {}),
  calendar: data.calendar,
  isCalendarGuessed: data.isCalendarGuessed,
  clauses: data.pack.clauses,
  pack: data.pack,
  verdict: 'running',
  isBreachWithdrawn: false,
  isLateEntry: data.isLateEntry,
  isNewest: true,
  tells: [],
});

function changed(
  document: LimitDocument,
  event: Exclude<Recorded<LimitEvent>, ClockStarted>,
): LimitDocument {
  const { type, data } = event;
  switch (type) {
    case 'dispatch.clock-moved':
      return { ...document, unit: data.unit };
    case 'dispatch.clock-reclassified': {
      const { aboutStaff = [], aboutUnits } = data;
      return { ...document, aboutStaff, unit: aboveNamed(document.unit, aboutUnits) };
    }
    case 'dispatch.clock-warned':
      return { ...document, warnedAt: data.warnAt, tells: withTold(document.tells, data.tells) };
    case 'dispatch.clock-breached': {
      const { isLateEntry } = data;
      const tells = withTold(document.tells, data.tells);
      return { ...document, verdict: 'late', isLateEntry, tells };
    }
    case 'dispatch.clock-met':
      return { ...document, verdict: data.isOnTime ? 'on-time' : 'late', metAt: data.metAt };
    case 'dispatch.clock-withdrawn':
      return { ...document, verdict: 'withdrawn', withdrawnBecause: data.because };
    case 'dispatch.clock-breach-withdrawn':
      return { ...document, verdict: 'on-time', metAt: data.metAt, isBreachWithdrawn: true };
  }
}

/** Nobody twice, so that an event that comes again changes nothing. */
const withTold = (known: readonly Told[], more: readonly Told[]): readonly Told[] => [
  ...known,
  ...more.filter(
    ({ post, staff }) => !known.some((one) => one.post === post && one.staff === staff),
  ),
];
