import { format } from 'prettier';
import { everyContract } from '@shouwen/contracts';
import { clauseFaults } from './clause-faults.js';
import { clauseLines, readEvidence } from './clauses.js';
import { eventsPage } from './events-page.js';
import { metricsPage } from './metrics-page.js';
import { serviceSources, textOf } from './service-sources.js';
import { servicesPage } from './services-page.js';
import { standardsJson, standardsPage } from './standards-page.js';
import type { Loaded } from './manifests.js';

export interface Page {
  readonly path: string;
  readonly text: string;
}

/**
 * The generated pages of docs/reference, as they must stand there.
 *
 * @throws Error where something is said of a clause without proof.
 */
export async function pages(services: readonly Loaded[]): Promise<readonly Page[]> {
  const formatted = (text: string, parser = 'markdown') =>
    format(text, { parser, printWidth: 100, singleQuote: true });
  const evidence = await readEvidence();
  const faults = clauseFaults(evidence, { read: textOf, services: serviceSources() });
  if (faults.length > 0) throw new Error(`Clauses without proof:\n${faults.join('\n')}`);
  const lines = clauseLines(evidence);
  return [
    {
      path: 'docs/reference/events.md',
      text: await formatted(eventsPage(everyContract, services)),
    },
    { path: 'docs/reference/metrics.md', text: await formatted(metricsPage()) },
    { path: 'docs/reference/services.md', text: await formatted(servicesPage(services)) },
    { path: 'docs/reference/standards.md', text: await formatted(standardsPage(lines)) },
    { path: 'docs/reference/standards.json', text: await formatted(standardsJson(lines), 'json') },
  ];
}
