import { defineEvent, type EventFrom } from '@shouwen/engine';
import { IsNotEmpty, IsString, Matches, MaxLength } from 'class-validator';
import { UNIT_PATH } from './unit-path.js';

class UnitRenamedV1 {
  @Matches(UNIT_PATH) unit!: string;
  @IsString() @IsNotEmpty() @MaxLength(80) name!: string;
  @IsString() @IsNotEmpty() @MaxLength(80) nameEn!: string;
}

/** A unit goes by another name; its place in the tree stays. */
export const UnitRenamed = defineEvent({
  type: 'dispatch.unit-renamed',
  version: 1,
  visibility: 'public',
  data: UnitRenamedV1,
  key: 'unit',
  says: { en: 'The unit is now called {nameEn}.', zh: '单位更名为{name}。' },
});
export type UnitRenamed = EventFrom<typeof UnitRenamed>;
