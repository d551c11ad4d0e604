import { defineEvent, type EventFrom } from '@shouwen/engine';
import { Type } from 'class-transformer';
import {
  IsArray,
  IsInt,
  IsOptional,
  IsString,
  IsUUID,
  Matches,
  Min,
  ValidateNested,
} from 'class-validator';
import { UNIT_PATH } from './unit-path.js';
import { Told } from './deadline-fact.js';

class ChasePassedOnV1 {
  @IsUUID() workOrderId!: string;
  @IsUUID(undefined, { each: true }) ticketIds!: string[];
  @IsUUID() ticketId!: string;
  /** Ticket number for people, for the message to those who work on it. */
  @IsOptional() @IsString() number?: string;
  @Matches(UNIT_PATH) unit!: string;
  @IsInt() @Min(1) count!: number;
  @IsArray() @ValidateNested({ each: true }) @Type(() => Told) tells!: Told[];
}

/** Who has to be told that a customer presses: the posts nearest to the job, as held at that moment. */
export const ChasePassedOn = defineEvent({
  type: 'dispatch.chase-passed-on',
  version: 1,
  visibility: 'public',
  data: ChasePassedOnV1,
  key: 'workOrderId',
  says: {
    en: '{unit|unit} was told that the customer presses.',
    zh: '已将客户催办转告{unit|unit}。',
  },
});
export type ChasePassedOn = EventFrom<typeof ChasePassedOn>;
