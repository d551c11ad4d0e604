import { IsNotEmpty, IsOptional, IsString } from 'class-validator';
import { Command, handles } from '@shouwen/engine';
import { OwnershipPassed } from '@shouwen/contracts';
import { ownerships } from './ownership.js';

/** Whoever answered for the tickets of this list has left, or was a post that is held now. Sent once per list. */
export class PassOnOwnership extends Command {
  @IsNotEmpty() @IsString() ownershipId!: string;
  @IsNotEmpty() @IsString() owner!: string;
  @IsOptional() @IsString() successor?: string;
}

/** Twice it names the same tickets twice; each of them knows by then that it has another owner. */
export const passOnOwnership = handles(
  PassOnOwnership,
  ownerships,
  ({ ticketIds }, { ownershipId, owner, successor }) =>
    ticketIds.length
      ? [
          OwnershipPassed({
            ...{ ownershipId, owner, ticketIds: [...ticketIds] },
            ...(successor ? { successor } : {}),
          }),
        ]
      : [],
);
