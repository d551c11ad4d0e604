import { Type } from 'class-transformer';
import { IsArray, IsIn, IsNotEmpty, IsString, IsUUID, ValidateNested } from 'class-validator';
import { defineEvent, type EventFrom } from '@shouwen/engine';
import { IMPOSSIBLE_REASONS, type ImpossibleReason } from './vocabulary.js';

/** Evidence that cannot exist, and why: counted apart from what was really done. */
export class ImpossibleEvidence {
  @IsNotEmpty() @IsString() evidence!: string;
  @IsIn(IMPOSSIBLE_REASONS) because!: ImpossibleReason;
}

class TicketClosedV1 {
  @IsUUID() ticketId!: string;
  @IsNotEmpty() @IsString() number!: string;
  @IsNotEmpty() @IsString() by!: string;
  /** What the gate of the pack asked for and was there. */
  @IsArray() @IsString({ each: true }) evidence!: string[];
  @IsArray()
  @ValidateNested({ each: true })
  @Type(() => ImpossibleEvidence)
  impossible!: ImpossibleEvidence[];
}

/** The matter is over: everything the pack asks for is there or proved impossible. Sent by intake. */
export const TicketClosed = defineEvent({
  type: 'intake.ticket-closed',
  version: 1,
  visibility: 'public',
  data: TicketClosedV1,
  key: 'ticketId',
  says: {
    en: '{by|staff} closed ticket {number}; in hand: {evidence}.',
    zh: '{by|staff} 办结了工单 {number}，凭证：{evidence}。',
  },
});
export type TicketClosed = EventFrom<typeof TicketClosed>;
