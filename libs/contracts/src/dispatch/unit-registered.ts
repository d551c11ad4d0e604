import { defineEvent, type EventFrom } from '@shouwen/engine';
import { IsIn, IsNotEmpty, IsOptional, IsString, Matches, MaxLength } from 'class-validator';
import { UTILITIES, type Utility } from '../utility.js';
import { UNIT_KINDS, UNIT_PATH, type UnitKind } from './unit-path.js';

class UnitRegisteredV1 {
  @Matches(UNIT_PATH) unit!: string;
  /** Absent for a group. */
  @IsOptional() @Matches(UNIT_PATH) parent?: string;
  @IsString() @IsNotEmpty() @MaxLength(80) name!: string;
  @IsString() @IsNotEmpty() @MaxLength(80) nameEn!: string;
  @IsIn(UNIT_KINDS) kind!: UnitKind;
  /** A company has one; a unit below it has its company's, unless it serves several. */
  @IsOptional() @IsIn(UTILITIES) utility?: Utility;
}

/** A unit joined the organisation tree. Sent once per unit by dispatch, parents before children. */
export const UnitRegistered = defineEvent({
  type: 'dispatch.unit-registered',
  version: 1,
  visibility: 'public',
  data: UnitRegisteredV1,
  key: 'unit',
  says: {
    en: 'The unit {nameEn} was added to the organisation.',
    zh: '组织机构中新增单位{name}。',
  },
});
export type UnitRegistered = EventFrom<typeof UnitRegistered>;
