import { get, type Route } from '@shouwen/engine';
import { TICKET_READERS, ticketTimeline } from './ask-ticket-timeline.js';
import { timeline, TIMELINE_READERS } from './ask-timeline.js';

export const timelineRoutes: readonly Route[] = [
  get(
    '/timeline',
    timeline,
    TIMELINE_READERS,
    'Every event of every service: by ticket, type, service, actor and time.',
  ),
  get(
    '/tickets/:ticketId/timeline',
    ticketTimeline,
    TICKET_READERS,
    'What happened with a ticket in plain words, with the clauses behind it, in Chinese or English.',
  ),
];
