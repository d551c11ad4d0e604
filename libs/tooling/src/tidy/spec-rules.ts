import ts from 'typescript';
import { calledName, lineOf, nodes, parsed } from './syntax.js';
import type { Finding, Source } from './repository.js';

const TITLED = new Set(['it', 'test', 'describe']);
const PROVES =
  /\bexpect\w*\(|\.(records|changesNothing|isRejected)\(|\bassert\w*\(|\b\w+(Contract|Story)\(/;
const SLEEPS = /new Promise[^;]{0,80}setTimeout|node:timers\/promises|\bsleep\(/;

/** A spec proves something, says what in plain words, runs wholly, and never waits for the clock on the wall. */
export function specFindings(source: Source): Finding[] {
  const { path, text } = source;
  const found: Finding[] = [];
  if (!PROVES.test(text)) found.push({ path, says: 'a spec without an expectation' });
  if (SLEEPS.test(text))
    found.push({ path, says: 'a spec that sleeps; wait for what must happen' });
  for (const node of nodes(parsed(source))) {
    if (!ts.isCallExpression(node) || !TITLED.has(calledName(node))) continue;
    const line = lineOf(source, node.getStart());
    found.push(...callFindings(node).map((says) => ({ path, line, says })));
  }
  return found;
}

function callFindings(call: ts.CallExpression): string[] {
  const callee = call.expression.getText();
  const says: string[] = [];
  if (/\.(only|skip)\b/.test(callee))
    says.push('a spec that is switched off, or switches others off');
  const [title, body] = call.arguments;
  if (title && ts.isStringLiteralLike(title) && /\bshould\b/.test(title.text))
    says.push('a title says what happens, without "should"');
  if (
    body &&
    ts.isArrowFunction(body) &&
    ts.isBlock(body.body) &&
    body.body.statements.length === 0
  )
    says.push('a spec with an empty body passes whatever happens');
  return says;
}
