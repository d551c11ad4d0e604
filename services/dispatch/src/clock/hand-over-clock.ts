import { ClockHandedOver } from '@shouwen/contracts';
import { Command, handles } from '@shouwen/engine';
import { IsNotEmpty, IsString, IsUUID } from 'class-validator';
import { clocks } from './clock.js';

/** Another person answers for the ticket. The limits stay as they are; who is let in to see them changes. */
export class HandOverClock extends Command {
  @IsUUID() ticketId!: string;
  @IsNotEmpty() @IsString() firstContactOwner!: string;
}

export const handOverClock = handles(
  HandOverClock,
  clocks,
  (clock, { ticketId, firstContactOwner }) =>
    clock.status === 'none' || clock.firstContactOwner === firstContactOwner
      ? []
      : [ClockHandedOver({ ticketId, firstContactOwner })],
);
