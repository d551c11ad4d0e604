import { UNIT_PATH, UnitRenamed } from '@shouwen/contracts';
import { Command, Rejected, handles } from '@shouwen/engine';
import { IsNotEmpty, IsString, Matches, MaxLength } from 'class-validator';
import { units } from './unit.js';

/** Gives a unit other names; its path stays, because events refer to it. */
export class RenameUnit extends Command {
  @Matches(UNIT_PATH) unit!: string;
  @IsString() @IsNotEmpty() @MaxLength(80) name!: string;
  @IsString() @IsNotEmpty() @MaxLength(80) nameEn!: string;
}

export const renameUnit = handles(RenameUnit, units, (known, { unit, name, nameEn }) => {
  if (known.status === 'unknown')
    throw new Rejected('unit.not-found', `There is no unit ${unit}.`, 'unit');
  if (known.name === name && known.nameEn === nameEn) return [];
  return [UnitRenamed({ unit, name, nameEn })];
});
