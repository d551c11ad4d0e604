import { STAFF_NUMBER, StaffGrant, StaffRegistered, UNIT_PATH } from '@shouwen/contracts';
import { Command, Rejected, at, handlesAcross, write, type Read } from '@shouwen/engine';
import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  IsArray,
  IsNotEmpty,
  IsOptional,
  IsString,
  Matches,
  MaxLength,
  ValidateNested,
} from 'class-validator';
import { refuseBeyondReach, units } from '../unit/unit.js';
import { grantsAsText, staff, subjectOf } from './staff.js';

/** Somebody joins, or comes back. Who gives a role must hold administrator where the role will hold. */
export class RegisterStaff extends Command {
  @Matches(STAFF_NUMBER) staff!: string;
  @IsOptional() @IsString() @IsNotEmpty() @MaxLength(80) name?: string;
  @IsOptional() @IsString() @IsNotEmpty() @MaxLength(40) phone?: string;
  @Matches(UNIT_PATH) unit!: string;
  @IsArray()
  @ArrayMaxSize(50)
  @ValidateNested({ each: true })
  @Type(() => StaffGrant)
  grants!: StaffGrant[];
}

export const registerStaff = handlesAcross({
  command: RegisterStaff,
  stream: staff,
  reads: ({ staff: number, unit, grants }) => [
    at(staff, number),
    ...[unit, ...grants.map((grant) => grant.unit)].map((path) => at(units, path)),
  ],
  decide: (read, command, { actor }) => {
    const { staff: number, name, phone, unit } = command;
    const grants = command.grants.map((grant) => ({ role: grant.role, unit: grant.unit }));
    refuseUnknownUnits(read, [unit, ...grants.map((grant) => grant.unit)]);
    if ([unit, ...grants.map((grant) => grant.unit)].includes('/')) refuseBeyondReach(actor, '/');
    const known = read(staff, number);
    if (known.status === 'active') {
      if (known.unit === unit && grantsAsText(known.grants) === grantsAsText(grants)) return [];
      throw new Rejected(
        'staff.already-registered',
        `${number} works here already; transfer them or set their roles instead.`,
      );
    }
    return [
      write(staff, number, [
        StaffRegistered({
          staff: number,
          staffId: subjectOf(number),
          unit,
          grants,
          ...(name ? { name } : {}),
          ...(phone ? { phone } : {}),
        }),
      ]),
    ];
  },
});

/** `/` has no stream: whoever looks after the whole installation belongs there. */
function refuseUnknownUnits(read: Read, paths: readonly string[]): void {
  const missing = paths.find((path) => path !== '/' && read(units, path).status === 'unknown');
  if (missing) throw new Rejected('unit.not-found', `There is no unit ${missing}.`, 'unit');
}
