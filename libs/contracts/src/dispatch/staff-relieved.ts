import { defineEvent, type EventFrom } from '@shouwen/engine';
import { IsIn, Matches } from 'class-validator';
import { POST_SEATS, type PostSeat } from './staff-appointed.js';
import { POST_NAME, STAFF_NUMBER, UNIT_PATH } from './unit-path.js';

class StaffRelievedV1 {
  @Matches(STAFF_NUMBER) staff!: string;
  @Matches(POST_NAME) post!: string;
  @Matches(UNIT_PATH) unit!: string;
  @IsIn(POST_SEATS) as!: PostSeat;
}

/** The person's side of a post given up. */
export const StaffRelieved = defineEvent({
  type: 'dispatch.staff-relieved',
  version: 1,
  visibility: 'service',
  data: StaffRelievedV1,
  key: 'staff',
  says: {
    en: 'Staff member {staff} gave up the post {post} in {unit|unit}.',
    zh: '员工{staff}不再担任{unit|unit}的岗位{post}。',
  },
});
export type StaffRelieved = EventFrom<typeof StaffRelieved>;
