import {
  aboveNamed,
  ClockReclassified,
  EscalationWithdrawn,
  TicketEscalated,
  type CitedClauses,
  type Told,
} from '@shouwen/contracts';
import { defineView } from '@shouwen/engine';
import { LIMIT_READERS } from './limit-readers.js';

/** One step of a ladder that was taken, with those who were told. */
export interface EscalationDocument {
  readonly ticketId: string;
  readonly number: string;
  readonly utility: string;
  readonly typeCode: string;
  readonly category: string;
  readonly unit: string;
  readonly aboutStaff: readonly string[];
  readonly ladder: string;
  readonly step: string;
  readonly run: number;
  readonly hours: number;
  readonly post: string;
  readonly dueAt: string;
  readonly clauses: readonly string[];
  readonly pack: CitedClauses;
  readonly tells: readonly Told[];
  /** False where the post and all that stand in for it were vacant, and for a late entry. */
  readonly isTold: boolean;
  readonly isLateEntry: boolean;
  /** Late evidence showed that the ticket had been handled in time. */
  readonly isWithdrawn: boolean;
  readonly handledAt?: string;
}

export const escalationsView = defineView<
  EscalationDocument,
  TicketEscalated | EscalationWithdrawn | ClockReclassified
>({
  name: 'escalations',
  on: [TicketEscalated, EscalationWithdrawn, ClockReclassified],
  id: ({ type, data }) => {
    const taken = type === 'dispatch.clock-reclassified' ? (data.steps ?? []) : [data];
    return taken.map(({ run, step }) => `${data.ticketId}.${run}.${step}`);
  },
  evolve: (document, { type, data }) => {
    if (type === 'dispatch.clock-reclassified') {
      const { aboutStaff = [], aboutUnits } = data;
      return document && { ...document, aboutStaff, unit: aboveNamed(document.unit, aboutUnits) };
    }
    if (type === 'dispatch.escalation-withdrawn')
      return document && { ...document, isWithdrawn: true, handledAt: data.handledAt };
    return {
      ticketId: data.ticketId,
      number: data.number,
      utility: data.utility,
      typeCode: data.typeCode,
      category: data.category,
      unit: data.unit,
      aboutStaff: data.aboutStaff ?? [],
      ladder: data.ladder,
      step: data.step,
      run: data.run,
      hours: data.hours,
      post: data.post,
      dueAt: data.dueAt,
      clauses: data.pack.clauses,
      pack: data.pack,
      tells: data.tells,
      isTold: data.tells.length > 0,
      isLateEntry: data.isLateEntry,
      isWithdrawn: false,
    };
  },
  indexes: [
    'ticketId',
    'unit',
    'utility',
    'typeCode',
    'step',
    'hours',
    'post',
    'dueAt',
    'clauses',
    'isTold',
    'isLateEntry',
    'isWithdrawn',
  ],
  roles: LIMIT_READERS,
  unit: 'unit',
  closedTo: 'aboutStaff',
});
