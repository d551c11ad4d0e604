import { post } from '@shouwen/engine';
import { defineGrid } from './define-grid.js';
import { reassignGrid } from './reassign-grid.js';

export const gridRoutes = [
  post('/grids', defineGrid, ['administrator'], 'Draws a service area, or corrects it.'),
  post(
    '/grids/:gridCode/reassign',
    reassignGrid,
    ['administrator'],
    'Passes a service area to another unit from a date.',
  ),
];
