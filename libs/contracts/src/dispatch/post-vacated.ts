import { defineEvent, type EventFrom } from '@shouwen/engine';
import { IsOptional, Matches } from 'class-validator';
import { POST_NAME, STAFF_NUMBER, UNIT_PATH } from './unit-path.js';

class PostVacatedV1 {
  @Matches(POST_NAME) post!: string;
  @Matches(UNIT_PATH) unit!: string;
  /** Acts until there is a holder again. */
  @IsOptional() @Matches(STAFF_NUMBER) deputy?: string;
  @IsOptional() @Matches(STAFF_NUMBER) previousHolder?: string;
  @IsOptional() @Matches(STAFF_NUMBER) previousDeputy?: string;
}

/** A post has no holder any more. */
export const PostVacated = defineEvent({
  type: 'dispatch.post-vacated',
  version: 1,
  visibility: 'public',
  data: PostVacatedV1,
  key: 'unit',
  says: {
    en: 'The post {post} of {unit|unit} has no holder.',
    zh: '{unit|unit}的岗位{post}暂无任职人。',
  },
});
export type PostVacated = EventFrom<typeof PostVacated>;
