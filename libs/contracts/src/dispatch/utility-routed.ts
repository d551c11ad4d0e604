import { defineEvent, type EventFrom } from '@shouwen/engine';
import { IsIn, IsOptional, Matches } from 'class-validator';
import { UTILITIES, type Utility } from '../utility.js';
import { TYPE_CODE, UNIT_PATH } from './unit-path.js';

class UtilityRoutedV1 {
  @IsIn(UTILITIES) utility!: Utility;
  @Matches(UNIT_PATH) unit!: string;
  /** Present: only work of this type, and wherever it is; it goes before the grid. */
  @IsOptional() @Matches(TYPE_CODE) typeCode?: string;
}

/** Where a utility's work goes when no grid says so, or where one type of it always goes. */
export const UtilityRouted = defineEvent({
  type: 'dispatch.utility-routed',
  version: 1,
  visibility: 'public',
  data: UtilityRoutedV1,
  key: 'utility',
  says: {
    en: 'Work of the utility {utility} goes to {unit|unit}.',
    zh: '{utility}类派工由{unit|unit}受理。',
  },
});
export type UtilityRouted = EventFrom<typeof UtilityRouted>;
