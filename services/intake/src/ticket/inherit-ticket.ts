import { IsNotEmpty, IsOptional, IsString, IsUUID } from 'class-validator';
import { at, Command, handlesAcross, write } from '@shouwen/engine';
import { TicketHandedOver } from '@shouwen/contracts';
import { DUTY_LEADER, holderOf, seatIdOf, seats, SUPERVISION_OFFICE } from '../seat/seat.js';
import { tickets } from './ticket.js';

/** Whoever answered for the ticket has left. Sent by a reaction only. */
export class InheritTicket extends Command {
  @IsUUID() ticketId!: string;
  @IsNotEmpty() @IsString() from!: string;
  @IsOptional() @IsString() successor?: string;
}

/**
 * To the successor; else, or where the matter names them, to the duty leader or the supervision office. A closed
 * ticket waits: when it is reopened it passes on then.
 */
export const inheritTicket = handlesAcross({
  command: InheritTicket,
  stream: tickets,
  reads: ({ ticketId }, { actor: { tenant } }) => [
    at(tickets, ticketId),
    at(seats, seatIdOf(tenant, DUTY_LEADER)),
    at(seats, seatIdOf(tenant, SUPERVISION_OFFICE)),
  ],
  decide(read, { ticketId, from, successor }, { actor: { tenant, number: by }, occurredAt }) {
    const ticket = read(tickets, ticketId);
    if (ticket.status !== 'open' || ticket.firstContactOwner !== from) return [];
    const { aboutStaff, affectedId, receivedAt } = ticket;
    const except = [...aboutStaff, from];
    const duty = holderOf(read(seats, seatIdOf(tenant, DUTY_LEADER)), DUTY_LEADER, except);
    const office = read(seats, seatIdOf(tenant, SUPERVISION_OFFICE));
    const isNeutral = successor !== undefined && !except.includes(successor);
    const deputy = aboutStaff.length ? holderOf(office, SUPERVISION_OFFICE, except) : duty;
    const to = isNeutral ? successor : deputy;
    if (to === from) return [];
    const at = occurredAt < receivedAt ? receivedAt : occurredAt;
    const handedOver = TicketHandedOver(
      { ticketId, from, to, by, because: 'owner-left', affectedId },
      { occurredAt: at },
    );
    return [write(tickets, ticketId, [handedOver])];
  },
});
