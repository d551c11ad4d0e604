import ts from 'typescript';
import { calledName, lineOf, nodes, parsed } from './syntax.js';
import type { Finding, Source } from './repository.js';

const ENGINES = ['.e2e.spec.ts', '.engines.spec.ts'] as const;
const TESTS = new Set(['it', 'test']);

const calls = (source: Source): readonly ts.CallExpression[] =>
  [...nodes(parsed(source))].filter((node) => ts.isCallExpression(node));

/**
 * A test through the whole platform is told once, in a `*.story.ts`, and runs on every engine: embedded in an
 * `*.e2e.spec.ts`, on servers in an `*.engines.spec.ts`. These two only say where.
 */
export function storyFindings(sources: readonly Source[]): Finding[] {
  const told = ENGINES.map((ending) => {
    const specs = sources.filter(({ path }) => path.endsWith(ending));
    return { ending, runs: new Set(specs.flatMap((spec) => calls(spec).map(calledName))) };
  });
  const oneEngineOnly = sources
    .filter(({ path }) => path.endsWith('.story.ts'))
    .flatMap((source) =>
      storiesIn(source).flatMap((name) =>
        told
          .filter(({ runs }) => !runs.has(name))
          .map(({ ending }) => ({ path: source.path, says: `${name} is in no *${ending}` })),
      ),
    );
  return [...oneEngineOnly, ...sources.flatMap(ownTestFindings)];
}

function storiesIn(source: Source): string[] {
  return parsed(source)
    .statements.filter((node) => ts.isFunctionDeclaration(node))
    .flatMap(({ name }) => (name?.text.endsWith('Story') ? [name.text] : []));
}

function ownTestFindings(source: Source): Finding[] {
  const { path } = source;
  if (!path.endsWith('.e2e.spec.ts')) return [];
  return calls(source)
    .filter((call) => TESTS.has(calledName(call)))
    .map((call) => ({
      path,
      line: lineOf(source, call.getStart()),
      says: 'a test of one engine; tell it in a *.story.ts, so that it runs on both',
    }));
}
