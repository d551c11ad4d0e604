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

/** The page of a service is one screen, and names every stream and view that the manifest has. */
export function readmeFindings(service: Service, readme: string | null): Finding[] {
  const path = `services/${service.name}/README.md`;
  if (readme === null) return [{ path, says: 'every service has a page' }];
  const lines = readme.split('\n').length;
  const named = [
    ...service.commands.map(({ stream }) => stream.name),
    ...service.views.map(({ name }) => name),
  ];
  const missing = [...new Set(named)].filter(
    (name) => !new RegExp(`(?<![\\w-])${name}(?![\\w-])`).test(readme),
  );
  return [
    ...(lines > README_LINES
      ? [{ path, says: `has ${lines} lines; it should be one screen` }]
      : []),
    ...missing.map((name) => ({ path, says: `does not mention ${name}` })),
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

/** Commands that a page tells people to run, and files that a script runs, which are not there. */
export function scriptFindings(
  pages: readonly Source[],
  scripts: Readonly<Record<string, string>>,
  exists: (path: string) => boolean,
): Finding[] {
  const told = pages.flatMap(({ path, text }) =>
    [...text.matchAll(/npm run (?:-s )?([a-z][a-z:-]*)/g)]
      .filter(([, name]) => !scripts[name!])
      .map(([command]) => ({ path, says: `"${command}" is no script` })),
  );
  const run = Object.entries(scripts).flatMap(([name, command]) =>
    [...command.matchAll(/(?:\.\/)?((?:libs|services|node_modules)\/[\w./-]+)/g)]
      .filter(([, file]) => !exists(file!))
      .map(([, file]) => ({
        path: 'package.json',
        says: `${name} runs ${file}, which is not there`,
      })),
  );
  return [...told, ...run];
}
