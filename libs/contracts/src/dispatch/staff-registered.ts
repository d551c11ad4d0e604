import { defineEvent, type EventFrom } from '@shouwen/engine';
import { Type } from 'class-transformer';
import { IsArray, IsOptional, IsString, Matches, ValidateNested } from 'class-validator';
import { StaffGrant } from './staff-grant.js';
import { STAFF_NUMBER, UNIT_PATH } from './unit-path.js';

class StaffRegisteredV1 {
  @Matches(STAFF_NUMBER) staff!: string;
  /** The person as a data subject: `staff-<number>`. */
  @IsString() staffId!: string;
  @IsOptional() @IsString() name?: string;
  @IsOptional() @IsString() phone?: string;
  /** Home unit. */
  @Matches(UNIT_PATH) unit!: string;
  @IsArray() @ValidateNested({ each: true }) @Type(() => StaffGrant) grants!: StaffGrant[];
}

/** Somebody works here, with these roles in these units. Sent by dispatch when they join or come back. */
export const StaffRegistered = defineEvent({
  type: 'dispatch.staff-registered',
  version: 1,
  visibility: 'public',
  data: StaffRegisteredV1,
  key: 'staff',
  personal: { staffId: { name: 'name', phone: 'phone' } },
  says: {
    en: 'Staff member {staff} joined {unit|unit}.',
    zh: '员工{staff}加入{unit|unit}。',
  },
});
export type StaffRegistered = EventFrom<typeof StaffRegistered>;
