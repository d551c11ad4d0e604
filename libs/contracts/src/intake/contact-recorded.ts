import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  IsArray,
  IsBoolean,
  IsIn,
  IsISO8601,
  IsNotEmpty,
  IsOptional,
  IsString,
  IsUUID,
  MaxLength,
  ValidateNested,
} from 'class-validator';
import { defineEvent, type EventFrom } from '@shouwen/engine';
import {
  CHANNELS,
  DISPOSITIONS,
  VERIFICATIONS,
  type Channel,
  type Disposition,
  type Verification,
} from './vocabulary.js';

/** The number a contact has in the system it came from: a hotline's order, a line of an imported file. */
export class ContactSource {
  @IsNotEmpty() @IsString() @MaxLength(60) system!: string;
  @IsNotEmpty() @IsString() @MaxLength(120) id!: string;
}

/** What a contact did to one ticket. */
export class ContactMatter {
  @IsUUID() ticketId!: string;
  @IsIn(['opened', 'joined', 'chased']) how!: 'opened' | 'joined' | 'chased';
}

class ContactRecordedV1 {
  @IsUUID() contactId!: string;
  @IsIn(CHANNELS) channel!: Channel;
  /** From here the clocks run. For a call the moment it was answered. */
  @IsISO8601({ strict: true }) receivedAt!: string;
  @IsOptional() @IsISO8601({ strict: true }) answeredAt?: string;
  @IsNotEmpty() @IsString() takenBy!: string;
  /** Unit of whoever took it: callers are known there and above, not in the units that their matters go to. */
  @IsOptional() @IsString() takenIn?: string;
  @IsNotEmpty() @IsString() callerId!: string;
  @IsOptional() @IsString() callerName?: string;
  @IsOptional() @IsString() callerPhone?: string;
  /** How we know that the caller is who they say; absent: nobody said. */
  @IsOptional() @IsIn(VERIFICATIONS) callerVerification?: Verification;
  /** What was said that opened no ticket of its own: an enquiry, a further word on a known matter. */
  @IsOptional() @IsString() message?: string;
  @IsBoolean() isAnonymous!: boolean;
  @IsBoolean() isConfidential!: boolean;
  @IsBoolean() isLateEntry!: boolean;
  @IsIn(DISPOSITIONS) disposition!: Disposition;
  @IsOptional() @ValidateNested() @Type(() => ContactSource) source?: ContactSource;
  @IsArray()
  @ArrayMaxSize(50)
  @ValidateNested({ each: true })
  @Type(() => ContactMatter)
  matters!: ContactMatter[];
  /** Staff named in any of its matters: they may not see it. */
  @IsArray() @IsString({ each: true }) aboutStaff!: string[];
}

/** Somebody turned to us on one channel. Sent by intake once per contact, in one commit with all it did to tickets. */
export const ContactRecorded = defineEvent({
  type: 'intake.contact-recorded',
  version: 1,
  visibility: 'public',
  data: ContactRecordedV1,
  key: 'contactId',
  personal: { callerId: { callerName: 'name', callerPhone: 'phone', message: 'text' } },
  says: {
    en: 'A contact by {channel} was recorded by {takenBy|staff}, received {receivedAt|date}; how the caller was verified: {callerVerification}.',
    zh: '{takenBy|staff} 登记了一次{channel}来访，受理时间 {receivedAt|date}，来电人核实方式：{callerVerification}。',
  },
});
export type ContactRecorded = EventFrom<typeof ContactRecorded>;
