import { get, post } from '@shouwen/engine';
import { addTicket } from './add-ticket.js';
import { appointVisit } from './appoint-visit.js';
import { arrive } from './arrive.js';
import { priorityReasons } from './ask-priority-reasons.js';
import { assignCrew } from './assign-crew.js';
import { depart } from './depart.js';
import { finishWork } from './finish-work.js';
import { issueWorkOrder } from './issue-work-order.js';
import { reassignWorkOrder } from './reassign-work-order.js';
import { recordNoAccess } from './record-no-access.js';
import { returnWorkOrder } from './return-work-order.js';
import { signFor } from './sign-for.js';
import { withdrawWorkOrder } from './withdraw-work-order.js';

const DESK = ['dispatcher', 'duty-leader'];
/** A dispatcher may enter what a crew reports by telephone. */
const FIELD = ['crew', ...DESK];
const ONE = '/work-orders/:workOrderId';

export const workOrderRoutes = [
  post('/work-orders', issueWorkOrder, DESK, 'Gives out a job, for zero to many tickets.'),
  post(`${ONE}/tickets`, addTicket, DESK, 'A ticket shares this job.'),
  post(`${ONE}/assign`, assignCrew, DESK, 'Says which crew goes.'),
  post(`${ONE}/reassign`, reassignWorkOrder, DESK, 'Moves the job to another unit.'),
  post(`${ONE}/withdraw`, withdrawWorkOrder, DESK, 'Takes the job back: it is not needed.'),
  post(`${ONE}/sign`, signFor, FIELD, 'A person takes the job on.'),
  post(`${ONE}/return`, returnWorkOrder, FIELD, 'Refuses the job, before anybody arrived.'),
  post(
    `${ONE}/appoint`,
    appointVisit,
    ['call-taker', ...FIELD],
    'Records the slot that the customer chose.',
  ),
  post(`${ONE}/depart`, depart, FIELD, 'The crew sets out.'),
  post(`${ONE}/arrive`, arrive, FIELD, 'The crew is on site.'),
  post(`${ONE}/no-access`, recordNoAccess, FIELD, 'Nobody opened; the card was left.'),
  post(`${ONE}/finish`, finishWork, FIELD, 'The job is done, with its outcome.'),
  get(
    `${ONE}/priority-reasons`,
    priorityReasons,
    [...FIELD, 'supervisor'],
    'Why the job goes before others, for each priority customer behind it.',
  ),
];
