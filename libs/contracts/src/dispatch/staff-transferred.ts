import { defineEvent, type EventFrom } from '@shouwen/engine';
import { Matches } from 'class-validator';
import { STAFF_NUMBER, UNIT_PATH } from './unit-path.js';

class StaffTransferredV1 {
  @Matches(STAFF_NUMBER) staff!: string;
  @Matches(UNIT_PATH) from!: string;
  @Matches(UNIT_PATH) unit!: string;
}

/** A staff member's home unit is another one; roles and posts stay until they are changed. */
export const StaffTransferred = defineEvent({
  type: 'dispatch.staff-transferred',
  version: 1,
  visibility: 'public',
  data: StaffTransferredV1,
  key: 'staff',
  says: {
    en: 'Staff member {staff} moved from {from|unit} to {unit|unit}.',
    zh: '员工{staff}由{from|unit}调至{unit|unit}。',
  },
});
export type StaffTransferred = EventFrom<typeof StaffTransferred>;
