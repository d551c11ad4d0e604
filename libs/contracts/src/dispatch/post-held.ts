import { defineEvent, type EventFrom } from '@shouwen/engine';
import { IsOptional, Matches } from 'class-validator';
import { POST_NAME, STAFF_NUMBER, UNIT_PATH } from './unit-path.js';

class PostHeldV1 {
  @Matches(POST_NAME) post!: string;
  @Matches(UNIT_PATH) unit!: string;
  @Matches(STAFF_NUMBER) holder!: string;
  @IsOptional() @Matches(STAFF_NUMBER) deputy?: string;
  /** Who sat there before, where that changed. */
  @IsOptional() @Matches(STAFF_NUMBER) previousHolder?: string;
  @IsOptional() @Matches(STAFF_NUMBER) previousDeputy?: string;
}

/** A post has this holder and this deputy from now on. Ladders of the standards name posts, never persons. */
export const PostHeld = defineEvent({
  type: 'dispatch.post-held',
  version: 1,
  visibility: 'public',
  data: PostHeldV1,
  key: 'unit',
  says: {
    en: '{holder|staff} holds the post {post} of {unit|unit}.',
    zh: '{holder|staff}担任{unit|unit}的岗位{post}。',
  },
});
export type PostHeld = EventFrom<typeof PostHeld>;
