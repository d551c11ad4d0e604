import { defineEvent, type EventFrom } from '@shouwen/engine';
import { IsString, IsUUID, Matches, IsISO8601 } from 'class-validator';
import { UNIT_PATH } from './unit-path.js';

class CrewDepartedV1 {
  @IsUUID() workOrderId!: string;
  @IsUUID(undefined, { each: true }) ticketIds!: string[];
  @Matches(UNIT_PATH) unit!: string;
  /** Staff number of whoever did it. */
  @IsString() by!: string;
  @IsISO8601({ strict: true }) departedAt!: string;
}

/** The crew is on its way. `occurredAt` is when, as the crew says. */
export const CrewDeparted = defineEvent({
  type: 'dispatch.crew-departed',
  version: 1,
  visibility: 'public',
  data: CrewDepartedV1,
  key: 'workOrderId',
  says: {
    en: '{unit|unit} set out.',
    zh: '{unit|unit}已出发。',
  },
});
export type CrewDeparted = EventFrom<typeof CrewDeparted>;
