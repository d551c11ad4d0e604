import { defineEvent, type EventFrom } from '@shouwen/engine';
import {
  IsBoolean,
  IsISO8601,
  IsIn,
  IsOptional,
  IsString,
  IsUUID,
  Matches,
  IsArray,
} from 'class-validator';
import { UTILITIES, type Utility } from '../utility.js';
import { GRID_CODE, TYPE_CODE, UNIT_PATH } from './unit-path.js';

class TicketWorkBegunV1 {
  @IsUUID() ticketId!: string;
  @IsUUID() workOrderId!: string;
  @IsIn(UTILITIES) utility!: Utility;
  @Matches(TYPE_CODE) typeCode!: string;
  @IsString() category!: string;
  @IsBoolean() isSafety!: boolean;
  @IsBoolean() isPriority!: boolean;
  @Matches(UNIT_PATH) unit!: string;
  @IsOptional() @Matches(GRID_CODE) gridCode?: string;
  @IsISO8601({ strict: true }) receivedAt!: string;
  @IsString() affectedId!: string;
  /** Staff complained about: they may neither see nor do it. */
  @IsArray() @IsString({ each: true }) aboutStaff!: string[];
  @IsArray() @IsString({ each: true }) aboutUnits!: string[];
}

/** A ticket has a work order; committed together with it. Remembers what a second one would need. */
export const TicketWorkBegun = defineEvent({
  type: 'dispatch.ticket-work-begun',
  version: 1,
  visibility: 'service',
  data: TicketWorkBegunV1,
  key: 'ticketId',
  says: {
    en: 'Work on the ticket began at {unit|unit}.',
    zh: '工单已由{unit|unit}派工处理。',
  },
});
export type TicketWorkBegun = EventFrom<typeof TicketWorkBegun>;
