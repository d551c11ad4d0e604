// How a ticket gets a work order: one commit for the job and for the ticket's own stream, whoever asked for it.
import {
  TicketWorkBegun,
  TicketWorkEnded,
  WorkOrderIssued,
  type Utility,
} from '@shouwen/contracts';
import { at, write, type Read, type StreamRef, type Written } from '@shouwen/engine';
import { grids } from '../grid/grid.js';
import { routings, unitFor } from '../routing/routing.js';
import { workOrders } from '../work-order/work-order.js';
import { ticketWorks, type TicketFacts } from './ticket-work.js';

export interface Place {
  readonly utility: Utility;
  readonly gridCode?: string;
}

/** The streams that say where work goes. */
export const routeReads = ({ utility, gridCode }: Place): readonly StreamRef[] => [
  at(routings, utility),
  ...(gridCode ? [at(grids, gridCode)] : []),
];

/** Where the work goes: see `unitFor`. */
export const routeOf = (
  read: Read,
  matter: Place & {
    typeCode: string;
    asOf: string;
    unit?: string;
    aboutUnits: readonly string[];
  },
): string =>
  unitFor(
    matter,
    read(routings, matter.utility),
    matter.gridCode ? read(grids, matter.gridCode) : null,
  );

export interface Beginning extends Place {
  readonly ticketId: string;
  readonly workOrderId: string;
  readonly typeCode: string;
  readonly category: string;
  readonly isSafety: boolean;
  readonly unit: string;
  readonly issuedAt: string;
  readonly facts: TicketFacts;
  /** Sealed in the event; absent where only the ticket's opening carries it. */
  readonly person?: {
    readonly affectedName?: string;
    readonly affectedPhone?: string;
    readonly address?: string;
    readonly task?: string;
  };
  /** Work orders of another utility that this one takes the place of. */
  readonly instead?: readonly string[];
}

export function beginWork(beginning: Beginning): readonly Written[] {
  const { ticketId, workOrderId, utility, typeCode, category, isSafety } = beginning;
  const { unit, gridCode, issuedAt, facts, person = {}, instead = [] } = beginning;
  const { isPriority, receivedAt, affectedId } = facts;
  const matter = {
    ...{ workOrderId, utility, typeCode, category, isSafety, isPriority, unit },
    ...(gridCode ? { gridCode } : {}),
    ...{ receivedAt, affectedId },
    aboutStaff: [...facts.aboutStaff],
    aboutUnits: [...facts.aboutUnits],
  };
  const ended = TicketWorkEnded({ ticketId, workOrderIds: [...instead], because: 'reclassified' });
  return [
    write(workOrders, workOrderId, [
      WorkOrderIssued({ ...matter, ticketIds: [ticketId], issuedAt, ...person }),
    ]),
    write(ticketWorks, ticketId, [
      ...(instead.length ? [ended] : []),
      TicketWorkBegun({ ...matter, ticketId }),
    ]),
  ];
}
