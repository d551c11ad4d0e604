// A post whose holder may have to answer for a ticket: the supervision office and the duty leader.
//
//   none ──noted──▶ noted ──noted──▶ noted …
//
// Dispatch owns the organisation; this is intake's own record of what dispatch told, so that deciders can read it.
import { defineStream } from '@shouwen/engine';
import { SeatNoted } from '@shouwen/contracts';

/** Takes complaints about staff where the person named would have been first-contact owner. */
export const SUPERVISION_OFFICE = 'supervision-office';
/** Answers for what came by machine until a person takes it. */
export const DUTY_LEADER = 'duty-leader';

/** Ladders name many posts; these are the ones that intake decides by. */
export const isNeededSeat = (post: string): boolean =>
  post === SUPERVISION_OFFICE || post === DUTY_LEADER;

export type Seat =
  | { readonly status: 'none' }
  | {
      readonly status: 'noted';
      readonly unit: string;
      readonly holder?: string;
      readonly deputy?: string;
    };

export const seats = defineStream<Seat, SeatNoted>({
  name: 'seat',
  events: [SeatNoted],
  initial: { status: 'none' },
  evolve: (_seat, { data: { unit, holder, deputy } }) => ({
    status: 'noted',
    unit,
    ...(holder ? { holder } : {}),
    ...(deputy ? { deputy } : {}),
  }),
});

/** Tenants share a log; their posts must not meet. */
export const seatIdOf = (tenant: string, post: string): string => `${tenant}:${post}`;

/** Who answers there: the holder, else the deputy. */
export const sitterOf = ({ holder, deputy }: { holder?: string; deputy?: string }) =>
  holder ?? deputy;

/** Whether this person sits there, as holder or as deputy. */
export const isHeldBy = (seat: Seat, staff: string): boolean =>
  seat.status === 'noted' && (seat.holder === staff || seat.deputy === staff);

/**
 * Who sits there and is none of `except`. A matter is never left without an owner: where nobody is known or all are
 * named in it, the post itself stands for the person.
 */
export function holderOf(seat: Seat, post: string, except: readonly string[] = []): string {
  if (seat.status === 'none') return post;
  return [seat.holder, seat.deputy].find((one) => one && !except.includes(one)) ?? post;
}
