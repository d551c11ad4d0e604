import 'reflect-metadata';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { everyContract } from '@shouwen/contracts';
import { engineEvents } from '@shouwen/engine';
import { loadServices } from '../catalogue/manifests.js';
import {
  consumedFindings,
  durableNameFindings,
  nameFindings,
  routeFindings,
  unlistedFindings,
} from './manifest-rules.js';
import { readmeFindings } from './page-rules.js';
import { ROOT, read, shown, type Finding } from './repository.js';

const services = await loadServices();
/** The services' and the engine's own. */
const vocabulary = [...everyContract, ...engineEvents];
const none = (findings: readonly Finding[]) => expect(findings.map(shown)).toEqual([]);

describe('the manifests', () => {
  it('list everything that the files of the services declare', () =>
    none(services.flatMap(unlistedFindings)));
  it('list the command of every route', () =>
    none(services.flatMap(({ service }) => routeFindings(service))));
  it('hear only events that exist and that they may hear', () =>
    none(services.flatMap((loaded) => consumedFindings(loaded, vocabulary))));
  it('call a consumer as its file is called', () =>
    none(services.flatMap(({ declared }) => nameFindings(declared))));
  it('are what the page of each service says', () =>
    none(
      services.flatMap(({ service }) => {
        const path = `services/${service.name}/README.md`;
        return readmeFindings(service, existsSync(join(ROOT, path)) ? read(path).text : null);
      }),
    ));
  it('use the durable names that the list keeps', () =>
    none(
      durableNameFindings(
        read('libs/tooling/durable-names.txt').text,
        services.map(({ service }) => service),
      ),
    ));
});
