import { defineEvent, type EventFrom } from '@shouwen/engine';
import { IsISO8601, IsString, IsUUID, Matches } from 'class-validator';
import { UNIT_PATH } from './unit-path.js';

class VisitAppointedV1 {
  @IsUUID() workOrderId!: string;
  @IsUUID(undefined, { each: true }) ticketIds!: string[];
  @Matches(UNIT_PATH) unit!: string;
  @IsISO8601({ strict: true }) from!: string;
  @IsISO8601({ strict: true }) to!: string;
  /** Staff number of whoever did it. */
  @IsString() by!: string;
}

/** The customer chose a slot; it replaces the limit for arrival. The newest one counts. */
export const VisitAppointed = defineEvent({
  type: 'dispatch.visit-appointed',
  version: 1,
  visibility: 'public',
  data: VisitAppointedV1,
  key: 'workOrderId',
  says: {
    en: 'A visit was agreed between {from|date} and {to|date}.',
    zh: '已与客户约定上门时间：{from|date}至{to|date}。',
  },
});
export type VisitAppointed = EventFrom<typeof VisitAppointed>;
