import { StaffLeft } from '@shouwen/contracts';
import { when } from '@shouwen/engine';
import { HandOverPost } from '../post/hand-over-post.js';

/** Nothing is left without somebody: every seat passes to the successor. */
export const handOverPostsWhenStaffLeft = when(
  StaffLeft,
  'hand-over-posts-when-staff-left',
  ({ data: { staff: from, successor: to, posts } }) =>
    to ? posts.map(({ unit, post, as }) => HandOverPost.of({ unit, post, as, from, to })) : [],
);
