import { IsArray, IsNotEmpty, IsOptional, IsString, IsUUID } from 'class-validator';
import { defineEvent, type EventFrom } from '@shouwen/engine';

class OwnershipPassedV1 {
  @IsNotEmpty() @IsString() ownershipId!: string;
  /** Who left; or the post that nobody held and somebody holds now. */
  @IsNotEmpty() @IsString() owner!: string;
  /** Absent: nobody was named, the duty leader stands in. */
  @IsOptional() @IsString() successor?: string;
  @IsArray() @IsUUID(undefined, { each: true }) ticketIds!: string[];
}

/**
 * Somebody left, or a post is held again: these tickets of theirs pass on. Recorded by intake; each open one then says
 * itself who answers.
 */
export const OwnershipPassed = defineEvent({
  type: 'intake.ownership-passed',
  version: 1,
  visibility: 'service',
  data: OwnershipPassedV1,
  key: 'ownershipId',
  says: {
    en: 'The tickets of {owner|staff} passed on to {successor|staff}.',
    zh: '{owner|staff} 名下工单移交 {successor|staff}。',
  },
});
export type OwnershipPassed = EventFrom<typeof OwnershipPassed>;
