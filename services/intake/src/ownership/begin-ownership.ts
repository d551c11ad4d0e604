import { IsNotEmpty, IsString, IsUUID } from 'class-validator';
import { at, Command, handlesAcross, write } from '@shouwen/engine';
import { OwnershipBegun, OwnershipPassed } from '@shouwen/contracts';
import { departureIdOf, departures } from './departure.js';
import { listOf, ownershipIdOf, ownerships } from './ownership.js';

/** A ticket has a first-contact owner from now on. Sent by a reaction only. */
export class BeginOwnership extends Command {
  @IsNotEmpty() @IsString() ownershipId!: string;
  @IsNotEmpty() @IsString() owner!: string;
  @IsUUID() ticketId!: string;
}

/** The id of the list, which the command carries so that those for one list wait for each other. */
export const beginningOf = (tenant: string, owner: string, ticketId: string): BeginOwnership =>
  BeginOwnership.of({
    ownershipId: ownershipIdOf(tenant, owner, listOf(ticketId)),
    owner,
    ticketId,
  });

/** What is given to somebody who has left already passes on at once; their departure was handled before. */
export const beginOwnership = handlesAcross({
  command: BeginOwnership,
  stream: ownerships,
  reads: ({ ownershipId, owner }, { actor }) => [
    at(ownerships, ownershipId),
    at(departures, departureIdOf(actor.tenant, owner)),
  ],
  decide(read, { ownershipId, owner, ticketId }, { actor }) {
    const isKnown = read(ownerships, ownershipId).ticketIds.includes(ticketId);
    const departure = read(departures, departureIdOf(actor.tenant, owner));
    const begun = OwnershipBegun({ ownershipId, owner, ticketId });
    if (departure.status !== 'left')
      return isKnown ? [] : [write(ownerships, ownershipId, [begun])];
    const { successor } = departure;
    const passed = OwnershipPassed({
      ...{ ownershipId, owner, ticketIds: [ticketId] },
      ...(successor ? { successor } : {}),
    });
    return [write(ownerships, ownershipId, isKnown ? [passed] : [begun, passed])];
  },
});
