import { IsNotEmpty, IsOptional, IsString } from 'class-validator';
import { defineEvent, type EventFrom } from '@shouwen/engine';

class SeatNotedV1 {
  /** Name of the post, e.g. `supervision-office`. */
  @IsNotEmpty() @IsString() seatId!: string;
  @IsNotEmpty() @IsString() unit!: string;
  /** Absent: nobody holds it. */
  @IsOptional() @IsString() holder?: string;
  @IsOptional() @IsString() deputy?: string;
}

/** Who holds a post that may become first-contact owner. Recorded by intake when dispatch tells, to decide by it. */
export const SeatNoted = defineEvent({
  type: 'intake.seat-noted',
  version: 1,
  visibility: 'service',
  data: SeatNotedV1,
  key: 'seatId',
  says: {
    en: 'Intake noted {holder|staff} as holder of the post {seatId} in {unit|unit}.',
    zh: '受理系统已记录：{unit|unit} 的 {seatId} 岗位由 {holder|staff} 担任。',
  },
});
export type SeatNoted = EventFrom<typeof SeatNoted>;
