import type { Platform } from '../import/platform.js';
import type { Outcome } from './closing-table.js';
import { latest } from './hours.js';
import type { Matter, TicketRecord, WorkRecord } from './matter.js';

/** What the simulator reads of the platform: views only, as anybody with the role could. */
export class Stage {
  constructor(private readonly platform: Platform) {}

  async matters(): Promise<Matter[]> {
    const [tickets, works] = await Promise.all([
      this.platform.list<TicketRecord>('/intake/tickets'),
      this.platform.list<WorkRecord>('/dispatch/work-orders'),
    ]);
    const byTicket = new Map<string, WorkRecord[]>();
    for (const work of works)
      for (const id of work.ticketIds) byTicket.set(id, [...(byTicket.get(id) ?? []), work]);
    return tickets.map((ticket) => ({
      ticket,
      workOrders: oldestFirst(byTicket.get(ticket.ticketId) ?? []),
    }));
  }

  async matter(ticketId: string): Promise<Matter> {
    const [ticket, works] = await Promise.all([
      this.platform.read<TicketRecord>(`/intake/tickets/${ticketId}`),
      this.platform.list<WorkRecord>(`/dispatch/work-orders?ticketIds=${ticketId}`),
    ]);
    return { ticket, workOrders: oldestFirst(works) };
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
