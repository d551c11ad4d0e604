import {
  GRID_CODE,
  TYPE_CODE,
  TicketWorkJoined,
  UNIT_PATH,
  UTILITIES,
  WorkOrderIssued,
  type Utility,
} from '@shouwen/contracts';
import {
  Command,
  Rejected,
  at,
  handlesAcross,
  write,
  type Context,
  type Read,
} from '@shouwen/engine';
import { standardsOf } from '@shouwen/standards';
import {
  ArrayMaxSize,
  IsArray,
  IsBoolean,
  IsIn,
  IsNotEmpty,
  IsOptional,
  IsString,
  IsUUID,
  Matches,
  MaxLength,
} from 'class-validator';
import { routeOf, routeReads } from '../ticket-work/begin-work.js';
import { ticketWorks, type TicketFacts } from '../ticket-work/ticket-work.js';
import { units } from '../unit/unit.js';
import { workOrders } from './work-order.js';

/** A dispatcher gives out a job: a second one for a ticket, one for several tickets, or one without any. */
export class IssueWorkOrder extends Command {
  @IsOptional() @IsUUID() workOrderId!: string;
  @IsOptional()
  @IsArray()
  @ArrayMaxSize(200)
  @IsUUID(undefined, { each: true })
  ticketIds?: string[];
  @IsIn(UTILITIES) utility!: Utility;
  @Matches(TYPE_CODE) typeCode!: string;
  @IsOptional() @Matches(GRID_CODE) gridCode?: string;
  /** Absent: by type and grid. */
  @IsOptional() @Matches(UNIT_PATH) unit?: string;
  @IsOptional() @IsBoolean() isPriority?: boolean;
  @IsOptional() @IsString() @IsNotEmpty() @MaxLength(80) affectedName?: string;
  @IsOptional() @IsString() @IsNotEmpty() @MaxLength(40) affectedPhone?: string;
  @IsOptional() @IsString() @IsNotEmpty() @MaxLength(200) address?: string;
  @IsOptional() @IsString() @IsNotEmpty() @MaxLength(4_000) task?: string;
}

export const issueWorkOrder = handlesAcross({
  command: IssueWorkOrder,
  stream: workOrders,
  reads: (command) => [
    at(workOrders, command.workOrderId),
    ...(command.ticketIds ?? []).map((id) => at(ticketWorks, id)),
    ...routeReads(command),
    ...(command.unit ? [at(units, command.unit)] : []),
  ],
  decide: (read, command, context) => {
    const { workOrderId, utility, typeCode, gridCode } = command;
    if (read(workOrders, workOrderId).status !== 'unknown') return [];
    const ticketIds = [...new Set(command.ticketIds ?? [])];
    const tickets = ticketIds.map((id) => factsOf(read, id));
    const aboutStaff = [...new Set(tickets.flatMap((ticket) => ticket.aboutStaff))];
    const aboutUnits = [...new Set(tickets.flatMap((ticket) => ticket.aboutUnits))];
    if (command.unit && read(units, command.unit).status === 'unknown')
      throw new Rejected('unit.not-found', `There is no unit ${command.unit}.`, 'unit');
    const { category, isSafety } = typeOf(command, context);
    const issuedAt = context.occurredAt;
    const receipts = tickets.map((ticket) => ticket.receivedAt).sort();
    const issued = WorkOrderIssued({
      ...{ workOrderId, ticketIds, utility, typeCode, category, isSafety },
      isPriority: command.isPriority ?? tickets.some((ticket) => ticket.isPriority),
      unit: routeOf(read, { ...command, asOf: issuedAt, aboutUnits }),
      ...(gridCode ? { gridCode } : {}),
      ...{ receivedAt: receipts[0] ?? issuedAt, issuedAt, aboutStaff, aboutUnits },
      // Without a ticket the site is its own subject, so that what is sealed here can still be erased.
      affectedId: tickets[0]?.affectedId ?? `site-${workOrderId}`,
      ...personOf(command),
    });
    return [
      write(workOrders, workOrderId, [issued]),
      ...ticketIds.map((ticketId) =>
        write(ticketWorks, ticketId, [TicketWorkJoined({ ticketId, workOrderId, instead: [] })]),
      ),
    ];
  },
});

const personOf = ({ affectedName, affectedPhone, address, task }: IssueWorkOrder) => ({
  ...(affectedName ? { affectedName } : {}),
  ...(affectedPhone ? { affectedPhone } : {}),
  ...(address ? { address } : {}),
  ...(task ? { task } : {}),
});

function factsOf(read: Read, ticketId: string): TicketFacts {
  const ticket = read(ticketWorks, ticketId);
  if (ticket.status === 'known') return ticket.facts;
  throw new Rejected('ticket.not-found', `There is no ticket ${ticketId} yet.`, 'ticketIds');
}

function typeOf({ utility, typeCode }: IssueWorkOrder, context: Context) {
  const type = standardsOf(context).type(typeCode, context.now);
  if (type?.utility === utility) return type;
  throw new Rejected(
    'type.not-found',
    `No pack in force has the type ${typeCode} for ${utility}.`,
    'typeCode',
  );
}
