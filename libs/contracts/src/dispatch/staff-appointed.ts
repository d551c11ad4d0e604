import { defineEvent, type EventFrom } from '@shouwen/engine';
import { IsIn, Matches } from 'class-validator';
import { POST_NAME, STAFF_NUMBER, UNIT_PATH } from './unit-path.js';

/** How somebody stands to a post. */
export const POST_SEATS = ['holder', 'deputy'] as const;
export type PostSeat = (typeof POST_SEATS)[number];

class StaffAppointedV1 {
  @Matches(STAFF_NUMBER) staff!: string;
  @Matches(POST_NAME) post!: string;
  @Matches(UNIT_PATH) unit!: string;
  @IsIn(POST_SEATS) as!: PostSeat;
}

/** The person's side of a post taken; committed together with the post's own event, so leaving can be refused. */
export const StaffAppointed = defineEvent({
  type: 'dispatch.staff-appointed',
  version: 1,
  visibility: 'service',
  data: StaffAppointedV1,
  key: 'staff',
  says: {
    en: 'Staff member {staff} took the post {post} in {unit|unit}.',
    zh: '员工{staff}出任{unit|unit}的岗位{post}。',
  },
});
export type StaffAppointed = EventFrom<typeof StaffAppointed>;
