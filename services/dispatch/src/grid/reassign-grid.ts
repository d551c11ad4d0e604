import { GRID_CODE, GridReassigned, UNIT_PATH } from '@shouwen/contracts';
import { Command, Rejected, at, handlesAcross, write } from '@shouwen/engine';
import { IsISO8601, Matches } from 'class-validator';
import { units } from '../unit/unit.js';
import { grids, unitOfGrid } from './grid.js';

/** Passes a grid to another unit from an instant on; work issued before stays where it is. */
export class ReassignGrid extends Command {
  @Matches(GRID_CODE) gridCode!: string;
  @Matches(UNIT_PATH) unit!: string;
  @IsISO8601({ strict: true }) from!: string;
}

export const reassignGrid = handlesAcross({
  command: ReassignGrid,
  stream: grids,
  reads: ({ gridCode, unit }) => [at(grids, gridCode), at(units, unit)],
  decide: (read, command) => {
    const { gridCode, unit } = command;
    const from = new Date(command.from).toISOString();
    const grid = read(grids, gridCode);
    if (grid.status === 'unknown')
      throw new Rejected('grid.not-found', `There is no grid ${gridCode}.`, 'gridCode');
    const place = read(units, unit);
    if (place.status === 'unknown')
      throw new Rejected('unit.not-found', `There is no unit ${unit}.`, 'unit');
    if (place.utility !== null && place.utility !== grid.utility)
      throw new Rejected('unit.other-utility', `${unit} serves ${place.utility}.`, 'unit');
    if (unitOfGrid(grid, from) === unit) return [];
    return [write(grids, gridCode, [GridReassigned({ gridCode, unit, from })])];
  },
});
