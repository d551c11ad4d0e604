import { IsNotEmpty, IsString, IsUUID, MaxLength } from 'class-validator';
import { Command, handles, Rejected } from '@shouwen/engine';
import { FeedbackGiven } from '@shouwen/contracts';
import { openTicket, tickets } from './ticket.js';

/** Whoever handles the ticket tells whoever answers for it how it stands. */
export class GiveFeedback extends Command {
  @IsUUID() ticketId!: string;
  @IsNotEmpty() @IsString() @MaxLength(20_000) note!: string;
}

/** Each is a fact of its own; the same one sent twice is caught by its key. */
export const giveFeedback = handles(GiveFeedback, tickets, (ticket, command, context) => {
  const { ticketId, note } = command;
  const { firstContactOwner: to, affectedId } = openTicket(ticket, context);
  const by = context.actor.number;
  if (by === to)
    throw new Rejected(
      'ticket.feedback-to-oneself',
      'You answer for this ticket yourself; feedback comes from those who handle it.',
    );
  return [FeedbackGiven({ ticketId, by, to, affectedId, note })];
});
