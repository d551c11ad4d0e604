import { STAFF_NUMBER, StaffContactChanged } from '@shouwen/contracts';
import { Command, handles } from '@shouwen/engine';
import { IsNotEmpty, IsOptional, IsString, Matches, MaxLength } from 'class-validator';
import { refuseInactive, staff, subjectOf } from './staff.js';

/**
 * Gives somebody another name or telephone. What they are now is sealed, so the same details told twice with
 * different keys are recorded twice; nothing follows from them.
 */
export class ChangeStaffContact extends Command {
  @Matches(STAFF_NUMBER) staff!: string;
  @IsOptional() @IsString() @IsNotEmpty() @MaxLength(80) name?: string;
  @IsOptional() @IsString() @IsNotEmpty() @MaxLength(40) phone?: string;
}

export const changeStaffContact = handles(ChangeStaffContact, staff, (person, command) => {
  const { staff: number, name, phone } = command;
  refuseInactive(person, number, 'staff');
  return [
    StaffContactChanged({
      staff: number,
      staffId: subjectOf(number),
      ...(name ? { name } : {}),
      ...(phone ? { phone } : {}),
    }),
  ];
});
