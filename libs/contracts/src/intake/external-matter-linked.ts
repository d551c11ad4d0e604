import { IsNotEmpty, IsString, IsUUID } from 'class-validator';
import { defineEvent, type EventFrom } from '@shouwen/engine';

class ExternalMatterLinkedV1 {
  /** Made of the other system's name and number, so that the same number meets itself. */
  @IsNotEmpty() @IsString() externalMatterId!: string;
  @IsUUID() ticketId!: string;
  @IsUUID() contactId!: string;
}

/** A number of another system belongs to a ticket of ours. Recorded by intake with the contact that brought it. */
export const ExternalMatterLinked = defineEvent({
  type: 'intake.external-matter-linked',
  version: 1,
  visibility: 'service',
  data: ExternalMatterLinkedV1,
  key: 'externalMatterId',
  says: {
    en: 'The outside number {externalMatterId} belongs to the ticket.',
    zh: '外部编号 {externalMatterId} 已关联本工单。',
  },
});
export type ExternalMatterLinked = EventFrom<typeof ExternalMatterLinked>;
