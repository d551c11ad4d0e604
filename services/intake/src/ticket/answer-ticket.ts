import { IsBoolean, IsIn, IsNotEmpty, IsString, IsUUID, MaxLength } from 'class-validator';
import { Command, handles } from '@shouwen/engine';
import { ANSWER_WAYS, TicketAnswered, type AnswerWay } from '@shouwen/contracts';
import { isMachine } from '../contact/contact.js';
import { openTicket, takenUpBy, tickets } from './ticket.js';

/** The customer was told something: in substance, or how far we are. */
export class AnswerTicket extends Command {
  @IsUUID() ticketId!: string;
  @IsIn(ANSWER_WAYS) how!: AnswerWay;
  @IsBoolean() isInSubstance!: boolean;
  @IsNotEmpty() @IsString() @MaxLength(20_000) answer!: string;
}

/** Each answer is a fact of its own; the same one sent twice is caught by its key. */
export const answerTicket = handles(AnswerTicket, tickets, (ticket, command, context) => {
  const { ticketId, how, isInSubstance, answer } = command;
  const open = openTicket(ticket, context);
  const by = context.actor.number;
  return [
    ...(isMachine(context) ? [] : takenUpBy(open, by, context.occurredAt)),
    TicketAnswered({ ticketId, by, how, isInSubstance, affectedId: open.affectedId, answer }),
  ];
});
