import {
  IsArray,
  IsBoolean,
  IsIn,
  IsISO8601,
  IsNotEmpty,
  IsOptional,
  IsString,
  IsUUID,
  Matches,
} from 'class-validator';
import { defineEvent, type EventFrom } from '@shouwen/engine';
import {
  CATEGORIES,
  CHANNELS,
  TICKET_UTILITIES,
  type Category,
  type Channel,
  type TicketUtility,
} from './vocabulary.js';

class TicketOpenedV1 {
  @IsUUID() ticketId!: string;
  /** For people: utility, day of receipt, eight characters of the id. */
  @Matches(/^[WHGPX]\d{6}-[0-9A-HJKMNP-TV-Z]{8}$/) number!: string;
  @IsUUID() contactId!: string;
  @IsIn(CHANNELS) channel!: Channel;
  @IsISO8601({ strict: true }) receivedAt!: string;
  @IsIn(TICKET_UTILITIES) utility!: TicketUtility;
  @IsNotEmpty() @IsString() typeCode!: string;
  @IsIn(CATEGORIES) category!: Category;
  @IsBoolean() needsWorkOrder!: boolean;
  @IsBoolean() isSafety!: boolean;
  @IsOptional() @IsString() gridCode?: string;
  /** Unit that must handle it, where somebody or something chose one; absent: routing decides. */
  @IsOptional() @IsString() unit?: string;
  /** Unit of whoever took it: until it is routed it is theirs to see. */
  @IsOptional() @IsString() takenIn?: string;
  @IsOptional() @IsString() servicePointId?: string;
  @IsOptional() @IsString() accountId?: string;
  @IsNotEmpty() @IsString() callerId!: string;
  @IsNotEmpty() @IsString() affectedId!: string;
  @IsOptional() @IsString() accountHolderId?: string;
  @IsNotEmpty() @IsString() firstContactOwner!: string;
  /** No person took it down: the owner is only whoever looks after such tickets until somebody signs for it. */
  @IsBoolean() isByMachine!: boolean;
  @IsBoolean() isAnonymous!: boolean;
  /** The caller wants to stay hidden from the unit that handles it: caller's name and phone are then absent. */
  @IsBoolean() isConfidential!: boolean;
  @IsBoolean() isPriority!: boolean;
  /** Staff numbers it complains about: they may neither see nor touch it. */
  @IsArray() @IsString({ each: true }) aboutStaff!: string[];
  @IsArray() @IsString({ each: true }) aboutUnits!: string[];
  @IsBoolean() isLateEntry!: boolean;
  @IsOptional() @IsString() title?: string;
  /** What the caller was told first, in the caller's language: no flame, no switch, … */
  @IsOptional() @IsArray() @IsString({ each: true }) safetyWords?: string[];
  @IsOptional() @IsString() affectedName?: string;
  @IsOptional() @IsString() affectedPhone?: string;
  @IsOptional() @IsString() address?: string;
  @IsOptional() @IsString() description?: string;
  @IsOptional() @IsString() priorityReason?: string;
  @IsOptional() @IsString() callerName?: string;
  @IsOptional() @IsString() callerPhone?: string;
}

/** A ticket exists. Sent once per ticket by intake; everything else about the ticket refers to ticketId. */
export const TicketOpened = defineEvent({
  type: 'intake.ticket-opened',
  version: 1,
  visibility: 'public',
  data: TicketOpenedV1,
  key: 'ticketId',
  personal: {
    affectedId: {
      affectedName: 'name',
      affectedPhone: 'phone',
      address: 'address',
      description: 'text',
      priorityReason: 'text',
      title: 'text',
    },
    callerId: { callerName: 'name', callerPhone: 'phone' },
  },
  says: {
    en: 'Ticket {number} was opened: {typeCode|type}, received {receivedAt|date}; {firstContactOwner|staff} answers for it.',
    zh: '工单 {number} 已受理：{typeCode|type}，受理时间 {receivedAt|date}，首问责任人 {firstContactOwner|staff}。',
  },
});
export type TicketOpened = EventFrom<typeof TicketOpened>;
