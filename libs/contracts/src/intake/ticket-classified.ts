import {
  IsArray,
  IsBoolean,
  IsIn,
  IsISO8601,
  IsNotEmpty,
  IsOptional,
  IsString,
  IsUUID,
} from 'class-validator';
import { defineEvent, type EventFrom } from '@shouwen/engine';
import { CATEGORIES, TICKET_UTILITIES, type Category, type TicketUtility } from './vocabulary.js';

class TicketClassifiedV1 {
  @IsUUID() ticketId!: string;
  @IsNotEmpty() @IsString() number!: string;
  /** Unchanged by classifying: the new clocks run from the same receipt. */
  @IsISO8601({ strict: true }) receivedAt!: string;
  @IsIn(TICKET_UTILITIES) utility!: TicketUtility;
  @IsNotEmpty() @IsString() typeCode!: string;
  @IsIn(CATEGORIES) category!: Category;
  @IsBoolean() needsWorkOrder!: boolean;
  @IsBoolean() isSafety!: boolean;
  @IsOptional() @IsString() gridCode?: string;
  @IsNotEmpty() @IsString() previousTypeCode!: string;
  @IsNotEmpty() @IsString() by!: string;
  /** Everybody complained about from now on, those named before included. */
  @IsArray() @IsString({ each: true }) aboutStaff!: string[];
  @IsArray() @IsString({ each: true }) aboutUnits!: string[];
  /** Where somebody new is named: the contacts that led here, which are closed to them too. */
  @IsOptional() @IsUUID(undefined, { each: true }) contactIds?: string[];
  @IsOptional() @IsArray() @IsString({ each: true }) safetyWords?: string[];
}

/** A ticket got its type, or another one. Sent by intake whenever type or grid change; never changes the receipt. */
export const TicketClassified = defineEvent({
  type: 'intake.ticket-classified',
  version: 1,
  visibility: 'public',
  data: TicketClassifiedV1,
  key: 'ticketId',
  says: {
    en: '{by|staff} classified ticket {number} as {typeCode|type}.',
    zh: '{by|staff} 将工单 {number} 归类为{typeCode|type}。',
  },
});
export type TicketClassified = EventFrom<typeof TicketClassified>;
