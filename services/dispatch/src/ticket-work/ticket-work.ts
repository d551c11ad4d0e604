/**
 * What dispatch knows of a ticket: which work orders serve it, and what another one would need. Fed by intake's
 * events alone, in their order, so that closing never overtakes opening.
 *
 *     unknown ──TicketWorkNoted (no work order yet)──▶ known
 *     unknown, known ──TicketWorkBegun──▶ known, one work order more
 *     known ──TicketWorkJoined · TicketWorkRetyped · TicketWorkPrioritised──▶ known
 *     known ──TicketWorkChased · TicketWorkEnded──▶ known
 */
import {
  TicketWorkBegun,
  TicketWorkChased,
  TicketWorkEnded,
  TicketWorkJoined,
  TicketWorkNoted,
  TicketWorkPrioritised,
  TicketWorkRetyped,
  type Utility,
} from '@shouwen/contracts';
import { defineStream } from '@shouwen/engine';

/** What stays whatever the ticket is classified as. */
export interface TicketFacts {
  readonly isPriority: boolean;
  readonly receivedAt: string;
  readonly affectedId: string;
  readonly aboutStaff: readonly string[];
  readonly aboutUnits: readonly string[];
}

/** What the last work order was for. */
export interface WorkMatter {
  readonly utility: Utility;
  readonly typeCode: string;
  readonly category: string;
  readonly isSafety: boolean;
  readonly unit: string;
  readonly gridCode?: string;
}

export type TicketWork =
  | { readonly status: 'unknown' }
  | {
      readonly status: 'known';
      readonly facts: TicketFacts;
      /** Unit that intake chose, where it did. */
      readonly chosenUnit: string | null;
      readonly matter: WorkMatter | null;
      /** Given out and not withdrawn; a finished one stays until the ticket closes. */
      readonly workOrderIds: readonly string[];
      readonly chases: number;
    };

export type TicketWorkEvent =
  | TicketWorkNoted
  | TicketWorkBegun
  | TicketWorkJoined
  | TicketWorkRetyped
  | TicketWorkPrioritised
  | TicketWorkChased
  | TicketWorkEnded;

export const ticketWorks = defineStream<TicketWork, TicketWorkEvent>({
  name: 'ticket-work',
  idField: 'ticketId',
  events: [
    TicketWorkNoted,
    TicketWorkBegun,
    TicketWorkJoined,
    TicketWorkRetyped,
    TicketWorkPrioritised,
    TicketWorkChased,
    TicketWorkEnded,
  ],
  initial: { status: 'unknown' },
  evolve: (state, event) => {
    if (event.type === 'dispatch.ticket-work-noted') return noted(event.data);
    if (event.type === 'dispatch.ticket-work-begun') return begun(state, event.data);
    if (state.status === 'unknown') return state;
    switch (event.type) {
      case 'dispatch.ticket-work-joined': {
        const { workOrderId, instead } = event.data;
        const others = state.workOrderIds.filter((id) => !instead.includes(id));
        return { ...state, workOrderIds: [...others, workOrderId] };
      }
      case 'dispatch.ticket-work-retyped': {
        const { typeCode, category, isSafety, gridCode, unit } = event.data;
        const place = { ...(gridCode ? { gridCode } : {}), ...(unit ? { unit } : {}) };
        const matter = state.matter && { ...state.matter, typeCode, category, isSafety, ...place };
        const { aboutStaff, aboutUnits } = { ...state.facts, ...event.data };
        return { ...state, matter, facts: { ...state.facts, aboutStaff, aboutUnits } };
      }
      case 'dispatch.ticket-work-prioritised':
        return { ...state, facts: { ...state.facts, isPriority: true } };
      case 'dispatch.ticket-work-chased':
        return { ...state, chases: event.data.count };
      case 'dispatch.ticket-work-ended': {
        const { workOrderIds } = event.data;
        const rest = state.workOrderIds.filter((id) => !workOrderIds.includes(id));
        return { ...state, workOrderIds: rest };
      }
    }
  },
  unit: (state) => (state.status === 'known' ? (state.matter?.unit ?? null) : null),
  closedTo: (state) => (state.status === 'known' ? state.facts.aboutStaff : []),
});

const factsOf = ({
  isPriority,
  receivedAt,
  affectedId,
  aboutStaff,
  aboutUnits,
}: TicketFacts): TicketFacts => ({ isPriority, receivedAt, affectedId, aboutStaff, aboutUnits });

const noted = (data: TicketWorkNoted['data']): TicketWork => ({
  status: 'known',
  facts: factsOf(data),
  chosenUnit: data.unit ?? null,
  matter: null,
  workOrderIds: [],
  chases: 0,
});

function begun(state: TicketWork, data: TicketWorkBegun['data']): TicketWork {
  const { workOrderId, utility, typeCode, category, isSafety, unit, gridCode } = data;
  const before = state.status === 'known' ? state : null;
  return {
    status: 'known',
    facts: factsOf(data),
    chosenUnit: before?.chosenUnit ?? null,
    matter: { utility, typeCode, category, isSafety, unit, ...(gridCode ? { gridCode } : {}) },
    workOrderIds: [...(before?.workOrderIds ?? []), workOrderId],
    chases: before?.chases ?? 0,
  };
}
