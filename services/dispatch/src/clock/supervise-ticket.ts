import { SupervisionOrdered } from '@shouwen/contracts';
import { Command, handles, Rejected } from '@shouwen/engine';
import { IsNotEmpty, IsOptional, IsString, IsUUID, MaxLength } from 'class-validator';
import { clocks, refuseUnknown } from './clock.js';

/** Somebody senior watches a ticket (督办). It is seen as such everywhere; no limit moves. */
export class SuperviseTicket extends Command {
  @IsUUID() ticketId!: string;
  /** What the unit is told to do. */
  @IsOptional() @IsString() @IsNotEmpty() @MaxLength(2000) instruction?: string;
}

export const superviseTicket = handles(SuperviseTicket, clocks, (clock, command, { actor }) => {
  refuseUnknown(clock);
  if (clock.status === 'ended')
    throw new Rejected(
      'ticket.closed',
      'This ticket is closed; reopen it before you supervise it.',
    );
  const { instruction } = command;
  if (clock.supervisedBy.includes(actor.number) && !instruction) return [];
  return [
    SupervisionOrdered({
      ...clock.matter,
      by: actor.number,
      affectedId: clock.affectedId,
      ...(instruction ? { instruction } : {}),
    }),
  ];
});
