import { posix } from 'node:path';
import type { Service } from '@shouwen/engine';
import type { Finding, Source } from './repository.js';

const README_LINES = 80;

/** Links from page to page that lead nowhere. */
export function linkFindings(source: Source, exists: (path: string) => boolean): Finding[] {
  return source.text.split('\n').flatMap((text, index) =>
    [...text.matchAll(/\]\(([^)\s#]+)(#[^)]*)?\)/g)]
      .map(([, target]) => target!)
      .filter((target) => !/^[a-z]+:/.test(target))
      .filter((target) => !exists(posix.join(posix.dirname(source.path), target)))
      .map((target) => ({ path: source.path, line: index + 1, says: `${target} is not there` })),
  );
}

/** The page of a service is one screen, and names every view and reaction that the manifest has. */
export function readmeFindings(service: Service, readme: string | null): Finding[] {
  const path = `services/${service.name}/README.md`;
  if (readme === null) return [{ path, says: 'every service has a page' }];
  const lines = readme.split('\n').length;
  const missing = [...service.views, ...service.reactions, ...service.effects]
    .map(({ name }) => name)
    .filter((name) => !readme.includes(`\`${name}\``));
  return [
    ...(lines > README_LINES
      ? [{ path, says: `has ${lines} lines; it should be one screen` }]
      : []),
    ...missing.map((name) => ({ path, says: `does not mention \`${name}\`` })),
  ];
}

const CHAPTERS = [
  'Context',
  'Options rejected',
  'Decision',
  'Consequences',
  'How we would notice this is wrong',
];

/** A decision says what failed, what was rejected, and what would prove it wrong. */
export function decisionFindings({ path, text }: Source): Finding[] {
  if (!/^docs\/adr\/\d{4}-/.test(path)) return [];
  return CHAPTERS.filter((chapter) => !text.includes(`\n## ${chapter}\n`)).map((chapter) => ({
    path,
    says: `has no chapter "${chapter}"`,
  }));
}
