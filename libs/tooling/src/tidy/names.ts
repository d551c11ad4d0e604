import ts from 'typescript';
import { lineOf, nodes, parsed } from './syntax.js';
import type { Finding, Source } from './repository.js';

const ROOT_ENTRIES = 20;
const KEBAB = /^[a-z0-9]+(-[a-z0-9]+)*(\.[a-z0-9]+(-[a-z0-9]+)*)*$/;
/** Names that tools and readers expect as they are. */
const GIVEN = new Set([
  'README.md',
  '__snapshots__',
  'README.zh-CN.md',
  'NOTICE',
  'Dockerfile',
  'Dockerfile.dockerignore',
  'Chart.yaml',
]);
const VAGUE = new Set(
  'common shared util utils helper helpers core types interfaces dto dtos misc'.split(' '),
);
const VAGUE_ENDING = /(Manager|Helper|Utils?|Base|Impl|Info|Data)$/;

/** Where a file lies and what it is called. */
export function pathFindings(path: string): Finding[] {
  const parts = path.split('/');
  if (parts.length === 1 || parts[0]!.startsWith('.')) return [];
  const says: string[] = [];
  for (const part of parts)
    if (!KEBAB.test(part) && !GIVEN.has(part) && !/LICENSE(\.txt)?$/.test(part))
      says.push(`"${part}" is not kebab-case`);
  const isTypeScript = path.endsWith('.ts');
  const checked = isTypeScript ? parts : parts.slice(0, -1);
  for (const part of checked)
    if (VAGUE.has(part.split('.')[0]!))
      says.push(`"${part}" says nothing about what is inside; name it by its purpose`);
  if (parts[0] === 'services' && isTypeScript) says.push(...serviceFindings(parts));
  return says.map((sentence) => ({ path, says: sentence }));
}

function serviceFindings(parts: readonly string[]): string[] {
  const says: string[] = [];
  if (parts.at(-1) === 'index.ts') says.push('services have no index.ts; import the file itself');
  if (parts[2] === 'src' && parts.length > 5)
    says.push('is deeper than services/<service>/src/<folder>/<file>');
  return says;
}

/** The root stays small enough to be read at a glance. */
export function rootFindings(paths: readonly string[]): Finding[] {
  const entries = new Set(paths.map((path) => path.split('/')[0]!));
  return entries.size <= ROOT_ENTRIES
    ? []
    : [{ path: '.', says: `has ${entries.size} entries; ${ROOT_ENTRIES} are allowed` }];
}

/** Names of classes, interfaces, types and functions that hide what they are. */
export function declaredFindings(source: Source): Finding[] {
  const found: Finding[] = [];
  for (const node of nodes(parsed(source))) {
    const isDeclaration =
      ts.isClassDeclaration(node) ||
      ts.isInterfaceDeclaration(node) ||
      ts.isTypeAliasDeclaration(node) ||
      ts.isFunctionDeclaration(node);
    if (!isDeclaration || !node.name) continue;
    const name = node.name.text;
    const line = lineOf(source, node.getStart());
    if (VAGUE_ENDING.test(name))
      found.push({
        path: source.path,
        line,
        says: `${name}: say what it does, not that it exists`,
      });
    if (ts.isInterfaceDeclaration(node) && /^I[A-Z][a-z]/.test(name))
      found.push({ path: source.path, line, says: `${name}: no I in front of an interface` });
  }
  return found;
}
