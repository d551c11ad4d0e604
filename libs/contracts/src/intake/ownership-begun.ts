import { IsNotEmpty, IsString, IsUUID } from 'class-validator';
import { defineEvent, type EventFrom } from '@shouwen/engine';

class OwnershipBegunV1 {
  @IsNotEmpty() @IsString() ownershipId!: string;
  /** First-contact owner: a staff number, or a post that nobody holds. */
  @IsNotEmpty() @IsString() owner!: string;
  @IsUUID() ticketId!: string;
}

/** Somebody answers for a ticket. Noted by intake beside the ticket, so that whoever leaves can hand over everything. */
export const OwnershipBegun = defineEvent({
  type: 'intake.ownership-begun',
  version: 1,
  visibility: 'service',
  data: OwnershipBegunV1,
  key: 'ownershipId',
  says: {
    en: 'The ticket was put on the list of {owner|staff}.',
    zh: '工单已列入 {owner|staff} 名下。',
  },
});
export type OwnershipBegun = EventFrom<typeof OwnershipBegun>;
