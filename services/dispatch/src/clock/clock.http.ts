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
    'Asks for a later limit; no standard allows one yet, so the refusal says what to do instead.',
  ),
  post(
    '/tickets/:ticketId/deadlines/:deadline/pause',
    pauseDeadline,
    ['dispatcher', 'supervisor', 'duty-leader'],
    'Asks that time does not count; no standard allows it yet, so the refusal says what to do instead.',
  ),
];
