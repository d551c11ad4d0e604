import { defineService } from '@shouwen/engine';
import { timelineRoutes } from './timeline/timeline.http.js';
import { staffNamesView, unitNamesView } from './views/names.view.js';
import { ticketAccessView } from './views/ticket-access.view.js';
import { timelineView } from './views/timeline.view.js';

export const audit = defineService({
  name: 'audit',
  routes: timelineRoutes,
  commands: [],
  views: [timelineView, ticketAccessView, unitNamesView, staffNamesView],
  reactions: [],
  effects: [],
});
