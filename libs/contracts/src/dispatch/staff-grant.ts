import { IsNotEmpty, IsString, Matches, MaxLength } from 'class-validator';
import { UNIT_PATH } from './unit-path.js';

/** A role held in a unit and everything below it, as events carry it. */
export class StaffGrant {
  @IsString() @IsNotEmpty() @MaxLength(40) role!: string;
  @Matches(UNIT_PATH) unit!: string;
}
