import {
  ArrayMaxSize,
  IsArray,
  IsIn,
  IsISO8601,
  IsNotEmpty,
  IsOptional,
  IsString,
  IsUUID,
  MaxLength,
} from 'class-validator';
import { defineEvent, type EventFrom } from '@shouwen/engine';

/** What a message to staff may be about. A new kind is added at the end; none is renamed. */
export const MESSAGE_KINDS = [
  'clock-warned',
  'clock-breached',
  'clock-withdrawn',
  'breach-withdrawn',
  'ticket-escalated',
  'escalation-withdrawn',
  'ticket-supervised',
  'work-order-chased',
  'ticket-chased',
] as const;
export type MessageKind = (typeof MESSAGE_KINDS)[number];

/** Everything that has to reach the recipient, so that whoever sends it needs to look nowhere else. */
export abstract class MessageContent {
  @IsUUID() messageId!: string;
  @IsUUID() ticketId!: string;
  /** Ticket number for people. */
  @IsString() @IsNotEmpty() @MaxLength(40) number!: string;
  @IsIn(MESSAGE_KINDS) kind!: MessageKind;
  /** Unit that answers for the matter: who may see the message among the others. */
  @IsString() @IsNotEmpty() @MaxLength(200) unit!: string;
  /** Staff number of the recipient. */
  @IsString() @IsNotEmpty() @MaxLength(40) staff!: string;
  /** The posts for whose sake the recipient is told. */
  @IsArray() @ArrayMaxSize(20) @IsString({ each: true }) posts!: string[];
  @IsString() @IsNotEmpty() @MaxLength(1000) textEn!: string;
  @IsString() @IsNotEmpty() @MaxLength(1000) textZh!: string;
  /** The instant that the message is about, where it has one. */
  @IsOptional() @IsISO8601({ strict: true }) dueAt?: string;
  /** Staff numbers that the matter complains about: they may not see the message. Absent: nobody. */
  @IsOptional() @IsArray() @IsString({ each: true }) aboutStaff?: readonly string[];
}

/**
 * One member of staff is to be told something about a ticket. Sent once per recipient by notifications. The text is
 * final: what was sent can be shown word by word later, whatever the templates say by then. It names the ticket by
 * its number and never a customer.
 */
class MessageQueuedV1 extends MessageContent {}

export const MessageQueued = defineEvent({
  type: 'notifications.message-queued',
  version: 1,
  visibility: 'public',
  key: 'ticketId',
  data: MessageQueuedV1,
  says: {
    en: 'A message to {staff|staff} is on its way: {textEn}',
    zh: '已生成发给{staff|staff}的消息：{textZh}',
  },
});
export type MessageQueued = EventFrom<typeof MessageQueued>;
