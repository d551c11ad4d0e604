import { post } from '@shouwen/engine';
import { registerServicePoint } from './register-service-point.js';

export const servicePointRoutes = [
  post(
    '/service-points/:servicePointId/register',
    registerServicePoint,
    ['integration', 'administrator'],
    'Registers a service point as another system has it; repeatable.',
  ),
];
