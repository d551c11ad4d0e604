import { POST_NAME, POST_SEATS, STAFF_NUMBER, StaffRelieved, UNIT_PATH } from '@shouwen/contracts';
import type { PostSeat } from '@shouwen/contracts';
import { Command, at, handlesAcross, write } from '@shouwen/engine';
import { IsIn, Matches } from 'class-validator';
import { posts } from '../post/post.js';
import { isSameSeat, staff } from './staff.js';

/** Takes note on the person's side that a post went to somebody else. Sent by the reaction to the post only. */
export class RelieveStaff extends Command {
  @Matches(STAFF_NUMBER) staff!: string;
  @Matches(UNIT_PATH) unit!: string;
  @Matches(POST_NAME) post!: string;
  @IsIn(POST_SEATS) as!: PostSeat;
}

export const relieveStaff = handlesAcross({
  command: RelieveStaff,
  stream: staff,
  reads: ({ staff: number, unit }) => [at(staff, number), at(posts, unit)],
  decide: (read, { staff: number, unit, post, as }) => {
    // They may have got the seat back before this arrived.
    if (read(posts, unit)[post]?.[as] === number) return [];
    const person = read(staff, number);
    const seat = { unit, post, as };
    if (person.status !== 'active' || !person.seats.some((one) => isSameSeat(one, seat))) return [];
    return [write(staff, number, [StaffRelieved({ staff: number, ...seat })])];
  },
});
