import { when } from '@shouwen/engine';
import { PostHeld } from '@shouwen/contracts';
import { NoteSeat } from '../seat/note-seat.js';
import { isNeededSeat } from '../seat/seat.js';

export const noteSeatWhenPostHeld = when(
  PostHeld,
  'note-seat-when-post-held',
  ({ data: { post, unit, holder, deputy } }) =>
    isNeededSeat(post)
      ? [NoteSeat.of({ seatId: post, unit, holder, ...(deputy ? { deputy } : {}) })]
      : [],
);
