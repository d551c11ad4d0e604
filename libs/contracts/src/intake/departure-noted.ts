import { IsNotEmpty, IsOptional, IsString } from 'class-validator';
import { defineEvent, type EventFrom } from '@shouwen/engine';

class DepartureNotedV1 {
  @IsNotEmpty() @IsString() departureId!: string;
  @IsNotEmpty() @IsString() owner!: string;
  @IsOptional() @IsString() successor?: string;
}

/** Somebody works here no more. Noted by intake when dispatch tells, so that no ticket is given to them. */
export const DepartureNoted = defineEvent({
  type: 'intake.departure-noted',
  version: 1,
  visibility: 'service',
  data: DepartureNotedV1,
  key: 'departureId',
  says: {
    en: 'Intake noted that {owner|staff} left; {successor|staff} follows.',
    zh: '受理系统已记录：{owner|staff} 离岗，由 {successor|staff} 接替。',
  },
});
export type DepartureNoted = EventFrom<typeof DepartureNoted>;
