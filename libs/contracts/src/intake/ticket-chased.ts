import { IsArray, IsInt, IsNotEmpty, IsOptional, IsString, IsUUID, Min } from 'class-validator';
import { defineEvent, type EventFrom } from '@shouwen/engine';

class TicketChasedV1 {
  @IsUUID() ticketId!: string;
  @IsNotEmpty() @IsString() number!: string;
  @IsOptional() @IsUUID() contactId?: string;
  @IsNotEmpty() @IsString() by!: string;
  /** Who answers for the ticket at that moment, and the unit that handles it: they are told. */
  @IsOptional() @IsNotEmpty() @IsString() firstContactOwner?: string;
  @IsOptional() @IsNotEmpty() @IsString() unit?: string;
  /** Staff numbers that the matter complains about, where there are any: they may not see this. */
  @IsOptional() @IsArray() @IsString({ each: true }) aboutStaff?: readonly string[];
  /** How often it has been chased by now. */
  @IsInt() @Min(1) count!: number;
}

/** Somebody presses for the matter. Sent by intake each time; dispatch passes it on to those who work on it. */
export const TicketChased = defineEvent({
  type: 'intake.ticket-chased',
  version: 1,
  visibility: 'public',
  data: TicketChasedV1,
  key: 'ticketId',
  says: {
    en: 'Ticket {number} was chased (chase no. {count}), taken down by {by|staff}.',
    zh: '工单 {number} 第 {count} 次催办，由 {by|staff} 登记。',
  },
});
export type TicketChased = EventFrom<typeof TicketChased>;
