import { format } from 'prettier';
import { everyContract } from '@shouwen/contracts';
import { eventsPage } from './events-page.js';
import { metricsPage } from './metrics-page.js';
import { servicesPage } from './services-page.js';
import type { Loaded } from './manifests.js';

export interface Page {
  readonly path: string;
  readonly text: string;
}

/** The generated pages of docs/reference, as they must stand there. */
export async function pages(services: readonly Loaded[]): Promise<readonly Page[]> {
  const formatted = (text: string) =>
    format(text, { parser: 'markdown', printWidth: 100, singleQuote: true });
  return [
    {
      path: 'docs/reference/events.md',
      text: await formatted(eventsPage(everyContract, services)),
    },
    { path: 'docs/reference/metrics.md', text: await formatted(metricsPage()) },
    { path: 'docs/reference/services.md', text: await formatted(servicesPage(services)) },
  ];
}
