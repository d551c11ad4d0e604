import ts from 'typescript';
import type { Source } from './repository.js';

export interface Comment {
  readonly text: string;
  readonly line: number;
  readonly from: number;
  readonly to: number;
}

const cache = new Map<string, ts.SourceFile>();

/** The syntax tree; the same source is parsed once however many rules look at it. */
export function parsed({ path, text }: Source): ts.SourceFile {
  const known = cache.get(path);
  if (known && known.text === text) return known;
  const file = ts.createSourceFile(path, text, ts.ScriptTarget.ES2023, true);
  cache.set(path, file);
  return file;
}

/** Every node of the tree, tokens left out, parents first. */
export function* nodes(root: ts.Node): Generator<ts.Node> {
  const waiting = [root];
  for (let node = waiting.pop(); node; node = waiting.pop()) {
    yield node;
    const children: ts.Node[] = [];
    node.forEachChild((child) => void children.push(child));
    waiting.push(...children.reverse());
  }
}

function* tokens(node: ts.Node, file: ts.SourceFile): Generator<ts.Node> {
  const children = node.getChildren(file);
  if (children.length === 0) yield node;
  for (const child of children) if (!ts.isJSDoc(child)) yield* tokens(child, file);
}

/** Comments in order; a text that only looks like one inside a string is none. */
export function comments(source: Source): Comment[] {
  const file = parsed(source);
  const found = new Map<number, Comment>();
  for (const token of tokens(file, file)) {
    const ranges = [
      ...(ts.getLeadingCommentRanges(source.text, token.getFullStart()) ?? []),
      ...(ts.getTrailingCommentRanges(source.text, token.end) ?? []),
    ];
    for (const { pos, end } of ranges)
      found.set(pos, {
        text: source.text.slice(pos, end),
        line: lineOf(source, pos),
        from: pos,
        to: end,
      });
  }
  return [...found.values()].sort((a, b) => a.from - b.from);
}

export const lineOf = (source: Source, position: number): number =>
  parsed(source).getLineAndCharacterOfPosition(position).line + 1;

/** Literal texts, templates cut at their holes. */
export function strings(source: Source): { text: string; line: number }[] {
  const found: { text: string; line: number }[] = [];
  for (const node of nodes(parsed(source)))
    if (
      ts.isStringLiteralLike(node) ||
      ts.isTemplateHead(node) ||
      ts.isTemplateMiddleOrTemplateTail(node)
    )
      found.push({ text: node.text, line: lineOf(source, node.getStart()) });
  return found;
}

/** Lines that hold code: neither blank nor comment. */
export function codeLines(source: Source): number {
  const characters = [...Array(source.text.length).keys()].map((i) => source.text[i]!);
  for (const { from, to } of comments(source))
    for (let i = from; i < to; i++) if (characters[i] !== '\n') characters[i] = ' ';
  return characters
    .join('')
    .split('\n')
    .filter((line) => line.trim() !== '').length;
}

/** Name of a called function, or of the object that a called method belongs to: `it` for `it.each(…)(…)`. */
export function calledName(call: ts.CallExpression): string {
  let callee: ts.Expression = call.expression;
  while (ts.isCallExpression(callee) || ts.isPropertyAccessExpression(callee))
    callee = callee.expression;
  return ts.isIdentifier(callee) ? callee.text : '';
}
