import { fromLocal, iso, millis, toLocal } from './local-time.js';
import type { CountedFact, Matter, PackRef, Standards } from './standards.js';

/** What a scenario may expect of work beyond the limits of a ticket. Times are local. */
export interface PracticeExpectation {
  /** All questions of the callback, with a clause for each. */
  readonly questions?: Readonly<Record<string, string>>;
  readonly callback?: { readonly share: number; readonly by: string; readonly clause: string };
  readonly notice?: {
    readonly occasion: string;
    readonly beginsAt: string;
    readonly by: string;
    readonly clause: string;
  };
  readonly rates?: readonly {
    readonly rate: string;
    readonly counts: Partial<Readonly<Record<CountedFact, number>>>;
    readonly value: number;
    readonly isKept: boolean;
    readonly clause: string;
  }[];
  readonly findings?: readonly {
    readonly line: string;
    readonly sheet: string;
    readonly found: boolean | number;
    readonly isFinding: boolean;
    readonly clause: string;
  }[];
  readonly measured?: {
    readonly rooms: readonly { readonly area: number; readonly celsius: readonly number[] }[];
    readonly isSigned: boolean;
    readonly witnesses?: number;
    readonly verdict: string;
    readonly points: readonly number[];
    readonly clauses: readonly string[];
  };
  readonly kept?: { readonly endedAt: string; readonly until: string; readonly clause: string };
}

/** Where the packs say something else than expected, in words. */
export const practiceDifferences = (
  standards: Standards,
  matter: Matter,
  expect: PracticeExpectation,
): string[] => [
  ...questionDifferences(standards, matter, expect),
  ...callbackDifferences(standards, matter, expect),
  ...noticeDifferences(standards, matter, expect),
  ...rateDifferences(standards, matter, expect),
  ...findingDifferences(standards, matter, expect),
  ...measuredDifferences(standards, matter, expect),
  ...keptDifferences(standards, matter, expect),
];

const cites = (what: string, { clauses }: PackRef, clause: string): string[] =>
  clauses.includes(clause) ? [] : [`${what} cites ${clauses.join(', ')}, expected ${clause}`];

const same = (what: string, found: unknown, expected: unknown): string[] =>
  JSON.stringify(found) === JSON.stringify(expected)
    ? []
    : [`${what} is ${JSON.stringify(found)}, expected ${JSON.stringify(expected)}`];

const instant = (local: string): string => iso(fromLocal(local));

const sameTime = (what: string, found: string, expected: string): string[] =>
  millis(found) === fromLocal(expected)
    ? []
    : [`${what} ${toLocal(millis(found))}, expected ${expected}`];

function questionDifferences(
  standards: Standards,
  matter: Matter,
  { questions }: PracticeExpectation,
) {
  if (!questions) return [];
  const asked = standards.questions(matter);
  const names = asked.map(({ question }) => question).sort();
  return [
    ...same('what is asked', names, Object.keys(questions).sort()),
    ...asked.flatMap(({ question, pack }) => cites(question, pack, questions[question] ?? '')),
  ];
}

function callbackDifferences(
  standards: Standards,
  matter: Matter,
  { callback }: PracticeExpectation,
) {
  if (!callback) return [];
  const found = standards.callback(matter);
  if (!found) return ['nobody is called back'];
  return [
    ...same('the share called back', found.share, callback.share),
    ...same('the caller', found.by, callback.by),
    ...cites('the callback', found.pack, callback.clause),
  ];
}

function noticeDifferences(standards: Standards, matter: Matter, { notice }: PracticeExpectation) {
  if (!notice) return [];
  const { occasion, beginsAt, by, clause } = notice;
  const found = standards.noticeBy(occasion, { ...matter, beginsAt: instant(beginsAt) });
  if (!found) return [`there is no notice of ${occasion}`];
  return [...sameTime('notice is due', found.by, by), ...cites('the notice', found.pack, clause)];
}

function rateDifferences(standards: Standards, matter: Matter, { rates }: PracticeExpectation) {
  return (rates ?? []).flatMap(({ rate, counts, value, isKept, clause }) => {
    const found = standards.rate(rate, { ...matter, counts });
    if (!found) return [`there is no rate ${rate}`];
    return [
      ...same(rate, found.value, value),
      ...same(`whether ${rate} is kept`, found.isKept, isKept),
      ...cites(rate, found.pack, clause),
    ];
  });
}

function findingDifferences(
  standards: Standards,
  matter: Matter,
  { findings }: PracticeExpectation,
) {
  return (findings ?? []).flatMap(({ line, sheet, found, isFinding, clause }) => {
    const judged = standards.finding(line, { ...matter, found });
    const isOnSheet = standards.inspectionSheet(sheet, matter).some(({ id }) => id === line);
    if (!judged || !isOnSheet) return [`the sheet ${sheet} has no line ${line}`];
    return [
      ...same(`whether ${line} has a finding`, judged.isFinding, isFinding),
      ...cites(line, judged.pack, clause),
    ];
  });
}

function measuredDifferences(
  standards: Standards,
  { utility, asOf }: Matter,
  { measured }: PracticeExpectation,
) {
  if (!measured) return [];
  const { verdict, points, clauses, ...measurement } = measured;
  const found = standards.measured({ ...measurement, at: asOf }, { utility });
  if (!found) return ['no pack judges room temperatures'];
  const cited = found.packs.flatMap((pack) => pack.clauses);
  return [
    ...same('the measurement', found.verdict, verdict),
    ...same('the points', found.points, points),
    ...clauses
      .filter((id) => !cited.includes(id))
      .map((id) => `the measurement does not cite ${id}`),
  ];
}

function keptDifferences(standards: Standards, matter: Matter, { kept }: PracticeExpectation) {
  if (!kept) return [];
  const found = standards.keptUntil(matter, instant(kept.endedAt));
  if (!found) return ['nothing says how long this is kept'];
  return [
    ...sameTime('this is kept until', found.until, kept.until),
    ...cites('keeping', found.pack, kept.clause),
  ];
}
