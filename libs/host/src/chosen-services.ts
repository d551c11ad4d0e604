import { Refused, type Service } from '@shouwen/engine';
import { withAccounts } from './accounts.js';
import type { Configuration } from './configuration.js';

/**
 * The services that this process runs, in the order of the manifests. A service that keeps no accounts gets a copy of
 * them, read from the events of the one that does: whose token it is must be known where no other service answers.
 */
export function chosenServices(
  all: readonly Service[],
  { services: names, servers }: Configuration,
): readonly Service[] {
  const known = all.map(({ name }) => name);
  const unknown = names.find((name) => !known.includes(name));
  if (unknown !== undefined)
    throw new Refused(`${unknown} is no service; there are ${known.join(', ')}.`);
  const chosen = names.length === 0 ? all : all.filter(({ name }) => names.includes(name));
  if (chosen.length === all.length) return all;
  const what = chosen.map(({ name }) => name).join(' and ');
  if (!servers)
    throw new Refused(
      `${what} alone needs servers: the embedded engine keeps everything in one data directory, which belongs to one ` +
        'process. Set MONGO_URL and KAFKA_BROKERS and start each service by its name, or start all of them with npm start.',
    );
  if (!servers.kafka)
    throw new Refused(
      `${what} alone needs KAFKA_BROKERS: services in processes of their own meet through Kafka. Set it, or start all ` +
        'services in one process with npm start.',
    );
  return withAccounts(chosen, all);
}
