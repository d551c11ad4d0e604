import { post } from '@shouwen/engine';
import { extendDeadline } from './extend-deadline.js';
import { pauseDeadline } from './pause-deadline.js';
import { superviseTicket } from './supervise-ticket.js';

export const clockRoutes = [
  post(
    '/tickets/:ticketId/supervise',
    superviseTicket,
    ['supervisor', 'duty-leader', 'supervision-office'],
    'Somebody senior watches the ticket; the head of its unit is told.',
  ),
  post(
    '/tickets/:ticketId/deadlines/:deadline/extend',
    extendDeadline,
    ['dispatcher', 'supervisor', 'duty-leader'],
    'Asks for a later limit; refused unless a standards layer allows one.',
  ),
  post(
    '/tickets/:ticketId/deadlines/:deadline/pause',
    pauseDeadline,
    ['dispatcher', 'supervisor', 'duty-leader'],
    'Asks that time does not count for a while; refused unless a standards layer allows it.',
  ),
];
