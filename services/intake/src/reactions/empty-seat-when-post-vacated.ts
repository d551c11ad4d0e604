import { when } from '@shouwen/engine';
import { PostVacated } from '@shouwen/contracts';
import { NoteSeat } from '../seat/note-seat.js';
import { isNeededSeat } from '../seat/seat.js';

/** Without this, complaints about staff would go on being given to somebody who has left. */
export const emptySeatWhenPostVacated = when(
  PostVacated,
  'empty-seat-when-post-vacated',
  ({ data: { post, unit, deputy } }) =>
    isNeededSeat(post) ? [NoteSeat.of({ seatId: post, unit, ...(deputy ? { deputy } : {}) })] : [],
);
