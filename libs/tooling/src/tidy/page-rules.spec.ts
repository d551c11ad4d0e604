import { defineView, type Service } from '@shouwen/engine';
import { decisionFindings, linkFindings, readmeFindings, scriptFindings } from './page-rules.js';
import type { Finding } from './repository.js';

const bites = (findings: readonly Finding[], says: string) =>
  expect(findings.map((finding) => finding.says)).toEqual([
    expect.stringContaining(says) as unknown as string,
  ]);

const view = defineView({
  name: 'open-tickets',
  on: [],
  id: () => null,
  evolve: () => null,
  indexes: [],
  roles: [],
});
const service: Service = {
  ...{ name: 'intake', routes: [], commands: [], views: [view], reactions: [], effects: [] },
};

describe('pages', () => {
  const page = {
    path: 'docs/a.md',
    text: 'See [b](b.md#top), [c](../c.md) and [web](https://a.example).',
  };

  it('with a link to nowhere are refused', () =>
    bites(
      linkFindings(page, (path) => path === 'docs/b.md'),
      '../c.md',
    ));
  it('whose links lead somewhere pass', () => expect(linkFindings(page, () => true)).toEqual([]));
});

describe('the page of a service', () => {
  it('that names every view passes', () =>
    expect(readmeFindings(service, 'Its views: `open-tickets`.')).toEqual([]));
  it('that forgets one is refused', () => bites(readmeFindings(service, 'Views.'), 'open-tickets'));
  it('must be there', () => bites(readmeFindings(service, null), 'has a page'));
  it('that is longer than a screen is refused', () =>
    bites(readmeFindings(service, `\`open-tickets\`${'\n'.repeat(90)}`), 'one screen'));
});

describe('a decision', () => {
  it('that does not say how it could be wrong is refused', () =>
    bites(
      decisionFindings({
        path: 'docs/adr/0001-a.md',
        text: '\n## Context\n\n## Options rejected\n\n## Decision\n\n## Consequences\n',
      }),
      'How we would notice',
    ));
});

describe('scripts', () => {
  const page = { path: 'README.md', text: 'Then `npm run demo` and `npm run lint`.' };

  it('that a page names must be there', () =>
    bites(
      scriptFindings([page], { lint: 'eslint .' }, () => true),
      'npm run demo',
    ));
  it('run files that are there', () =>
    bites(
      scriptFindings([], { bench: 'node libs/tooling/src/bench/main.ts' }, () => false),
      'bench runs libs/tooling/src/bench/main.ts',
    ));
});
