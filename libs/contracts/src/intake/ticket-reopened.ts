import { IsArray, IsInt, IsNotEmpty, IsOptional, IsString, IsUUID, Min } from 'class-validator';
import { defineEvent, type EventFrom } from '@shouwen/engine';

class TicketReopenedV1 {
  @IsUUID() ticketId!: string;
  @IsNotEmpty() @IsString() number!: string;
  @IsNotEmpty() @IsString() by!: string;
  @IsInt() @Min(1) count!: number;
  /** Stages whose clocks run on from the first receipt. */
  @IsArray() @IsString({ each: true }) continues!: string[];
  /** Stages whose clocks start again now. */
  @IsArray() @IsString({ each: true }) restarts!: string[];
  /** Who answered for it when it was closed, and does again. */
  @IsNotEmpty() @IsString() firstContactOwner!: string;
  @IsNotEmpty() @IsString() affectedId!: string;
  @IsOptional() @IsString() reason?: string;
}

/** A closed matter was not over. Sent by intake; evidence collected before counts no more. */
export const TicketReopened = defineEvent({
  type: 'intake.ticket-reopened',
  version: 1,
  visibility: 'public',
  data: TicketReopenedV1,
  key: 'ticketId',
  personal: { affectedId: { reason: 'text' } },
  says: {
    en: '{by|staff} reopened ticket {number} (reopening {count}).',
    zh: '{by|staff} 重新打开了工单 {number}（第 {count} 次）。',
  },
});
export type TicketReopened = EventFrom<typeof TicketReopened>;
