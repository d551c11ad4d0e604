import { defineEvent, type EventFrom } from '@shouwen/engine';
import { Type } from 'class-transformer';
import {
  IsIn,
  IsInt,
  IsOptional,
  IsString,
  IsUUID,
  Matches,
  Min,
  ValidateNested,
  IsISO8601,
} from 'class-validator';
import { UNIT_PATH } from './unit-path.js';
import { CARD_PLACES, type CardPlace, FileRef } from './work-order-terms.js';

class NoAccessRecordedV1 {
  @IsUUID() workOrderId!: string;
  @IsUUID(undefined, { each: true }) ticketIds!: string[];
  @Matches(UNIT_PATH) unit!: string;
  /** Staff number of whoever did it. */
  @IsString() by!: string;
  @IsISO8601({ strict: true }) leftAt!: string;
  @IsInt() @Min(0) waitedMinutes!: number;
  /** Where the card was left: in plain sight, never on the customer's door. */
  @IsIn(CARD_PLACES) cardPlace!: CardPlace;
  /** Whom the customer should call, as a data subject: `staff-<number>`. */
  @IsString() contactId!: string;
  @IsOptional() @IsString() contactPerson?: string;
  @IsOptional() @IsString() contactPhone?: string;
  @IsOptional() @ValidateNested() @Type(() => FileRef) photo?: FileRef;
}

/** Nobody let the crew in; they waited and left the re-appointment card. A new appointment follows. */
export const NoAccessRecorded = defineEvent({
  type: 'dispatch.no-access-recorded',
  version: 1,
  visibility: 'public',
  data: NoAccessRecordedV1,
  key: 'workOrderId',
  personal: { contactId: { contactPerson: 'name', contactPhone: 'phone' } },
  says: {
    en: 'Nobody let {unit|unit} in; after {waitedMinutes} minutes the re-appointment card was left.',
    zh: '客户不在，{unit|unit}等候{waitedMinutes}分钟后留下《客户再约通知单》。',
  },
});
export type NoAccessRecorded = EventFrom<typeof NoAccessRecorded>;
