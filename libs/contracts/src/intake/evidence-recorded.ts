import { IsNotEmpty, IsString, IsUUID } from 'class-validator';
import { defineEvent, type EventFrom } from '@shouwen/engine';

class EvidenceRecordedV1 {
  @IsUUID() ticketId!: string;
  /** As the gate of the standards pack calls it, e.g. `signature`. */
  @IsNotEmpty() @IsString() evidence!: string;
  @IsNotEmpty() @IsString() by!: string;
}

/** Evidence that a gate asks for and no other event proves is in hand. Sent by intake once per kind and round. */
export const EvidenceRecorded = defineEvent({
  type: 'intake.evidence-recorded',
  version: 1,
  visibility: 'public',
  data: EvidenceRecordedV1,
  key: 'ticketId',
  says: {
    en: '{by|staff} recorded the evidence: {evidence}.',
    zh: '{by|staff} 登记了凭证：{evidence}。',
  },
});
export type EvidenceRecorded = EventFrom<typeof EvidenceRecorded>;
