import { defineEvent, type EventFrom } from '@shouwen/engine';
import { Type } from 'class-transformer';
import {
  IsArray,
  IsBoolean,
  IsIn,
  IsOptional,
  IsString,
  IsUUID,
  Matches,
  ValidateNested,
  IsISO8601,
} from 'class-validator';
import { UNIT_PATH } from './unit-path.js';
import { OUTCOMES, type Outcome, SIGNATURES, type Signature, FileRef } from './work-order-terms.js';

/** What must be so before gas flows again after a danger. */
export class GasResupply {
  /** Somebody of the household, or who answers for the place. */
  @IsBoolean() isSomebodyPresent!: boolean;
  /** The test of tightness was passed. */
  @IsBoolean() isTight!: boolean;
  /** Pipes and appliances were checked after it. */
  @IsBoolean() isChecked!: boolean;
}

class WorkFinishedV1 {
  @IsUUID() workOrderId!: string;
  @IsUUID(undefined, { each: true }) ticketIds!: string[];
  @Matches(UNIT_PATH) unit!: string;
  /** Staff number of whoever did it. */
  @IsString() by!: string;
  @IsISO8601({ strict: true }) finishedAt!: string;
  @IsIn(OUTCOMES) outcome!: Outcome;
  @IsIn(SIGNATURES) signature!: Signature;
  @IsString() affectedId!: string;
  /** What was found and done, and what the customer still has to do. */
  @IsOptional() @IsString() result?: string;
  /** Why the customer would not sign. */
  @IsOptional() @IsString() refusedBecause?: string;
  /** The witness of a refusal as a data subject: `witness-<workOrderId>`. */
  @IsOptional() @IsString() witnessId?: string;
  @IsOptional() @IsString() witness?: string;
  /** Present where gas flows again after a danger. */
  @IsOptional() @ValidateNested() @Type(() => GasResupply) resupply?: GasResupply;
  @IsOptional() @IsArray() @ValidateNested({ each: true }) @Type(() => FileRef) photos?: FileRef[];
}

/** The job is done, with its outcome. Intake makes it the result of every ticket named here. */
export const WorkFinished = defineEvent({
  type: 'dispatch.work-finished',
  version: 1,
  visibility: 'public',
  data: WorkFinishedV1,
  key: 'workOrderId',
  personal: {
    affectedId: { result: 'text', refusedBecause: 'text' },
    witnessId: { witness: 'name' },
  },
  says: {
    en: '{unit|unit} finished the work: {outcome}.',
    zh: '{unit|unit}已完工，结果：{outcome}。',
  },
});
export type WorkFinished = EventFrom<typeof WorkFinished>;
