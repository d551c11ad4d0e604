import {
  GRID_CODE,
  TYPE_CODE,
  TicketWorkEnded,
  TicketWorkRetyped,
  UTILITIES,
  type Utility,
} from '@shouwen/contracts';
import { Command, at, handlesAcross, write, type Read, type Written } from '@shouwen/engine';
import {
  IsArray,
  IsBoolean,
  IsIn,
  IsISO8601,
  IsOptional,
  IsString,
  IsUUID,
  Matches,
} from 'class-validator';
import { workOrders } from '../work-order/work-order.js';
import { beginWork, routeOf, routeReads } from './begin-work.js';
import { ticketWorks, type TicketFacts, type TicketWork } from './ticket-work.js';

/**
 * A ticket got its type, another one, or another grid. Within a utility the work goes on under the new type; work of
 * another utility is given up and begun anew there; what needs no crew any more ends.
 */
export class ReclassifyTicketWork extends Command {
  @IsUUID() ticketId!: string;
  /** Of the work order that is issued if one is needed. */
  @IsUUID() workOrderId!: string;
  @IsIn(UTILITIES) utility!: Utility;
  @Matches(TYPE_CODE) typeCode!: string;
  @IsString() category!: string;
  @IsBoolean() needsWorkOrder!: boolean;
  @IsBoolean() isSafety!: boolean;
  @IsISO8601({ strict: true }) receivedAt!: string;
  @IsArray() @IsString({ each: true }) aboutStaff!: string[];
  @IsArray() @IsString({ each: true }) aboutUnits!: string[];
  @IsOptional() @Matches(GRID_CODE) gridCode?: string;
}

export const reclassifyTicketWork = handlesAcross({
  command: ReclassifyTicketWork,
  stream: ticketWorks,
  reads: (command) => [
    at(ticketWorks, command.ticketId),
    at(workOrders, command.workOrderId),
    ...routeReads(command),
  ],
  decide: (read, command, { occurredAt }) => {
    const { ticketId, utility, typeCode, category, isSafety, gridCode } = command;
    const ticket = read(ticketWorks, ticketId);
    const { workOrderIds, matter, chosenUnit } = known(ticket);
    if (!command.needsWorkOrder) return noLongerNeeded(ticket, command);
    if (workOrderIds.length && matter?.utility === utility)
      return retyped(read, command, { ...matter, workOrderIds, named: namedNow(ticket, command) });
    const facts = factsNow(ticket, command);
    return beginWork({
      ...{ ticketId, workOrderId: command.workOrderId, utility, typeCode, category, isSafety },
      ...(gridCode ? { gridCode } : {}),
      unit: routeOf(read, {
        ...command,
        asOf: command.receivedAt,
        // A unit chosen for the ticket was chosen for the utility it had then.
        ...(chosenUnit && !matter ? { unit: chosenUnit } : {}),
      }),
      issuedAt: occurredAt,
      facts,
      instead: workOrderIds,
    });
  },
});

const known = (ticket: TicketWork) =>
  ticket.status === 'known' ? ticket : { workOrderIds: [], matter: null, chosenUnit: null };

type Named = Pick<TicketFacts, 'aboutStaff' | 'aboutUnits'>;

/** Everybody the ticket names, where that is more than was known here. */
function namedNow(ticket: TicketWork, { aboutStaff, aboutUnits }: Named): Named | null {
  if (ticket.status === 'unknown') return null;
  const { facts } = ticket;
  const isMore =
    aboutStaff.some((one) => !facts.aboutStaff.includes(one)) ||
    aboutUnits.some((one) => !facts.aboutUnits.includes(one));
  return isMore ? { aboutStaff: [...aboutStaff], aboutUnits: [...aboutUnits] } : null;
}

/** The work ends; whom the ticket names is kept all the same, for the job that a dispatcher may give out later. */
function noLongerNeeded(ticket: TicketWork, command: ReclassifyTicketWork): readonly Written[] {
  const { ticketId, typeCode, category, isSafety } = command;
  const workOrderIds = [...known(ticket).workOrderIds];
  const named = namedNow(ticket, command);
  const events = [
    ...(named
      ? [TicketWorkRetyped({ ticketId, workOrderIds, typeCode, category, isSafety, ...named })]
      : []),
    ...(workOrderIds.length
      ? [TicketWorkEnded({ ticketId, workOrderIds, because: 'reclassified' })]
      : []),
  ];
  return events.length ? [write(ticketWorks, ticketId, events)] : [];
}

/** A ticket that dispatch never saw opened is its own subject: nothing about the person is known here. */
const factsNow = (ticket: TicketWork, command: ReclassifyTicketWork): TicketFacts => ({
  isPriority: ticket.status === 'known' && ticket.facts.isPriority,
  receivedAt: command.receivedAt,
  affectedId: ticket.status === 'known' ? ticket.facts.affectedId : command.ticketId,
  aboutStaff: command.aboutStaff,
  aboutUnits: command.aboutUnits,
});

function retyped(
  read: Read,
  command: ReclassifyTicketWork,
  before: {
    typeCode: string;
    gridCode?: string;
    unit: string;
    workOrderIds: readonly string[];
    named: Named | null;
  },
): readonly Written[] {
  const { ticketId, typeCode, category, isSafety, gridCode } = command;
  const isMoved = gridCode !== undefined && gridCode !== before.gridCode;
  if (typeCode === before.typeCode && !isMoved && !before.named) return [];
  const unit = isMoved ? routeOf(read, { ...command, asOf: command.receivedAt }) : null;
  return [
    write(ticketWorks, ticketId, [
      TicketWorkRetyped({
        ...{ ticketId, workOrderIds: [...before.workOrderIds], typeCode, category, isSafety },
        ...(isMoved ? { gridCode } : {}),
        ...(unit && unit !== before.unit ? { unit } : {}),
        ...before.named,
      }),
    ]),
  ];
}
