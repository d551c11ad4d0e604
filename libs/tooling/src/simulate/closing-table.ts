import Table from 'cli-table3';
import { minutesBetween } from './hours.js';

/** What the platform's views know at the end; nothing here comes from the simulator's own memory. */
export interface Outcome {
  readonly tickets: readonly {
    readonly utility: string;
    readonly receivedAt: string;
    readonly closedAt?: string;
    readonly reopenings: number;
    /** Contacts that joined it, the one that opened it not counted. */
    readonly joined: number;
  }[];
  readonly limits: readonly {
    readonly utility: string;
    readonly stage: string;
    readonly clause: string;
    readonly verdict: 'on-time' | 'late' | 'running' | 'withdrawn';
  }[];
  readonly escalations: readonly {
    readonly utility: string;
    readonly step: string;
    readonly hours: number;
  }[];
  /** Receipt of the ticket and first arrival of a crew for it. */
  readonly arrivals: readonly { readonly receivedAt: string; readonly arrivedAt: string }[];
}

export interface Closing {
  readonly opened: number;
  readonly joined: number;
  readonly closed: number;
  readonly reopened: number;
  readonly onTime: number;
  readonly late: number;
  readonly breached: number;
  readonly byClause: readonly ByClause[];
  readonly escalated: readonly {
    readonly step: string;
    readonly hours: number;
    readonly tickets: number;
  }[];
  readonly minutesToArrival: Spread;
  readonly minutesToClose: Spread;
}

export interface ByClause {
  readonly utility: string;
  readonly clause: string;
  readonly stage: string;
  readonly onTime: number;
  readonly late: number;
}

export interface Spread {
  readonly count: number;
  readonly median: number | null;
  readonly p95: number | null;
}

export function closingOf({ tickets, limits, escalations, arrivals }: Outcome): Closing {
  const judged = limits.filter(({ verdict }) => verdict === 'on-time' || verdict === 'late');
  const late = judged.filter(({ verdict }) => verdict === 'late').length;
  return {
    opened: tickets.length,
    joined: sum(tickets.map(({ joined }) => joined)),
    closed: tickets.filter(({ closedAt }) => closedAt !== undefined).length,
    reopened: sum(tickets.map(({ reopenings }) => reopenings)),
    onTime: judged.length - late,
    late,
    breached: late,
    byClause: byClause(judged),
    escalated: byStep(escalations),
    minutesToArrival: spreadOf(
      arrivals.map(({ receivedAt, arrivedAt }) => minutesBetween(receivedAt, arrivedAt)),
    ),
    minutesToClose: spreadOf(
      tickets.flatMap(({ receivedAt, closedAt }) =>
        closedAt === undefined ? [] : [minutesBetween(receivedAt, closedAt)],
      ),
    ),
  };
}

const sum = (numbers: readonly number[]): number => numbers.reduce((a, b) => a + b, 0);

function byClause(judged: Outcome['limits']): ByClause[] {
  const rows = new Map<string, ByClause>();
  for (const { utility, clause, stage, verdict } of judged) {
    const key = JSON.stringify([utility, clause, stage]);
    const row = rows.get(key) ?? { utility, clause, stage, onTime: 0, late: 0 };
    const isLate = verdict === 'late';
    rows.set(key, {
      ...row,
      onTime: row.onTime + (isLate ? 0 : 1),
      late: row.late + (isLate ? 1 : 0),
    });
  }
  return [...rows].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, row]) => row);
}

function byStep(escalations: Outcome['escalations']): Closing['escalated'] {
  const rows = new Map<string, { step: string; hours: number; tickets: number }>();
  for (const { step, hours } of escalations) {
    const key = `${String(hours).padStart(6, '0')} ${step}`;
    const row = rows.get(key) ?? { step, hours, tickets: 0 };
    rows.set(key, { ...row, tickets: row.tickets + 1 });
  }
  return [...rows].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, row]) => row);
}

/** Median and 95th percentile by nearest rank: both are values that really occurred. */
export function spreadOf(values: readonly number[]): Spread {
  const sorted = [...values].sort((a, b) => a - b);
  const rank = (share: number) => sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? null;
  return { count: sorted.length, median: rank(0.5), p95: rank(0.95) };
}

/** The closing table as people read it. */
export function printed(closing: Closing): string {
  const { minutesToArrival, minutesToClose } = closing;
  const totals = new Table({ head: ['', '', ''], style: PLAIN });
  totals.push(
    ['opened', '受理', closing.opened],
    ['joined', '并入', closing.joined],
    ['closed', '办结', closing.closed],
    ['reopened', '重新打开', closing.reopened],
    ['on time', '按时', closing.onTime],
    ['breached', '超期', closing.breached],
    ['to arrival, median / p95', '到场用时', minutesOf(minutesToArrival)],
    ['to close, median / p95', '办结用时', minutesOf(minutesToClose)],
  );
  const clauses = new Table({
    head: ['utility 行业', 'clause 条款', 'stage 时限', 'on time 按时', 'late 超期'],
    style: PLAIN,
  });
  for (const { utility, clause, stage, onTime, late } of closing.byClause)
    clauses.push([utility, clause, stage, onTime, late]);
  const steps = new Table({ head: ['escalated 升级', 'after 经过', 'tickets 工单'], style: PLAIN });
  for (const { step, hours, tickets } of closing.escalated)
    steps.push([step, `${hours} h`, tickets]);
  return [totals, clauses, steps].map((table) => table.toString()).join('\n');
}

const PLAIN = { head: [], border: [], compact: true };

const minutesOf = ({ count, median, p95 }: Spread): string =>
  median === null || p95 === null ? 'none' : `${duration(median)} / ${duration(p95)} (${count})`;

export function duration(minutes: number): string {
  const whole = Math.round(minutes);
  if (whole < 120) return `${whole} min`;
  const hours = Math.floor(whole / 60);
  return hours < 48
    ? `${hours} h ${whole % 60} min`
    : `${Math.floor(hours / 24)} d ${hours % 24} h`;
}
