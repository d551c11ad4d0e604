import type { Platform } from '../import/platform.js';
import type { Outcome } from './closing-table.js';
import { latest } from './hours.js';
import type { FeedbackRecord, Matter, TicketRecord, WorkRecord } from './matter.js';

/** What the simulator reads of the platform: views only, as anybody with the role could. */
export class Stage {
  constructor(private readonly platform: Platform) {}

  async matters(): Promise<Matter[]> {
    const [tickets, works, limits] = await Promise.all([
      this.platform.list<TicketRecord>('/intake/tickets'),
      this.platform.list<WorkRecord>('/dispatch/work-orders'),
      this.platform.list<FeedbackLimit>(FEEDBACK_LIMITS),
    ]);
    const byTicket = new Map<string, WorkRecord[]>();
    for (const work of works)
      for (const id of work.ticketIds) byTicket.set(id, [...(byTicket.get(id) ?? []), work]);
    return tickets.map((ticket) => ({
      ticket,
      workOrders: oldestFirst(byTicket.get(ticket.ticketId) ?? []),
      owesFeedback: owedOf(limits.filter(({ ticketId }) => ticketId === ticket.ticketId)),
    }));
  }

  async matter(ticketId: string): Promise<Matter> {
    const [ticket, works, limits] = await Promise.all([
      this.platform.read<TicketRecord>(`/intake/tickets/${ticketId}`),
      this.platform.list<WorkRecord>(`/dispatch/work-orders?ticketIds=${ticketId}`),
      this.platform.list<FeedbackLimit>(`${FEEDBACK_LIMITS}&ticketId=${ticketId}`),
    ]);
    return { ticket, workOrders: oldestFirst(works), owesFeedback: owedOf(limits) };
  }

  /** Everything the closing table counts. */
  async outcome(): Promise<Outcome> {
    const { platform } = this;
    const [matters, limits, escalations] = await Promise.all([
      this.matters(),
      platform.list<LimitRecord>('/dispatch/limits'),
      platform.list<EscalationRecord>('/dispatch/escalations'),
    ]);
    return {
      tickets: matters.map(({ ticket }) => ({
        utility: ticket.utility,
        receivedAt: ticket.receivedAt,
        ...(ticket.closedAt ? { closedAt: ticket.closedAt } : {}),
        reopenings: ticket.reopenings,
        joined: ticket.contactIds.length - 1,
      })),
      limits: limits.map(({ utility, stage, clauses, verdict }) => ({
        utility,
        stage,
        clause: clauses.join(' '),
        verdict,
      })),
      escalations: escalations
        .filter(({ isWithdrawn }) => !isWithdrawn)
        .map(({ utility, step, hours }) => ({ utility, step, hours })),
      arrivals: matters.flatMap(firstArrival),
    };
  }
}

const FEEDBACK_LIMITS = '/dispatch/limits?stage=feedback&isNewest=true';

interface FeedbackLimit extends FeedbackRecord {
  readonly ticketId: string;
  readonly verdict: Outcome['limits'][number]['verdict'];
  readonly metAt?: string;
}

/** Also what is late by now is still waited for; what was met or withdrawn is not. */
export function owedOf(limits: readonly FeedbackLimit[]): FeedbackRecord | null {
  const owed = limits.find(
    ({ verdict, metAt }) => (verdict === 'running' || verdict === 'late') && metAt === undefined,
  );
  return owed ? { startAt: owed.startAt, unit: owed.unit } : null;
}

interface LimitRecord {
  readonly utility: string;
  readonly stage: string;
  readonly clauses: readonly string[];
  readonly verdict: Outcome['limits'][number]['verdict'];
}

interface EscalationRecord {
  readonly utility: string;
  readonly step: string;
  readonly hours: number;
  readonly isWithdrawn: boolean;
}

const oldestFirst = (works: readonly WorkRecord[]): WorkRecord[] =>
  [...works].sort((a, b) => (latest(a.issuedAt, b.issuedAt) === b.issuedAt ? -1 : 1));

function firstArrival({ ticket: { receivedAt }, workOrders }: Matter): Outcome['arrivals'] {
  const arrived = workOrders
    .flatMap(({ visits }) => visits.filter(({ what }) => what === 'arrived'))
    .map(({ at }) => at)
    .sort();
  return arrived[0] === undefined ? [] : [{ receivedAt, arrivedAt: arrived[0] }];
}
