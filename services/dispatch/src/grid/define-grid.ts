import {
  GRID_CODE,
  GridDefined,
  UNIT_PATH,
  UTILITIES,
  type Utility,
  ZONES,
  type Zone,
} from '@shouwen/contracts';
import { Command, Rejected, at, handlesAcross, write } from '@shouwen/engine';
import {
  ArrayMaxSize,
  IsArray,
  IsIn,
  IsNotEmpty,
  IsOptional,
  IsString,
  Matches,
  MaxLength,
} from 'class-validator';
import { units } from '../unit/unit.js';
import { grids, unitOfGrid } from './grid.js';

/** Draws a service area, or corrects its name, streets and zone. */
export class DefineGrid extends Command {
  @Matches(GRID_CODE) gridCode!: string;
  @IsIn(UTILITIES) utility!: Utility;
  @IsString() @IsNotEmpty() @MaxLength(80) name!: string;
  @Matches(UNIT_PATH) unit!: string;
  /** Street and estate names that lie in it. */
  @IsOptional()
  @IsArray()
  @ArrayMaxSize(500)
  @IsString({ each: true })
  @IsNotEmpty({ each: true })
  @MaxLength(80, { each: true })
  streets?: string[];
  /** What sort of place it is; absent: no standard reckons with a long way there. */
  @IsOptional() @IsIn(ZONES) zone?: Zone;
}

export const defineGrid = handlesAcross({
  command: DefineGrid,
  stream: grids,
  reads: ({ gridCode, unit }) => [at(grids, gridCode), at(units, unit)],
  decide: (read, command, { occurredAt }) => {
    const { gridCode, utility, name, unit, streets = [], zone } = command;
    const place = read(units, unit);
    if (place.status === 'unknown')
      throw new Rejected('unit.not-found', `There is no unit ${unit}.`, 'unit');
    if (place.utility !== null && place.utility !== utility)
      throw new Rejected('unit.other-utility', `${unit} serves ${place.utility}.`, 'unit');
    const grid = read(grids, gridCode);
    if (grid.status === 'defined') {
      if (grid.utility !== utility)
        throw new Rejected('grid.other-utility', `${gridCode} is a grid of ${grid.utility}.`);
      if (unitOfGrid(grid, occurredAt) !== unit)
        throw new Rejected(
          'grid.already-defined',
          `${gridCode} belongs to ${unitOfGrid(grid, occurredAt)}; reassign it from a date instead.`,
          'unit',
        );
      const isSameArea = grid.name === name && grid.streets.join('\n') === streets.join('\n');
      if (isSameArea && grid.zone === zone) return [];
    }
    return [
      write(grids, gridCode, [
        GridDefined({
          ...{ gridCode, utility, name, unit, streets: [...streets] },
          ...(zone ? { zone } : {}),
        }),
      ]),
    ];
  },
});
