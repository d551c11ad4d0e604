import {
  POST_NAME,
  POST_SEATS,
  PostHeld,
  PostVacated,
  STAFF_NUMBER,
  StaffAppointed,
  UNIT_PATH,
  type PostSeat,
} from '@shouwen/contracts';
import { Command, at, handlesAcross, write, type Written } from '@shouwen/engine';
import { IsIn, Matches } from 'class-validator';
import { isSameSeat, staff, type Seat, type Staff } from '../staff/staff.js';
import { posts, previousOf, type Seats } from './post.js';

/** Passes one seat of somebody who left to the successor. Sent by the reaction to their leaving only. */
export class HandOverPost extends Command {
  @Matches(UNIT_PATH) unit!: string;
  @Matches(POST_NAME) post!: string;
  @IsIn(POST_SEATS) as!: PostSeat;
  @Matches(STAFF_NUMBER) from!: string;
  @Matches(STAFF_NUMBER) to!: string;
}

export const handOverPost = handlesAcross({
  command: HandOverPost,
  stream: posts,
  reads: ({ unit, to }) => [at(posts, unit), at(staff, to)],
  decide: (read, { unit, post, as, from, to }) => {
    const before = read(posts, unit)[post] ?? {};
    // Somebody else was put there in the meantime: theirs is the newer word.
    if (before[as] !== from) return [];
    const successor = read(staff, to);
    const after = seatsAfter(before, as, successor.status === 'active' ? to : undefined);
    const { holder, ...deputy } = after;
    const rest = { post, unit, ...deputy, ...previousOf(before, after) };
    return [
      write(posts, unit, [holder ? PostHeld({ ...rest, holder }) : PostVacated(rest)]),
      ...appointed(successor, to, { unit, post, as: holder === to ? 'holder' : 'deputy' }),
    ];
  },
});

/** A successor who sits on the other seat already keeps the higher one only. */
function seatsAfter(before: Seats, as: PostSeat, successor: string | undefined): Seats {
  const taken = { ...before, [as]: successor };
  const { holder, deputy } = taken;
  return {
    ...(holder ? { holder } : {}),
    ...(deputy && deputy !== holder ? { deputy } : {}),
  };
}

/** The successor's own stream learns of the seat, unless it knows it. */
function appointed(successor: Staff, to: string, seat: Seat): readonly Written[] {
  if (successor.status !== 'active') return [];
  if (successor.seats.some((one) => isSameSeat(one, seat))) return [];
  return [write(staff, to, [StaffAppointed({ staff: to, ...seat })])];
}
