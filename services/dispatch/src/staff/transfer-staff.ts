import { STAFF_NUMBER, StaffTransferred, UNIT_PATH } from '@shouwen/contracts';
import { Command, Rejected, at, handlesAcross, write } from '@shouwen/engine';
import { Matches } from 'class-validator';
import { units } from '../unit/unit.js';
import { refuseInactive, staff } from './staff.js';

/** Moves somebody to another home unit. Roles and posts are changed on their own, so nothing is lost by mistake. */
export class TransferStaff extends Command {
  @Matches(STAFF_NUMBER) staff!: string;
  @Matches(UNIT_PATH) unit!: string;
}

export const transferStaff = handlesAcross({
  command: TransferStaff,
  stream: staff,
  reads: ({ staff: number, unit }) => [at(staff, number), at(units, unit)],
  decide: (read, { staff: number, unit }) => {
    const person = read(staff, number);
    refuseInactive(person, number, 'staff');
    if (read(units, unit).status === 'unknown')
      throw new Rejected('unit.not-found', `There is no unit ${unit}.`, 'unit');
    if (person.status !== 'active' || person.unit === unit) return [];
    return [write(staff, number, [StaffTransferred({ staff: number, from: person.unit, unit })])];
  },
});
