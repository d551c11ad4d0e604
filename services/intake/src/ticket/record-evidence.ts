import { IsIn, IsUUID } from 'class-validator';
import { Command, handles } from '@shouwen/engine';
import { EvidenceRecorded } from '@shouwen/contracts';
import { openTicket, tickets } from './ticket.js';

/** Answer, callback and work result are proved by events of their own; only this is not. */
const BY_HAND = ['signature'] as const;

/** A paper with the customer's signature is in hand. */
export class RecordEvidence extends Command {
  @IsUUID() ticketId!: string;
  @IsIn(BY_HAND) evidence!: (typeof BY_HAND)[number];
}

export const recordEvidence = handles(RecordEvidence, tickets, (ticket, command, context) => {
  const { ticketId, evidence } = command;
  if (openTicket(ticket, context).evidence.includes(evidence)) return [];
  return [EvidenceRecorded({ ticketId, evidence, by: context.actor.number })];
});
