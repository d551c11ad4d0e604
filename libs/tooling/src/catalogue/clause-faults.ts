import { basename } from 'node:path';
import type { EntryKind } from '@shouwen/standards';
import type { ClauseLine, Evidence } from './clauses.js';
import { clauseLines } from './clauses.js';

/** The question of the standards that an entry of each kind answers; one that no service asks decides nothing. */
const ASKED_BY: Partial<Readonly<Record<EntryKind, string>>> = {
  types: 'type',
  calendars: 'deadlines',
  quietHours: 'deadlines',
  clocks: 'deadlines',
  slots: 'deadlines',
  ladders: 'ladder',
  closing: 'closingEvidence',
  reopening: 'reopening',
  noAccess: 'noAccessWaitMinutes',
  seasons: 'season',
  questions: 'questions',
  callbacks: 'callback',
  notices: 'noticeBy',
  rates: 'rate',
  inspections: 'finding',
  temperatures: 'measured',
  points: 'measured',
  measuring: 'measured',
  retention: 'keptUntil',
};

/** What the source says: the text of a file, or null where there is none. */
export interface Sources {
  read(path: string): string | null;
  /** Text of everything in the services but their specs. */
  readonly services: string;
}

/** Everything that is said of clauses without proof, one sentence each. */
export function clauseFaults(evidence: Evidence, sources: Sources): readonly string[] {
  const { rows, states } = evidence;
  const known = new Set(rows.map(({ id }) => id));
  return [
    ...Object.keys(states.clauses)
      .filter((id) => !known.has(id))
      .map((id) => `${id} is not in the catalogue`),
    ...Object.entries(states.clauses).flatMap(([id, said]) =>
      typeof said === 'object' && 'needs' in said && !states.needs[said.needs]
        ? [`${id} needs ${said.needs}, which nobody explains`]
        : [],
    ),
    ...rows
      .filter(({ id, utility }) => /^(heat|common)$/.test(utility) && !states.clauses[id])
      .map(({ id }) => `${id} is not weighed`),
    ...clauseLines(evidence)
      .filter(({ state }) => state === 'executable')
      .flatMap((line) => unproven(line, evidence, sources)),
  ];
}

function unproven(line: ClauseLine, { states }: Evidence, sources: Sources): string[] {
  const { id } = line.row;
  const said = states.clauses[id];
  if (typeof said === 'object' && 'kept' in said)
    return said.shown.length === 0
      ? [`${id} is said to be executable and has no scenario`]
      : said.shown.flatMap((shown) =>
          notShown(shown, said.kept, sources).map((why) => `${id}: ${why}`),
        );
  const deciding = line.proofs.filter(({ kind }) => kind === undefined || isAsked(kind, sources));
  if (deciding.length === 0)
    return [`${id} is said to be executable and nothing of it is asked for`];
  return deciding
    .filter(({ scenarios }) => scenarios.length === 0)
    .map(({ name }) => `${id}: every scenario passes without ${name}`);
}

function isAsked(kind: EntryKind, { services }: Sources): boolean {
  const question = ASKED_BY[kind];
  return question !== undefined && services.includes(`.${question}(`);
}

/** A spec shows what a file keeps where it has the title, and imports the file: without it the spec cannot run. */
function notShown(shown: string, kept: readonly string[], { read }: Sources): string[] {
  const end = shown.indexOf(': ');
  const [path, title] = [shown.slice(0, end), shown.slice(end + 2)];
  const missing = kept.filter((file) => read(file) === null).map((file) => `${file} is not there`);
  const spec = read(path);
  if (spec === null) return [...missing, `${path} is not there`];
  const hasTitle = spec.includes(`it('${title}'`) || spec.includes(`it("${title}"`);
  const runs = (file: string) =>
    file.startsWith('libs/engine/') || spec.includes(`/${basename(file, '.ts')}.js'`);
  return [
    ...missing,
    ...(hasTitle ? [] : [`${path} does not say "${title}"`]),
    ...(kept.some(runs) ? [] : [`${path} passes without ${kept.join(', ')}`]),
  ];
}
