import { defineEvent, type EventFrom } from '@shouwen/engine';
import { Type } from 'class-transformer';
import { IsArray, IsIn, IsOptional, Matches, ValidateNested } from 'class-validator';
import { POST_SEATS, type PostSeat } from './staff-appointed.js';
import { POST_NAME, STAFF_NUMBER, UNIT_PATH } from './unit-path.js';

/** A post that somebody leaves behind. */
export class SeatLeft {
  @Matches(UNIT_PATH) unit!: string;
  @Matches(POST_NAME) post!: string;
  @IsIn(POST_SEATS) as!: PostSeat;
}

class StaffLeftV1 {
  @Matches(STAFF_NUMBER) staff!: string;
  /** Their last home unit: what nobody succeeds to falls to its duty seat. */
  @Matches(UNIT_PATH) unit!: string;
  /** Who takes over posts and tickets. Absent only where no post was held. */
  @IsOptional() @Matches(STAFF_NUMBER) successor?: string;
  @IsArray() @ValidateNested({ each: true }) @Type(() => SeatLeft) posts!: SeatLeft[];
}

/** Somebody works here no more. Every service hands what was theirs to the successor, or to the duty seat. */
export const StaffLeft = defineEvent({
  type: 'dispatch.staff-left',
  version: 1,
  visibility: 'public',
  data: StaffLeftV1,
  key: 'staff',
  says: { en: 'Staff member {staff} left {unit|unit}.', zh: '员工{staff}离开{unit|unit}。' },
});
export type StaffLeft = EventFrom<typeof StaffLeft>;
