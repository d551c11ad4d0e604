import { defineEvent, type EventFrom } from '@shouwen/engine';
import { IsString, IsUUID, Matches, IsISO8601 } from 'class-validator';
import { UNIT_PATH } from './unit-path.js';

class CrewArrivedV1 {
  @IsUUID() workOrderId!: string;
  @IsUUID(undefined, { each: true }) ticketIds!: string[];
  @Matches(UNIT_PATH) unit!: string;
  /** Staff number of whoever did it. */
  @IsString() by!: string;
  @IsISO8601({ strict: true }) arrivedAt!: string;
}

/** The crew is on site. `occurredAt` is when, as the crew says; it may become known long after, even after the end. */
export const CrewArrived = defineEvent({
  type: 'dispatch.crew-arrived',
  version: 1,
  visibility: 'public',
  data: CrewArrivedV1,
  key: 'workOrderId',
  says: {
    en: '{unit|unit} arrived on site.',
    zh: '{unit|unit}已到达现场。',
  },
});
export type CrewArrived = EventFrom<typeof CrewArrived>;
