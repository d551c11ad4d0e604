import { post } from '@shouwen/engine';
import { routeUtility } from './route-utility.js';

export const routingRoutes = [
  post(
    '/routings',
    routeUtility,
    ['administrator'],
    "Sets the unit for a utility's work that no grid places, or for one type of it.",
  ),
];
