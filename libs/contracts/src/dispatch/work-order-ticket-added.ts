import { defineEvent, type EventFrom } from '@shouwen/engine';
import {
  IsBoolean,
  IsISO8601,
  IsOptional,
  IsUUID,
  Matches,
  IsArray,
  IsString,
} from 'class-validator';
import { UNIT_PATH } from './unit-path.js';

class WorkOrderTicketAddedV1 {
  @IsUUID() workOrderId!: string;
  @IsUUID(undefined, { each: true }) ticketIds!: string[];
  @IsUUID() ticketId!: string;
  /** Of the work order, with this ticket counted in. */
  @IsBoolean() isSafety!: boolean;
  @IsBoolean() isPriority!: boolean;
  @IsISO8601({ strict: true }) receivedAt!: string;
  /** Of all tickets together. */
  @IsArray() @IsString({ each: true }) aboutStaff!: string[];
  @Matches(UNIT_PATH) unit!: string;
  /** Present: the crew is on site already, since then. */
  @IsOptional() @IsISO8601({ strict: true }) arrivedAt?: string;
}

/** One more ticket is served by this job. `ticketIds` are all of them, the new one last. */
export const WorkOrderTicketAdded = defineEvent({
  type: 'dispatch.work-order-ticket-added',
  version: 1,
  visibility: 'public',
  data: WorkOrderTicketAddedV1,
  key: 'workOrderId',
  says: {
    en: 'The ticket was attached to a work order of {unit|unit}.',
    zh: '工单已并入{unit|unit}的派工单。',
  },
});
export type WorkOrderTicketAdded = EventFrom<typeof WorkOrderTicketAdded>;
