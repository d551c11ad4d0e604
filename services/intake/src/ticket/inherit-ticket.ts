import { IsNotEmpty, IsOptional, IsString, IsUUID } from 'class-validator';
import { at, Command, handlesAcross, type Read, write } from '@shouwen/engine';
import { TicketHandedOver } from '@shouwen/contracts';
import { departureIdOf, departures } from '../ownership/departure.js';
import {
  DUTY_LEADER,
  holderOf,
  isNeededSeat,
  seatIdOf,
  seats,
  SUPERVISION_OFFICE,
} from '../seat/seat.js';
import { tickets } from './ticket.js';

/** Whoever answered for the ticket has left, or was a post that is held now. Sent by a reaction only. */
export class InheritTicket extends Command {
  @IsUUID() ticketId!: string;
  @IsNotEmpty() @IsString() from!: string;
  @IsOptional() @IsString() successor?: string;
}

/**
 * To the successor; else, or where the matter names them, to the duty leader or the supervision office. A closed
 * ticket waits: when it is reopened it passes on then. Where a post was told to be held by somebody who has left, the
 * ticket stays with the post until the next one is told; between the two it would be passed to and fro.
 */
export const inheritTicket = handlesAcross({
  command: InheritTicket,
  stream: tickets,
  reads: ({ ticketId, successor }, { actor: { tenant } }) => [
    at(tickets, ticketId),
    at(seats, seatIdOf(tenant, DUTY_LEADER)),
    at(seats, seatIdOf(tenant, SUPERVISION_OFFICE)),
    ...(successor ? [at(departures, departureIdOf(tenant, successor))] : []),
  ],
  decide(read, { ticketId, from, successor }, { actor: { tenant, number: by }, occurredAt }) {
    const ticket = read(tickets, ticketId);
    if (ticket.status !== 'open' || ticket.firstContactOwner !== from) return [];
    const wasPost = isNeededSeat(from);
    if (wasPost && successor && hasLeft(read, tenant, successor)) return [];
    const { aboutStaff, affectedId, receivedAt } = ticket;
    const except = [...aboutStaff, from];
    const duty = holderOf(read(seats, seatIdOf(tenant, DUTY_LEADER)), DUTY_LEADER, except);
    const office = read(seats, seatIdOf(tenant, SUPERVISION_OFFICE));
    const isNeutral = successor !== undefined && !except.includes(successor);
    const deputy = aboutStaff.length ? holderOf(office, SUPERVISION_OFFICE, except) : duty;
    const to = isNeutral ? successor : deputy;
    if (to === from) return [];
    const at = occurredAt < receivedAt ? receivedAt : occurredAt;
    const because = wasPost ? 'post-held' : 'owner-left';
    const handedOver = TicketHandedOver(
      { ticketId, from, to, by, because, affectedId },
      { occurredAt: at },
    );
    return [write(tickets, ticketId, [handedOver])];
  },
});

const hasLeft = (read: Read, tenant: string, staff: string): boolean =>
  read(departures, departureIdOf(tenant, staff)).status === 'left';
