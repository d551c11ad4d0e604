import { get, type Route } from '@shouwen/engine';
import { LATE_ENTRY_READERS, lateEntries } from './ask-late-entries.js';

export const lateEntryRoutes: readonly Route[] = [
  get(
    '/late-entries',
    lateEntries,
    LATE_ENTRY_READERS,
    'What was learned late, over all services: by ticket, unit, service, actor and delay.',
  ),
];
