import { defineEvent, type EventFrom } from '@shouwen/engine';
import { IsOptional, IsString, Matches } from 'class-validator';
import { STAFF_NUMBER } from './unit-path.js';

class StaffContactChangedV1 {
  @Matches(STAFF_NUMBER) staff!: string;
  @IsString() staffId!: string;
  /** Both come together: what is absent here is not known any more. */
  @IsOptional() @IsString() name?: string;
  @IsOptional() @IsString() phone?: string;
}

/** A staff member's name or telephone changed. */
export const StaffContactChanged = defineEvent({
  type: 'dispatch.staff-contact-changed',
  version: 1,
  visibility: 'public',
  data: StaffContactChangedV1,
  key: 'staff',
  personal: { staffId: { name: 'name', phone: 'phone' } },
  says: {
    en: 'The contact details of {staff} were changed.',
    zh: '员工{staff}的联系方式已更新。',
  },
});
export type StaffContactChanged = EventFrom<typeof StaffContactChanged>;
