import { post } from '@shouwen/engine';
import { holdPost } from './hold-post.js';
import { vacatePost } from './vacate-post.js';

export const postRoutes = [
  post('/posts', holdPost, ['administrator', 'supervisor'], 'Somebody takes a post of a unit.'),
  post(
    '/posts/vacate',
    vacatePost,
    ['administrator', 'supervisor'],
    'Nobody holds the post any more.',
  ),
];
