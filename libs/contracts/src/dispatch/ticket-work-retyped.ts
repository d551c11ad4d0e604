import { defineEvent, type EventFrom } from '@shouwen/engine';
import { IsBoolean, IsOptional, IsString, IsUUID, Matches } from 'class-validator';
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
}

/** A ticket with open work orders got another type of the same utility. */
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
