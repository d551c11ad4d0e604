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
import { at, Command, type Context, type Event, handlesAcross, write } from '@shouwen/engine';
import { aboveNamed, TicketClassified, TicketHandedOver, TicketRouted } from '@shouwen/contracts';
import { standardsOf } from '@shouwen/standards';
import { isMachine } from '../contact/contact.js';
import { holderOf, type Seat, seatIdOf, seats, SUPERVISION_OFFICE } from '../seat/seat.js';
import { stated } from './stated.js';
import { classificationOf } from './classification.js';
import { type OpenTicket, openTicket, takenUpBy, tickets, type TicketEvent } from './ticket.js';

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
    const { number, receivedAt } = ticket;
    const standards = standardsOf(context);
    const { pack, ...type } = classificationOf(standards, {
      typeCode: command.typeCode,
      utility: 'unknown',
      asOf: receivedAt,
    });
    const gridCode = command.gridCode ?? ticket.gridCode;
    const { aboutStaff, aboutUnits } = namedIn(ticket, command);
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
    const office = read(seats, seatIdOf(context.actor.tenant, SUPERVISION_OFFICE));
    events.push(...owned({ ...ticket, aboutStaff }, command, { context, office }));
    return [write(tickets, ticketId, events)];
  },
  answer: wordsFirst,
});

/** Whoever finds out that it is a danger may still have the caller on the line. */
function wordsFirst(events: readonly Event[]): object {
  const words = events.flatMap(({ data }) => ('safetyWords' in data ? [data.safetyWords] : []));
  return words.length ? { safetyWords: words[0] } : {};
}

/** All who are complained about, those named before included. */
const namedIn = (ticket: OpenTicket, { aboutStaff = [], aboutUnits = [] }: ClassifyTicket) => ({
  aboutStaff: [...new Set([...ticket.aboutStaff, ...aboutStaff])],
  aboutUnits: [...new Set([...ticket.aboutUnits, ...aboutUnits])],
});

/** Nobody answers for a complaint about themselves; what came by machine belongs to the person who classifies it. */
function owned(
  ticket: OpenTicket,
  { ticketId }: ClassifyTicket,
  { context, office }: { readonly context: Context; readonly office: Seat },
): readonly TicketEvent[] {
  const { firstContactOwner: from, affectedId, aboutStaff } = ticket;
  const by = context.actor.number;
  if (aboutStaff.includes(from)) {
    const to = holderOf(office, SUPERVISION_OFFICE, aboutStaff);
    return [TicketHandedOver({ ticketId, from, to, by, because: 'names-owner', affectedId })];
  }
  return isMachine(context) ? [] : takenUpBy(ticket, by, context.occurredAt);
}
