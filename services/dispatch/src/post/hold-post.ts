import {
  POST_NAME,
  PostHeld,
  STAFF_NUMBER,
  StaffAppointed,
  UNIT_PATH,
  type PostSeat,
} from '@shouwen/contracts';
import {
  Command,
  Rejected,
  at,
  handlesAcross,
  write,
  type Read,
  type Written,
} from '@shouwen/engine';
import { IsOptional, Matches } from 'class-validator';
import { isSameSeat, refuseInactive, staff } from '../staff/staff.js';
import { units } from '../unit/unit.js';
import { posts, previousOf } from './post.js';

/** Somebody takes a post of a unit. The person's own stream learns it in the same commit, so leaving can be refused. */
export class HoldPost extends Command {
  @Matches(UNIT_PATH) unit!: string;
  @Matches(POST_NAME) post!: string;
  @Matches(STAFF_NUMBER) holder!: string;
  /** Stands in for the holder. Absent: nobody does any more. */
  @IsOptional() @Matches(STAFF_NUMBER) deputy?: string;
}

export const holdPost = handlesAcross({
  command: HoldPost,
  stream: posts,
  reads: ({ unit, holder, deputy }) => [
    at(posts, unit),
    at(units, unit),
    at(staff, holder),
    ...(deputy ? [at(staff, deputy)] : []),
  ],
  decide: (read, { unit, post, holder, deputy }) => {
    refuseUnfit(read, { unit, holder, ...(deputy ? { deputy } : {}) });
    const before = read(posts, unit)[post] ?? {};
    if (before.holder === holder && before.deputy === deputy) return [];
    const after = { holder, ...(deputy ? { deputy } : {}) };
    return [
      write(posts, unit, [PostHeld({ post, unit, ...after, ...previousOf(before, after) })]),
      ...appointed(read, { unit, post, as: 'holder', person: holder }),
      ...(deputy ? appointed(read, { unit, post, as: 'deputy', person: deputy }) : []),
    ];
  },
});

function appointed(
  read: Read,
  seat: { unit: string; post: string; as: PostSeat; person: string },
): readonly Written[] {
  const { person: number, ...place } = seat;
  const person = read(staff, number);
  const hasIt = person.status === 'active' && person.seats.some((one) => isSameSeat(one, place));
  return hasIt ? [] : [write(staff, number, [StaffAppointed({ staff: number, ...place })])];
}

function refuseUnfit(read: Read, seats: { unit: string; holder: string; deputy?: string }): void {
  const { unit, holder, deputy } = seats;
  if (read(units, unit).status === 'unknown')
    throw new Rejected('unit.not-found', `There is no unit ${unit}.`, 'unit');
  if (holder === deputy)
    throw new Rejected('post.own-deputy', 'Nobody can be their own deputy.', 'deputy');
  refuseInactive(read(staff, holder), holder, 'holder');
  if (deputy) refuseInactive(read(staff, deputy), deputy, 'deputy');
}
