import { IsBoolean, IsIn, IsNotEmpty, IsString, IsUUID, MaxLength } from 'class-validator';
import { at, Command, handlesAcross, write } from '@shouwen/engine';
import { ANSWER_WAYS, TicketAnswered, type AnswerWay } from '@shouwen/contracts';
import { isMachine } from '../contact/contact.js';
import { DUTY_LEADER, isHeldBy, isNeededSeat, seatIdOf, seats } from '../seat/seat.js';
import { openTicket, takenUpBy, tickets } from './ticket.js';

/** The customer was told something: in substance, or how far we are. */
export class AnswerTicket extends Command {
  @IsUUID() ticketId!: string;
  @IsIn(ANSWER_WAYS) how!: AnswerWay;
  @IsBoolean() isInSubstance!: boolean;
  @IsNotEmpty() @IsString() @MaxLength(20_000) answer!: string;
}

/**
 * Each answer is a fact of its own; the same one sent twice is caught by its key. The duty seat answers in the owner's
 * name: the owner stays the one who answers for the ticket.
 */
export const answerTicket = handlesAcross({
  command: AnswerTicket,
  stream: tickets,
  reads: ({ ticketId }, { actor }) => [
    at(tickets, ticketId),
    at(seats, seatIdOf(actor.tenant, DUTY_LEADER)),
  ],
  decide(read, { ticketId, how, isInSubstance, answer }, context) {
    const { actor, occurredAt } = context;
    const open = openTicket(read(tickets, ticketId), context);
    const { firstContactOwner: owner, affectedId } = open;
    const by = actor.number;
    const takenUp = isMachine(context) ? [] : takenUpBy(open, by, occurredAt);
    const isOwn = takenUp.length > 0 || by === owner || isNeededSeat(owner);
    const isOnDuty = isHeldBy(read(seats, seatIdOf(actor.tenant, DUTY_LEADER)), by);
    const inName = !isOwn && isOnDuty ? { inNameOf: owner } : {};
    const answered = { ticketId, by, how, isInSubstance, ...inName, affectedId, answer };
    return [write(tickets, ticketId, [...takenUp, TicketAnswered(answered)])];
  },
});
