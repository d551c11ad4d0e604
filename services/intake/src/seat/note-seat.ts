import { IsIn, IsNotEmpty, IsOptional, IsString } from 'class-validator';
import { at, Command, handlesAcross, write } from '@shouwen/engine';
import { SeatNoted } from '@shouwen/contracts';
import { DUTY_LEADER, seatIdOf, seats, SUPERVISION_OFFICE } from './seat.js';

/** Dispatch told who holds one of the posts that intake needs, or that nobody does. */
export class NoteSeat extends Command {
  @IsIn([SUPERVISION_OFFICE, DUTY_LEADER]) seatId!: string;
  @IsNotEmpty() @IsString() unit!: string;
  @IsOptional() @IsString() holder?: string;
  @IsOptional() @IsString() deputy?: string;
}

const depth = (unit: string): number => unit.split('/').filter(Boolean).length;

export const noteSeat = handlesAcross({
  command: NoteSeat,
  stream: seats,
  reads: ({ seatId }, { actor }) => [at(seats, seatIdOf(actor.tenant, seatId))],
  decide: (read, { seatId, unit, holder, deputy }, { actor }) => {
    const id = seatIdOf(actor.tenant, seatId);
    const seat = read(seats, id);
    if (seat.status === 'noted') {
      if (seat.unit === unit && seat.holder === holder && seat.deputy === deputy) return [];
      // Every unit may have such a post. The one nearest the top answers for the whole group.
      if (seat.unit !== unit && depth(seat.unit) <= depth(unit)) return [];
    }
    return [
      write(seats, id, [
        SeatNoted({ seatId, unit, ...(holder ? { holder } : {}), ...(deputy ? { deputy } : {}) }),
      ]),
    ];
  },
});
