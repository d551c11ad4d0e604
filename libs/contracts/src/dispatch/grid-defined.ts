import { defineEvent, type EventFrom } from '@shouwen/engine';
import {
  IsArray,
  IsIn,
  IsNotEmpty,
  IsOptional,
  IsString,
  Matches,
  MaxLength,
} from 'class-validator';
import { UTILITIES, type Utility } from '../utility.js';
import { GRID_CODE, UNIT_PATH } from './unit-path.js';

/** What sort of place a grid is: standards that reckon with long ways tell them apart. */
export const ZONES = ['urban', 'rural', 'remote'] as const;
export type Zone = (typeof ZONES)[number];

class GridDefinedV1 {
  @Matches(GRID_CODE) gridCode!: string;
  @IsIn(UTILITIES) utility!: Utility;
  @IsString() @IsNotEmpty() @MaxLength(80) name!: string;
  /** Who works there, from the grid's first day. */
  @Matches(UNIT_PATH) unit!: string;
  /** Street or estate names that lie in the grid; an address that contains one belongs to it. */
  @IsArray() @IsString({ each: true }) streets!: string[];
  /** Absent: nobody said, and no standard may reckon with a long way. */
  @IsOptional() @IsIn(ZONES) zone?: Zone;
}

/** A service area of one utility, its streets and its unit. Sent again when name, streets or zone change. */
export const GridDefined = defineEvent({
  type: 'dispatch.grid-defined',
  version: 1,
  visibility: 'public',
  data: GridDefinedV1,
  key: 'gridCode',
  says: {
    en: 'The grid {name} ({gridCode}) belongs to {unit|unit}.',
    zh: '网格{name}（{gridCode}）由{unit|unit}负责。',
  },
});
export type GridDefined = EventFrom<typeof GridDefined>;
