import {
  ArrayMaxSize,
  IsArray,
  IsNotEmpty,
  IsOptional,
  IsString,
  IsUUID,
  Matches,
  MaxLength,
} from 'class-validator';
import { at, Command, handlesAcross, write } from '@shouwen/engine';
import { aboveNamed, TicketClassified, TicketHandedOver, TicketRouted } from '@shouwen/contracts';
import { standardsOf } from '@shouwen/standards';
import { isMachine } from '../contact/contact.js';
import { holderOf, seatIdOf, seats, SUPERVISION_OFFICE } from '../seat/seat.js';
import { stated } from './stated.js';
import { classificationOf } from './classification.js';
import { openTicket, takenUpBy, tickets, type TicketEvent } from './ticket.js';

/** Says what the matter is, for the first time or better than before. The receipt stays. */
export class ClassifyTicket extends Command {
  @IsUUID() ticketId!: string;
  @IsNotEmpty() @IsString() @MaxLength(80) typeCode!: string;
  @IsOptional() @Matches(/^[A-Za-z0-9][A-Za-z0-9-]{0,31}$/) gridCode?: string;
  /** Staff found to be complained about, beside those named before. */
  @IsOptional()
  @IsArray()
  @ArrayMaxSize(20)
  @IsString({ each: true })
  @MaxLength(32, { each: true })
  aboutStaff?: string[];
  @IsOptional()
  @IsArray()
  @ArrayMaxSize(20)
  @Matches(/^(\/[a-z0-9][a-z0-9-]{0,39}){1,8}$/, { each: true })
  aboutUnits?: string[];
}

export const classifyTicket = handlesAcross({
  command: ClassifyTicket,
  stream: tickets,
  reads: ({ ticketId }, { actor }) => [
    at(tickets, ticketId),
    at(seats, seatIdOf(actor.tenant, SUPERVISION_OFFICE)),
  ],
  decide(read, command, context) {
    const { ticketId } = command;
    const ticket = openTicket(read(tickets, ticketId), context);
    const { number, receivedAt, firstContactOwner, affectedId } = ticket;
    const standards = standardsOf(context);
    const { pack, ...type } = classificationOf(standards, {
      typeCode: command.typeCode,
      utility: 'unknown',
      asOf: receivedAt,
    });
    const gridCode = command.gridCode ?? ticket.gridCode;
    const { aboutStaff: staff = [], aboutUnits: units = [] } = command;
    const aboutStaff = [...new Set([...ticket.aboutStaff, ...staff])];
    const aboutUnits = [...new Set([...ticket.aboutUnits, ...units])];
    const namesNobodyNew =
      aboutStaff.length === ticket.aboutStaff.length &&
      aboutUnits.length === ticket.aboutUnits.length;
    const isSame = type.typeCode === ticket.typeCode && gridCode === ticket.gridCode;
    if (isSame && namesNobodyNew) return [];
    const by = context.actor.number;
    const events: TicketEvent[] = [
      TicketClassified(
        {
          ticketId,
          number,
          receivedAt,
          ...type,
          ...stated({ gridCode }),
          previousTypeCode: ticket.typeCode,
          by,
          aboutStaff,
          aboutUnits,
          ...(namesNobodyNew ? {} : { contactIds: [...ticket.contacts] }),
          ...(type.isSafety
            ? { safetyWords: [...standards.safetyWords(type.typeCode, 'zh', receivedAt)] }
            : {}),
        },
        stated({ pack }),
      ),
    ];
    const unit = ticket.unit && aboveNamed(ticket.unit, aboutUnits);
    if (unit && unit !== ticket.unit) events.push(TicketRouted({ ticketId, unit }));
    if (aboutStaff.includes(firstContactOwner)) {
      const seat = read(seats, seatIdOf(context.actor.tenant, SUPERVISION_OFFICE));
      const to = holderOf(seat, SUPERVISION_OFFICE, aboutStaff);
      const from = firstContactOwner;
      events.push(TicketHandedOver({ ticketId, from, to, by, because: 'names-owner', affectedId }));
    } else if (!isMachine(context)) {
      events.push(...takenUpBy({ ...ticket, aboutStaff }, by, context.occurredAt));
    }
    return [write(tickets, ticketId, events)];
  },
});
