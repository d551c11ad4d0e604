import { IsNotEmpty, IsString } from 'class-validator';
import { defineEvent, type EventFrom } from '@shouwen/engine';

class ReturnNotedV1 {
  @IsNotEmpty() @IsString() departureId!: string;
  @IsNotEmpty() @IsString() owner!: string;
}

/** Somebody who had left works here again. Noted by intake when dispatch tells. */
export const ReturnNoted = defineEvent({
  type: 'intake.return-noted',
  version: 1,
  visibility: 'service',
  data: ReturnNotedV1,
  key: 'departureId',
  says: {
    en: 'Intake noted that {owner|staff} is back.',
    zh: '受理系统已记录：{owner|staff} 返岗。',
  },
});
export type ReturnNoted = EventFrom<typeof ReturnNoted>;
