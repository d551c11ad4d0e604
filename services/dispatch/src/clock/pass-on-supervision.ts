import { STAFF_NUMBER, TicketSupervised } from '@shouwen/contracts';
import { at, Command, handlesAcross, write } from '@shouwen/engine';
import { IsNotEmpty, IsString, IsUUID, Matches } from 'class-validator';
import { postsAbove } from '../post/post.js';
import { clocks } from './clock.js';
import { LINE_POSTS, tellsOf } from './tells.js';

/** Finds who has to be told that a ticket is supervised. Apart from the order, which cannot know the unit's posts. */
export class PassOnSupervision extends Command {
  @IsUUID() ticketId!: string;
  @Matches(STAFF_NUMBER) by!: string;
  @IsNotEmpty() @IsString() unit!: string;
}

export const passOnSupervision = handlesAcross({
  command: PassOnSupervision,
  stream: clocks,
  reads: ({ ticketId, unit }) => [at(clocks, ticketId), ...postsAbove(unit)],
  decide: (read, { ticketId, by, unit }) => {
    const clock = read(clocks, ticketId);
    if (clock.status === 'none') return [];
    const placed = { ...clock, matter: { ...clock.matter, unit } };
    const tells = tellsOf(read, placed, LINE_POSTS);
    return [write(clocks, ticketId, [TicketSupervised({ ...placed.matter, by, tells })])];
  },
});
