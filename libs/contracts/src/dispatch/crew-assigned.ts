import { defineEvent, type EventFrom } from '@shouwen/engine';
import { IsString, IsUUID, Matches } from 'class-validator';
import { UNIT_PATH } from './unit-path.js';

class CrewAssignedV1 {
  @IsUUID() workOrderId!: string;
  @IsUUID(undefined, { each: true }) ticketIds!: string[];
  /** The unit that answers for the job. */
  @Matches(UNIT_PATH) unit!: string;
  /** Where the job lay until now: the unit, or another crew of it. */
  @Matches(UNIT_PATH) from!: string;
  @Matches(UNIT_PATH) crew!: string;
  /** Staff number of whoever did it. */
  @IsString() by!: string;
}

/** A crew of the unit is to go. */
export const CrewAssigned = defineEvent({
  type: 'dispatch.crew-assigned',
  version: 1,
  visibility: 'public',
  data: CrewAssignedV1,
  key: 'workOrderId',
  says: {
    en: '{crew|unit} was assigned to the work order.',
    zh: '派工单已指派给{crew|unit}。',
  },
});
export type CrewAssigned = EventFrom<typeof CrewAssigned>;
