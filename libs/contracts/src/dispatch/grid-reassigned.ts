import { defineEvent, type EventFrom } from '@shouwen/engine';
import { IsISO8601, Matches } from 'class-validator';
import { GRID_CODE, UNIT_PATH } from './unit-path.js';

class GridReassignedV1 {
  @Matches(GRID_CODE) gridCode!: string;
  @Matches(UNIT_PATH) unit!: string;
  /** First instant at which the new unit answers for the grid; work issued before stays where it is. */
  @IsISO8601({ strict: true }) from!: string;
}

/** A grid passes to another unit on a date. */
export const GridReassigned = defineEvent({
  type: 'dispatch.grid-reassigned',
  version: 1,
  visibility: 'public',
  data: GridReassignedV1,
  key: 'gridCode',
  says: {
    en: 'The grid {gridCode} belongs to {unit|unit} from {from|date}.',
    zh: '网格{gridCode}自{from|date}起由{unit|unit}负责。',
  },
});
export type GridReassigned = EventFrom<typeof GridReassigned>;
