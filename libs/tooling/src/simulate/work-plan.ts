import type { Dice } from './dice.js';
import { later, latest, withinHours } from './hours.js';
import type { Act, Matter, TicketRecord, WorkRecord } from './matter.js';

/** What a choice may depend on beside the matter itself. */
export interface Chance {
  readonly dice: Dice;
  readonly now: string;
  /** Crews of a unit, in a fixed order. */
  readonly crewsOf: (unit: string) => readonly string[];
}

const CARD = {
  cardPlace: 'letterbox',
  contactPerson: '值班员',
  contactPhone: '19900000000',
} as const;

/** People are at home, and may be visited, in these hours. */
const DAY = { from: '08:00', to: '20:00' } as const;

/** What the dispatcher or the crew does next on an open work order. Null where the unit has no crew to send. */
export function nextWorkAct({ ticket }: Matter, work: WorkRecord, chance: Chance): Act | null {
  const job = new Job(ticket, work, chance);
  const { crew, signedAt, visits } = work;
  if (!crew) return assigning(job);
  if (!signedAt) return job.act('sign', later(work.issuedAt, job.draw('sign', ...SIGN[job.pace])));
  const last = visits.at(-1);
  if (last?.what === 'departed') return underWay(job, last.at);
  if (last?.what === 'arrived') return onSite(job, last.at);
  return beforeVisit(job, latest(work.issuedAt, signedAt, last?.at ?? signedAt));
}

type Span = readonly [least: number, most: number];
type Pace = 'urgent' | 'ordinary';

const ASSIGN: Readonly<Record<Pace, Span>> = { urgent: [0, 1], ordinary: [1, 8] };
const SIGN: Readonly<Record<Pace, Span>> = { urgent: [1, 2], ordinary: [4, 15] };
const DEPART: Readonly<Record<Pace, Span>> = { urgent: [0, 2], ordinary: [2, 15] };
const BUSY: Span = [2, 240];
const ARRIVE: Readonly<Record<Pace, Span>> = { urgent: [5, 18], ordinary: [5, 28] };
const STUCK_IN_TRAFFIC: Readonly<Record<Pace, Span>> = { urgent: [5, 40], ordinary: [5, 120] };
const REPAIR: Readonly<Record<Pace, Span>> = { urgent: [15, 90], ordinary: [15, 150] };
const LONG_REPAIR: Span = [1_300, 6_600];

/** A work order with its dice: every draw belongs to a round of the ticket and a visit of the crew. */
class Job {
  readonly pace: Pace;
  readonly visit: number;

  constructor(
    readonly ticket: TicketRecord,
    readonly work: WorkRecord,
    readonly chance: Chance,
  ) {
    this.pace = ticket.isSafety ? 'urgent' : 'ordinary';
    this.visit = work.visits.filter(({ what }) => what === 'no-access').length;
  }

  draw(name: string, least: number, most: number): number {
    return this.chance.dice.minutes(this.#step(name), least, most);
  }

  /** Nothing of the kind happens to those who are in danger. */
  roll(name: string, probability: number): boolean {
    return this.pace === 'ordinary' && this.mayBe(name, probability);
  }

  mayBe(name: string, probability: number): boolean {
    return this.chance.dice.is(this.#step(name), probability);
  }

  /** What the crew does; the dispatcher where `body` is theirs to say. */
  act(name: string, at: string, body: object = {}, role: 'crew' | 'dispatcher' = 'crew'): Act {
    const { workOrderId, crew, unit } = this.work;
    return {
      step: `${workOrderId}/${name}/${this.visit}`,
      at,
      by: { role, unit: role === 'crew' ? (crew ?? unit) : unit },
      path: `/dispatch/work-orders/${workOrderId}/${name}`,
      body,
    };
  }

  #step(name: string): string {
    return `${round(this.ticket.reopenings)}${name}/${this.visit}`;
  }
}

function assigning(job: Job): Act | null {
  const { work, ticket, chance } = job;
  const crews = chance.crewsOf(work.unit);
  if (!crews.length) return null;
  const crew = chance.dice.pick(`crew/${ticket.reopenings}`, crews);
  const at = later(work.issuedAt, job.draw('assign', ...ASSIGN[job.pace]));
  return job.act('assign', at, { crew }, 'dispatcher');
}

function beforeVisit(job: Job, known: string): Act {
  const { slot } = job.work;
  if (slot) return job.act('depart', latest(known, later(slot.from, -job.draw('ahead', 25, 45))));
  if (job.visit > 0 || job.roll('slot', 0.15)) {
    const agreed = slotAfter(latest(known, job.chance.now), job.draw('wait', 90, 900));
    return job.act('appoint', later(known, job.draw('appoint', 1, 5)), agreed, 'dispatcher');
  }
  const span = job.roll('busy', 0.08) ? BUSY : DEPART[job.pace];
  return job.act('depart', later(known, job.draw('depart', ...span)));
}

function underWay(job: Job, departedAt: string): Act {
  const isSlow = job.mayBe('traffic', job.work.slot ? 0.04 : 0.07);
  const span = (isSlow ? STUCK_IN_TRAFFIC : ARRIVE)[job.pace];
  const arrivedAt = later(departedAt, job.draw('arrive', ...span));
  if (!job.roll('no-network', 0.04)) return job.act('arrive', arrivedAt);
  // From the basement the arrival is told with the end of the work: a limit that seemed missed was kept.
  const at = later(arrivedAt, job.draw('repair', 30, 150));
  return job.act('finish', at, { ...sheet(job), arrivedAt });
}

function onSite(job: Job, arrivedAt: string): Act {
  if (job.visit === 0 && job.roll('nobody-home', 0.07))
    return job.act('no-access', later(arrivedAt, job.draw('no-access', 16, 30)), CARD);
  const span = job.roll('long', 0.06) ? LONG_REPAIR : REPAIR[job.pace];
  return job.act('finish', later(arrivedAt, job.draw('repair', ...span)), sheet(job));
}

const round = (reopenings: number) => (reopenings ? `round-${reopenings}/` : '');

function slotAfter(instant: string, minutes: number): { from: string; to: string } {
  const half = 30;
  const from = withinHours(later(instant, minutes), DAY.from, DAY.to);
  const start = new Date(
    Math.ceil(Date.parse(from) / (half * 60_000)) * half * 60_000,
  ).toISOString();
  return { from: start, to: later(start, 120) };
}

function sheet(job: Job): object {
  const safe = { isSomebodyPresent: true, isTight: true, isChecked: true };
  const outcome = job.roll('behind-the-meter', 0.08) ? 'customer-side' : 'restored';
  const { utility, isSafety } = job.ticket;
  const isGasBack = utility === 'gas' && isSafety && outcome === 'restored';
  const resupply = isGasBack ? { resupply: safe } : {};
  const result =
    outcome === 'restored'
      ? '已修复并现场测试正常。Repaired and tested on site.'
      : '故障在用户产权侧，已告知用户。The fault is on the customer’s side; told so.';
  if (job.roll('will-not-sign', 0.03))
    return {
      outcome,
      result,
      signature: 'refused',
      refusedBecause: '用户不愿签字',
      witness: '楼栋长',
      ...resupply,
    };
  return { outcome, result, signature: 'signed', ...resupply };
}
