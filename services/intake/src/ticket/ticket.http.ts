import { get, post } from '@shouwen/engine';
import { answerTicket } from './answer-ticket.js';
import { chaseTicket } from './chase-ticket.js';
import { classifyTicket } from './classify-ticket.js';
import { closeTicket } from './close-ticket.js';
import { giveFeedback } from './give-feedback.js';
import { handOverTicket } from './hand-over-ticket.js';
import { prioritiseTicket } from './prioritise-ticket.js';
import { recordCallback } from './record-callback.js';
import { recordEvidence } from './record-evidence.js';
import { recordVerification } from './record-verification.js';
import { reopenTicket } from './reopen-ticket.js';
import { ticketState } from './ticket-state.js';

const SENIOR = ['supervisor', 'duty-leader', 'supervision-office'];
const DESK = ['call-taker', 'window-clerk', ...SENIOR];

export const ticketRoutes = [
  post(
    '/tickets/:ticketId/classify',
    classifyTicket,
    [...DESK, 'dispatcher'],
    'Gives a ticket its type, or another one; the receipt stays.',
  ),
  post('/tickets/:ticketId/chase', chaseTicket, DESK, 'Presses for a ticket.'),
  post(
    '/tickets/:ticketId/hand-over',
    handOverTicket,
    SENIOR,
    'Makes another person answer for a ticket.',
  ),
  post(
    '/tickets/:ticketId/prioritise',
    prioritiseTicket,
    [...DESK, 'dispatcher'],
    'Marks the ticket as that of a priority customer, by a registration or with the reason told.',
  ),
  post(
    '/tickets/:ticketId/answers',
    answerTicket,
    [...DESK, 'dispatcher', 'billing-clerk'],
    'Records what the customer was told, in substance or as a progress note.',
  ),
  post(
    '/tickets/:ticketId/feedback',
    giveFeedback,
    [...DESK, 'dispatcher', 'billing-clerk'],
    'Tells whoever answers for the ticket how it stands.',
  ),
  post(
    '/tickets/:ticketId/callbacks',
    recordCallback,
    [...DESK, 'quality-inspector'],
    'Records a callback with its five answers, or why there can be none.',
  ),
  post(
    '/tickets/:ticketId/evidence',
    recordEvidence,
    [...DESK, 'dispatcher'],
    'Records that a signed paper is in hand.',
  ),
  post(
    '/tickets/:ticketId/verifications',
    recordVerification,
    [...DESK, 'dispatcher', 'billing-clerk', 'quality-inspector'],
    'Records how the caller, the affected person or the account holder was verified.',
  ),
  post(
    '/tickets/:ticketId/close',
    closeTicket,
    DESK,
    'Closes a ticket once all evidence that the standards ask for is there.',
  ),
  post(
    '/tickets/:ticketId/reopen',
    reopenTicket,
    DESK,
    'Reopens a ticket that was not over; says which clocks run on.',
  ),
  get(
    '/tickets/:ticketId/state',
    ticketState,
    [...DESK, 'dispatcher', 'quality-inspector', 'analyst', 'auditor'],
    'State of a ticket as of an instant, by what had happened or by what was known.',
  ),
];
