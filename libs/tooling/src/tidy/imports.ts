import { existsSync, readFileSync } from 'node:fs';
import { join, posix } from 'node:path';
import ts from 'typescript';
import { nodes, parsed } from './syntax.js';
import { isSpec, type Finding, type Source } from './repository.js';

export interface Import {
  /** File that is imported, from the root of the repository. */
  readonly to: string;
  /** Types only: gone when the code runs. */
  readonly isType: boolean;
}

/** Relative imports of a file, static and dynamic, and files named by `new URL('./x.ts', import.meta.url)`. */
export function importsOf(source: Source): Import[] {
  const found: Import[] = [];
  for (const node of nodes(parsed(source))) {
    const specifier = specifierOf(node);
    if (!specifier?.startsWith('.')) continue;
    const to = posix.join(posix.dirname(source.path), specifier).replace(/\.js$/, '.ts');
    found.push({ to, isType: isTypeOnly(node) });
  }
  return found;
}

function specifierOf(node: ts.Node): string | null {
  if ((ts.isImportDeclaration(node) || ts.isExportDeclaration(node)) && node.moduleSpecifier)
    return ts.isStringLiteral(node.moduleSpecifier) ? node.moduleSpecifier.text : null;
  if (ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword)
    return firstText(node.arguments);
  if (ts.isNewExpression(node) && node.expression.getText() === 'URL')
    return firstText(node.arguments ?? []);
  return null;
}

const firstText = ([first]: readonly ts.Expression[]): string | null =>
  first && ts.isStringLiteralLike(first) ? first.text : null;

function isTypeOnly(node: ts.Node): boolean {
  if (ts.isExportDeclaration(node)) return node.isTypeOnly;
  if (!ts.isImportDeclaration(node) || !node.importClause) return false;
  const { isTypeOnly: whole, name, namedBindings } = node.importClause;
  if (whole) return true;
  if (name || !namedBindings || !ts.isNamedImports(namedBindings)) return false;
  const { elements } = namedBindings;
  return elements.length > 0 && elements.every((element) => element.isTypeOnly);
}

/** Who loads whom when the code runs. */
export const runtimeEdges = (sources: readonly Source[]): Map<string, string[]> =>
  new Map(
    sources.map((source) => [
      source.path,
      importsOf(source)
        .filter(({ isType }) => !isType)
        .map(({ to }) => to),
    ]),
  );

/** Files that something outside the import graph names: package exports, scripts, generators, configurations. */
export function entries(root: string, paths: readonly string[]): Set<string> {
  const found = new Set<string>();
  for (const path of paths.filter((p) => /(^|\/)(package|generators)\.json$/.test(p))) {
    const folder = posix.dirname(path);
    const text = readFileSync(join(root, path), 'utf8');
    const named = [...text.matchAll(/(?<=["\s])\.?[\w./-]+\.(ts|mjs)\b/g)].map(([name]) => name);
    named
      .flatMap((name) => [posix.join(folder, name), posix.normalize(name)])
      .filter((candidate) => existsSync(join(root, candidate)))
      .forEach((candidate) => found.add(candidate));
  }
  return found;
}

/** Source files that nobody imports but their own spec: left over, or forgotten in the manifest. */
export function orphanFindings(
  sources: readonly Source[],
  entryPaths: ReadonlySet<string>,
): Finding[] {
  const users = new Map<string, string[]>();
  for (const source of sources)
    for (const { to } of importsOf(source)) users.set(to, [...(users.get(to) ?? []), source.path]);
  const isNamed = (path: string) =>
    sources.some((source) => source.path !== path && source.text.includes(path));
  return sources
    .map(({ path }) => path)
    .filter((path) => path.includes('/') && !isSpec(path) && !path.endsWith('.d.ts'))
    .filter((path) => !entryPaths.has(path) && !isNamed(path))
    .filter((path) => {
      const by = users.get(path) ?? [];
      return FOR_SPECS.test(path) ? by.length === 0 : by.every((user) => isSpec(user));
    })
    .map((path) => ({ path, says: 'nobody imports this file; list it, use it or remove it' }));
}

/** Folders whose files serve specs only. */
const FOR_SPECS = /\/(test|boundaries|tidy|jest|contract)\//;
