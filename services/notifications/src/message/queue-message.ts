import {
  ArrayMaxSize,
  IsArray,
  IsIn,
  IsISO8601,
  IsNotEmpty,
  IsObject,
  IsOptional,
  IsString,
  IsUUID,
  MaxLength,
} from 'class-validator';
import { Command, handles, type PackRef } from '@shouwen/engine';
import { MESSAGE_KINDS, MessageQueued, type MessageKind } from '@shouwen/contracts';
import { messages } from './message.js';

/** Somebody must be told. The id is the same each time the same cause is handled, so nobody is told twice. */
export class QueueMessage extends Command {
  @IsUUID() messageId!: string;
  @IsUUID() ticketId!: string;
  @IsString() @IsNotEmpty() @MaxLength(40) number!: string;
  @IsIn(MESSAGE_KINDS) kind!: MessageKind;
  @IsString() @IsNotEmpty() @MaxLength(200) unit!: string;
  @IsString() @IsNotEmpty() @MaxLength(40) staff!: string;
  @IsArray() @ArrayMaxSize(20) @IsString({ each: true }) posts!: string[];
  @IsString() @IsNotEmpty() @MaxLength(1000) textEn!: string;
  @IsString() @IsNotEmpty() @MaxLength(1000) textZh!: string;
  @IsOptional() @IsISO8601({ strict: true }) dueAt?: string;
  @IsOptional() @IsArray() @IsString({ each: true }) aboutStaff?: readonly string[];
  /** The clauses behind what the message says. */
  @IsOptional() @IsObject() pack?: PackRef;
}

export const queueMessage = handles(QueueMessage, messages, (message, command, { now }) => {
  if (message.status !== 'none') return [];
  const { messageId, ticketId, number, kind, unit, staff, posts, textEn, textZh } = command;
  const { dueAt, aboutStaff, pack } = command;
  const content = { messageId, ticketId, number, kind, unit, staff, posts, textEn, textZh };
  return [
    MessageQueued(
      { ...content, ...(dueAt ? { dueAt } : {}), ...(aboutStaff ? { aboutStaff } : {}) },
      { occurredAt: now, ...(pack ? { pack } : {}) },
    ),
  ];
});
