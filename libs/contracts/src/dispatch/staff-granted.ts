import { defineEvent, type EventFrom } from '@shouwen/engine';
import { Type } from 'class-transformer';
import { IsArray, Matches, ValidateNested } from 'class-validator';
import { StaffGrant } from './staff-grant.js';
import { STAFF_NUMBER } from './unit-path.js';

class StaffGrantedV1 {
  @Matches(STAFF_NUMBER) staff!: string;
  /** All of them: what is not listed is withdrawn. */
  @IsArray() @ValidateNested({ each: true }) @Type(() => StaffGrant) grants!: StaffGrant[];
}

/** A staff member's roles were set anew. */
export const StaffGranted = defineEvent({
  type: 'dispatch.staff-granted',
  version: 1,
  visibility: 'public',
  data: StaffGrantedV1,
  key: 'staff',
  says: { en: 'The roles of {staff} were set anew.', zh: '员工{staff}的角色权限已重新设定。' },
});
export type StaffGranted = EventFrom<typeof StaffGranted>;
