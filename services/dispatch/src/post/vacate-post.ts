import { POST_NAME, PostVacated, UNIT_PATH } from '@shouwen/contracts';
import { Command, Rejected, at, handlesAcross, write } from '@shouwen/engine';
import { Matches } from 'class-validator';
import { units } from '../unit/unit.js';
import { posts } from './post.js';

/** Nobody holds the post any more; its deputy acts, or whoever holds it in a unit above. */
export class VacatePost extends Command {
  @Matches(UNIT_PATH) unit!: string;
  @Matches(POST_NAME) post!: string;
}

export const vacatePost = handlesAcross({
  command: VacatePost,
  stream: posts,
  reads: ({ unit }) => [at(posts, unit), at(units, unit)],
  decide: (read, { unit, post }) => {
    if (read(units, unit).status === 'unknown')
      throw new Rejected('unit.not-found', `There is no unit ${unit}.`, 'unit');
    const { holder, deputy } = read(posts, unit)[post] ?? {};
    if (!holder) return [];
    return [
      write(posts, unit, [
        PostVacated({ post, unit, ...(deputy ? { deputy } : {}), previousHolder: holder }),
      ]),
    ];
  },
});
