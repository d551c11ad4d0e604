import { IsNotEmpty, IsString, IsUUID } from 'class-validator';
import { at, Command, handlesAcross, write } from '@shouwen/engine';
import { OwnershipBegun, OwnershipPassed } from '@shouwen/contracts';
import { departureIdOf, departures } from './departure.js';
import { isNeededSeat, seatIdOf, seats, sitterOf } from '../seat/seat.js';
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

/**
 * What is given to somebody who has left already passes on at once, and so does what falls to a post that is held by
 * now: their departure, or the holding of the post, was handled before.
 */
export const beginOwnership = handlesAcross({
  command: BeginOwnership,
  stream: ownerships,
  reads: ({ ownershipId, owner }, { actor }) => [
    at(ownerships, ownershipId),
    at(departures, departureIdOf(actor.tenant, owner)),
    ...(isNeededSeat(owner) ? [at(seats, seatIdOf(actor.tenant, owner))] : []),
  ],
  decide(read, { ownershipId, owner, ticketId }, { actor }) {
    const isKnown = read(ownerships, ownershipId).ticketIds.includes(ticketId);
    const departure = read(departures, departureIdOf(actor.tenant, owner));
    const begun = OwnershipBegun({ ownershipId, owner, ticketId });
    const seat = isNeededSeat(owner) ? read(seats, seatIdOf(actor.tenant, owner)) : null;
    const sitter = seat?.status === 'noted' ? sitterOf(seat) : undefined;
    if (departure.status !== 'left' && !sitter)
      return isKnown ? [] : [write(ownerships, ownershipId, [begun])];
    const successor = departure.status === 'left' ? departure.successor : sitter;
    const passed = OwnershipPassed({
      ...{ ownershipId, owner, ticketIds: [ticketId] },
      ...(successor ? { successor } : {}),
    });
    return [write(ownerships, ownershipId, isKnown ? [passed] : [begun, passed])];
  },
});
