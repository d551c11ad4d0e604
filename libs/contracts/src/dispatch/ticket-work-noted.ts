import { defineEvent, type EventFrom } from '@shouwen/engine';
import {
  IsArray,
  IsBoolean,
  IsISO8601,
  IsOptional,
  IsString,
  IsUUID,
  Matches,
} from 'class-validator';
import { UNIT_PATH } from './unit-path.js';

class TicketWorkNotedV1 {
  @IsUUID() ticketId!: string;
  @IsBoolean() isPriority!: boolean;
  @IsISO8601({ strict: true }) receivedAt!: string;
  @IsString() affectedId!: string;
  @IsArray() @IsString({ each: true }) aboutStaff!: string[];
  @IsArray() @IsString({ each: true }) aboutUnits!: string[];
  /** Unit that must handle it, where intake chose one. */
  @IsOptional() @Matches(UNIT_PATH) unit?: string;
}

/** A ticket needs no work order yet. Keeps what one would need should it be classified or reopened. */
export const TicketWorkNoted = defineEvent({
  type: 'dispatch.ticket-work-noted',
  version: 1,
  visibility: 'service',
  data: TicketWorkNotedV1,
  key: 'ticketId',
  says: { en: 'The ticket needs no work order yet.', zh: '工单暂不需要派工。' },
});
export type TicketWorkNoted = EventFrom<typeof TicketWorkNoted>;
