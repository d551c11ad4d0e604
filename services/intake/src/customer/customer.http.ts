import { post } from '@shouwen/engine';
import { registerCustomer } from './register-customer.js';

export const customerRoutes = [
  post(
    '/customers/:customerId/register',
    registerCustomer,
    ['integration', 'administrator'],
    'Registers a customer as another system has them; repeatable.',
  ),
];
