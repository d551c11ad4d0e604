import { IsBoolean, IsIn, IsNotEmpty, IsOptional, IsString, IsUUID } from 'class-validator';
import { defineEvent, type EventFrom } from '@shouwen/engine';
import { IMPOSSIBLE_REASONS, RATINGS, type ImpossibleReason, type Rating } from './vocabulary.js';

class CallbackRecordedV1 {
  @IsUUID() ticketId!: string;
  @IsNotEmpty() @IsString() by!: string;
  @IsBoolean() isReached!: boolean;
  @IsOptional() @IsBoolean() isSatisfied?: boolean;
  @IsOptional() @IsIn(RATINGS) attitude?: Rating;
  @IsOptional() @IsIn(RATINGS) workQuality?: Rating;
  @IsOptional() @IsIn(RATINGS) timeliness?: Rating;
  @IsOptional() @IsIn(RATINGS) result?: Rating;
  @IsOptional() @IsIn(IMPOSSIBLE_REASONS) impossibleBecause?: ImpossibleReason;
  @IsNotEmpty() @IsString() affectedId!: string;
  /** The fifth question: what the customer would have us do better. */
  @IsOptional() @IsString() suggestions?: string;
}

/** The customer was asked afterwards, or could not be. Sent by intake for every attempt. */
export const CallbackRecorded = defineEvent({
  type: 'intake.callback-recorded',
  version: 1,
  visibility: 'public',
  data: CallbackRecordedV1,
  key: 'ticketId',
  personal: { affectedId: { suggestions: 'text' } },
  says: {
    en: '{by|staff} called the customer back (reached: {isReached}, satisfied: {isSatisfied}).',
    zh: '{by|staff} 进行了回访（接通：{isReached}，满意：{isSatisfied}）。',
  },
});
export type CallbackRecorded = EventFrom<typeof CallbackRecorded>;
