import { IsIn, IsNotEmpty, IsOptional, IsString, IsUUID } from 'class-validator';
import { defineEvent, type EventFrom } from '@shouwen/engine';

/** How the work on site ended for the customer. */
export const WORK_OUTCOMES = ['restored', 'answered', 'customer-side', 'not-restored'] as const;
export type WorkOutcome = (typeof WORK_OUTCOMES)[number];

class WorkResultRecordedV1 {
  @IsUUID() ticketId!: string;
  @IsUUID() workOrderId!: string;
  @IsIn(WORK_OUTCOMES) outcome!: WorkOutcome;
  /** Whether the customer signed the work sheet; `refused` has a witness in dispatch's own event. */
  @IsOptional() @IsIn(['signed', 'refused', 'not-asked']) signature?:
    'signed' | 'refused' | 'not-asked';
  /** Who reported the work finished: may not call the customer back about it. */
  @IsNotEmpty() @IsString() by!: string;
  /** Crew or station that did it. */
  @IsOptional() @IsString() unit?: string;
}

/** The field reported its work on a ticket finished. Sent by intake for each ticket of the finished work order. */
export const WorkResultRecorded = defineEvent({
  type: 'intake.work-result-recorded',
  version: 1,
  visibility: 'public',
  data: WorkResultRecordedV1,
  key: 'ticketId',
  says: {
    en: 'The work on site is finished: {outcome}, reported by {by|staff}.',
    zh: '现场工作已完成：{outcome}，由 {by|staff} 上报。',
  },
});
export type WorkResultRecorded = EventFrom<typeof WorkResultRecorded>;
