import { defineEvent, type EventFrom } from '@shouwen/engine';
import { IsArray, IsBoolean, IsOptional, IsString, IsUUID, Matches } from 'class-validator';
import { GRID_CODE, TYPE_CODE, UNIT_PATH } from './unit-path.js';

class TicketWorkRetypedV1 {
  @IsUUID() ticketId!: string;
  @IsUUID(undefined, { each: true }) workOrderIds!: string[];
  @Matches(TYPE_CODE) typeCode!: string;
  @IsString() category!: string;
  @IsBoolean() isSafety!: boolean;
  /** Present where the ticket's grid changed too: the new grid, and the unit it leads to. */
  @IsOptional() @Matches(GRID_CODE) gridCode?: string;
  @IsOptional() @Matches(UNIT_PATH) unit?: string;
  /** Present where the ticket names more persons or units than before. */
  @IsOptional() @IsArray() @IsString({ each: true }) aboutStaff?: readonly string[];
  @IsOptional() @IsArray() @IsString({ each: true }) aboutUnits?: readonly string[];
}

/** A ticket with work got another type of the same utility, or turned out to name somebody. */
export const TicketWorkRetyped = defineEvent({
  type: 'dispatch.ticket-work-retyped',
  version: 1,
  visibility: 'service',
  data: TicketWorkRetypedV1,
  key: 'ticketId',
  says: {
    en: 'The work on the ticket is now for {typeCode|type}.',
    zh: '工单派工类型改为“{typeCode|type}”。',
  },
});
export type TicketWorkRetyped = EventFrom<typeof TicketWorkRetyped>;
