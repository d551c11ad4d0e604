import { ArrayNotEmpty, ArrayUnique, IsArray, IsIn, IsUUID } from 'class-validator';
import { Command, handles } from '@shouwen/engine';
import {
  TICKET_PERSONS,
  type TicketPerson,
  VERIFICATIONS,
  type Verification,
  VerificationRecorded,
} from '@shouwen/contracts';
import { knownTicket, noAccount, tickets } from './ticket.js';

/** Somebody in the matter was verified after it had been taken down: by a callback, a document, on site. */
export class RecordVerification extends Command {
  @IsUUID() ticketId!: string;
  @IsArray()
  @ArrayNotEmpty()
  @ArrayUnique()
  @IsIn(TICKET_PERSONS, { each: true })
  persons!: TicketPerson[];
  @IsIn(VERIFICATIONS) how!: Verification;
}

/** Also of a closed ticket: who they were may matter longer than the work. */
export const recordVerification = handles(
  RecordVerification,
  tickets,
  (ticket, command, context) => {
    const { ticketId, persons, how } = command;
    const { verified, hasAccount } = knownTicket(ticket, context);
    if (persons.includes('account-holder') && !hasAccount) throw noAccount();
    const changed = persons.filter((person) => verified[person] !== how);
    if (changed.length === 0) return [];
    return [VerificationRecorded({ ticketId, by: context.actor.number, persons: changed, how })];
  },
);
