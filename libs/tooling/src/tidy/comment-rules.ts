import { comments, type Comment } from './syntax.js';
import type { Finding, Source } from './repository.js';

const TASK = new RegExp(`\\b${'TO'}${'DO'}\\b(?!\\(#\\d+\\))`);
const UNFINISHED = new RegExp(`\\b(${'FIX'}${'ME'}|${'XX'}${'X'}|${'HA'}${'CK'})\\b`);
const BANNER = /([-=*#~_])\1{4,}/;
const DISABLES = /eslint-disable|@ts-(ignore|expect-error|nocheck)/;

/** Comments that give no reason: banners, sleeping code, promises without a number. */
export function commentFindings(source: Source): Finding[] {
  return comments(source).flatMap((comment) =>
    faultsOf(comment).map((says) => ({ path: source.path, line: comment.line, says })),
  );
}

function faultsOf(comment: Comment): string[] {
  const { text } = comment;
  const faults: string[] = [];
  if (TASK.test(text)) faults.push('a task without the number of its issue');
  if (UNFINISHED.test(text)) faults.push('mend it now or open an issue');
  if (BANNER.test(text)) faults.push('a banner; a file that needs one is two files');
  if (DISABLES.test(text) && !/--\s*\S/.test(text))
    faults.push('switches a rule off without saying why (… -- reason)');
  if (/eslint-disable(?!-next-line|-line)/.test(text))
    faults.push('switches a rule off for the whole file; only for one line is allowed');
  if (looksLikeCode(text)) faults.push('code in a comment; the history of git keeps what was');
  return faults;
}

/** Indented lines of a documentation comment are examples; what stands at its margin is prose. */
function looksLikeCode(text: string): boolean {
  const isDocumentation = text.startsWith('/**');
  const lines = text
    .replace(/^\/\*+|\*\/$/g, '')
    .split('\n')
    .map((line) => line.replace(/^\s*(\/\/|\*)\s?/, ''));
  return lines.some(
    (line) => !(isDocumentation && /^\s{2,}/.test(line)) && isStatement(line.trim()),
  );
}

function isStatement(line: string): boolean {
  return (
    /^(import|export|const|let|var|return|await|throw|if|for|while|switch)\b.*[;{]$/.test(line) ||
    /^[\w.]+\(.*\);$/.test(line) ||
    /^[\w.[\]]+ = .*;$/.test(line) ||
    /^\}[);]*$/.test(line)
  );
}

const HEADERS: readonly { is: (source: Source) => boolean; needs: RegExp; says: string }[] = [
  {
    is: ({ path, text }) =>
      /^services\/[^/]+\/src\/[^/]+\//.test(path) && /\bdefineStream[<(]/.test(text),
    needs: /[→▶►]|->/,
    says: 'a stream file begins with its state diagram (none → open → closed)',
  },
  {
    is: ({ path, text }) => path.startsWith('libs/contracts/src/') && /\bdefineEvent\(/.test(text),
    needs: /\w+ \w+ \w+/,
    says: 'a contract says which fact it is, who sends it and when',
  },
  {
    is: ({ path }) => /^libs\/engine[^/]*\/src\/(?!index|contract\/)/.test(path),
    needs: /\w+ \w+ \w+/,
    says: 'a file of the engine says which promise it keeps',
  },
];

/** Files whose reader needs to know something before the first line. */
export function headerFindings(source: Source): Finding[] {
  return HEADERS.filter(({ is }) => is(source))
    .filter(({ needs }) => !comments(source).some(({ text }) => needs.test(text)))
    .map(({ says }) => ({ path: source.path, says }));
}
