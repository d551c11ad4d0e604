import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { HELP } from '@shouwen/host';
import { parse } from 'yaml';
import { loadServices } from '../catalogue/manifests.js';

const textOf = (path: string): string =>
  readFileSync(fileURLToPath(new URL(`../../../../deploy/${path}`, import.meta.url)), 'utf8');

interface Compose {
  readonly services: Readonly<
    Record<string, { command: readonly string[]; environment: Record<string, string> }>
  >;
}

const compose = parse(textOf('compose/shouwen.yaml'), { merge: true }) as Compose;
const services = (await loadServices()).map(({ service }) => service.name).sort();

/** Settings whose secret may stand in a file are explained by their own name. */
const unknown = (names: readonly string[]): readonly string[] =>
  names.filter((name) => !new RegExp(`(^|\\s)${name.replace(/_FILE$/, '(_FILE)?')}\\b`).test(HELP));

describe('what is deployed', () => {
  it('is every service there is, each under its own name', () => {
    const values = parse(textOf('helm/shouwen/values.yaml')) as { services: object };
    expect(Object.keys(values.services).sort()).toEqual(services);
    expect(Object.keys(compose.services).sort()).toEqual(services);
    expect(
      Object.entries(compose.services).map(([name, { command }]) => [name, ...command]),
    ).toEqual(Object.keys(compose.services).map((name) => [name, name]));
    for (const service of services) expect(HELP).toContain(service);
  });

  it('is set by names that the platform knows', () => {
    const chart = `${textOf('helm/shouwen/templates/settings.yaml')}${textOf('helm/shouwen/templates/pod.tpl')}`;
    const ofChart = [...chart.matchAll(/^ +(?:- name: )?([A-Z][A-Z0-9_]+)(?::|$)/gm)].map(
      ([, name]) => name!,
    );
    const ofCompose = Object.values(compose.services).flatMap(({ environment }) =>
      Object.keys(environment),
    );
    const [environment = ''] = /^ENV .*$/m.exec(textOf('image/Dockerfile')) ?? [];
    const ofImage = [...environment.matchAll(/ ([A-Z0-9_]+)=/g)]
      .map(([, name]) => name!)
      .filter((name) => name !== 'NODE_ENV');
    expect([ofChart, ofCompose, ofImage].map(({ length }) => length > 2)).toEqual([
      true,
      true,
      true,
    ]);
    expect(unknown([...ofChart, ...ofCompose, ...ofImage])).toEqual([]);
    expect(unknown(['MONGO_URI'])).toEqual(['MONGO_URI']);
  });
});
