import { codeLines } from './syntax.js';
import type { Finding, Source } from './repository.js';

/** Code lines; functions, nesting and parameters are counted by ESLint, which knows where they begin. */
export const MAX_LINES = 400;

export function sizeFindings(source: Source): Finding[] {
  const lines = codeLines(source);
  return lines <= MAX_LINES
    ? []
    : [{ path: source.path, says: `has ${lines} lines of code; ${MAX_LINES} are allowed` }];
}
