import { defineService } from '@shouwen/engine';
import { lateEntryRoutes } from './late-entries/late-entries.http.js';
import { timelineRoutes } from './timeline/timeline.http.js';
import { lateEntriesView } from './views/late-entries.view.js';
import { staffNamesView, unitNamesView } from './views/names.view.js';
import { ticketAccessView } from './views/ticket-access.view.js';
import { timelineView } from './views/timeline.view.js';

export const audit = defineService({
  name: 'audit',
  routes: [...timelineRoutes, ...lateEntryRoutes],
  commands: [],
  views: [timelineView, lateEntriesView, ticketAccessView, unitNamesView, staffNamesView],
  reactions: [],
  effects: [],
});
