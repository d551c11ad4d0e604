import {
  ArrayNotEmpty,
  ArrayUnique,
  IsArray,
  IsIn,
  IsNotEmpty,
  IsString,
  IsUUID,
} from 'class-validator';
import { defineEvent, type EventFrom } from '@shouwen/engine';
import {
  TICKET_PERSONS,
  VERIFICATIONS,
  type TicketPerson,
  type Verification,
} from './vocabulary.js';

class VerificationRecordedV1 {
  @IsUUID() ticketId!: string;
  @IsNotEmpty() @IsString() by!: string;
  /** Whom it concerns, as parts that people play in the matter; the ticket's own events say who plays them. */
  @IsArray()
  @ArrayNotEmpty()
  @ArrayUnique()
  @IsIn(TICKET_PERSONS, { each: true })
  persons!: TicketPerson[];
  @IsIn(VERIFICATIONS) how!: Verification;
}

/** How somebody in the matter was verified. Sent by intake at the opening where it was stated, and whenever it changes. */
export const VerificationRecorded = defineEvent({
  type: 'intake.verification-recorded',
  version: 1,
  visibility: 'public',
  data: VerificationRecordedV1,
  key: 'ticketId',
  says: {
    en: '{by|staff} recorded how they were verified ({persons}): {how}.',
    zh: '{by|staff} 登记了身份核实（{persons}）：{how}。',
  },
});
export type VerificationRecorded = EventFrom<typeof VerificationRecorded>;
