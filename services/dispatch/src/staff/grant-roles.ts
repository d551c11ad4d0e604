import { STAFF_NUMBER, StaffGrant, StaffGranted } from '@shouwen/contracts';
import { Command, Rejected, at, handlesAcross, write } from '@shouwen/engine';
import { Type } from 'class-transformer';
import { ArrayMaxSize, IsArray, Matches, ValidateNested } from 'class-validator';
import { refuseBeyondReach, units } from '../unit/unit.js';
import { grantsAsText, refuseInactive, staff } from './staff.js';

/** Sets somebody's roles anew: what the list leaves out is taken away. */
export class GrantRoles extends Command {
  @Matches(STAFF_NUMBER) staff!: string;
  @IsArray()
  @ArrayMaxSize(50)
  @ValidateNested({ each: true })
  @Type(() => StaffGrant)
  grants!: StaffGrant[];
}

export const grantRoles = handlesAcross({
  command: GrantRoles,
  stream: staff,
  reads: ({ staff: number, grants }) => [
    at(staff, number),
    ...grants.map(({ unit }) => at(units, unit)),
  ],
  decide: (read, command, { actor }) => {
    const number = command.staff;
    const grants = command.grants.map(({ role, unit }) => ({ role, unit }));
    const person = read(staff, number);
    refuseInactive(person, number, 'staff');
    for (const { unit } of grants) {
      if (unit === '/') refuseBeyondReach(actor, unit);
      else if (read(units, unit).status === 'unknown')
        throw new Rejected('unit.not-found', `There is no unit ${unit}.`, 'grants');
    }
    if (person.status !== 'active' || grantsAsText(person.grants) === grantsAsText(grants))
      return [];
    for (const { unit } of person.grants) refuseBeyondReach(actor, unit);
    return [write(staff, number, [StaffGranted({ staff: number, grants })])];
  },
});
