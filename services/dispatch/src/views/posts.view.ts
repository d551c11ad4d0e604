import { PostHeld, PostVacated } from '@shouwen/contracts';
import { defineView } from '@shouwen/engine';

export interface PostDocument {
  readonly unit: string;
  readonly post: string;
  readonly holder?: string;
  readonly deputy?: string;
  readonly isVacant: boolean;
  readonly since: string;
}

/** Which post of which unit is held by whom: what the ladders' names of posts lead to. */
export const postsView = defineView<PostDocument, PostHeld | PostVacated>({
  name: 'posts',
  on: [PostHeld, PostVacated],
  id: ({ data: { unit, post } }) => `${unit}:${post}`,
  evolve: (_document, event) => {
    const { unit, post, deputy } = event.data;
    const seats = {
      ...(event.type === 'dispatch.post-held' ? { holder: event.data.holder } : {}),
      ...(deputy ? { deputy } : {}),
    };
    const isVacant = event.type === 'dispatch.post-vacated';
    return { unit, post, ...seats, isVacant, since: event.occurredAt };
  },
  indexes: ['unit', 'post', 'holder', 'deputy', 'isVacant'],
  roles: ['anyone'],
});
