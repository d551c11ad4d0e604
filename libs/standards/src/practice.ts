import { bestOf, refOf } from './layers.js';
import type { Rules } from './layers.js';
import { dateOf, dayFrom, dayOf, iso, millis, minutes, startOf, yearOf } from './local-time.js';
import { seasonAround } from './season.js';
import { COUNTED } from './practice-answers.js';
import type {
  CountedFact,
  Measured,
  Measurement,
  Practice,
  Question,
  Rate,
} from './practice-answers.js';
import type { Matter, PackRef } from './references.js';

/** The questions that are asked of a customer who is called back, in the order of the packs. */
export const questionsUnder = (rules: Rules, matter: Matter): readonly Question[] =>
  [...rules.questions.values()]
    .filter((ruled) => bestOf([ruled], matter))
    .map(({ entry, pack }) => ({
      ...{ question: entry.id, ask: entry.ask, answer: entry.answer },
      pack: refOf(pack, entry.clauses),
    }));

/** Least share of closed tickets like this one that are called back, and by whom; null where no pack asks for any. */
export function callbackUnder(rules: Rules, matter: Matter) {
  const best = bestOf(rules.callbacks.values(), matter);
  if (!best) return null;
  const { share, by, clauses } = best.entry;
  return { share, by, pack: refOf(best.pack, clauses) };
}

/** The latest instant at which notice of something must have reached those it concerns. */
export function noticeUnder(rules: Rules, occasion: string, beginsAt: string) {
  const found = [...rules.notices.values()].find(({ entry }) => entry.occasion === occasion);
  if (!found) return null;
  const by = millis(beginsAt) - minutes(found.entry.ahead.hours * 60);
  return { by: iso(by), pack: refOf(found.pack, found.entry.clauses) };
}

/** A rate from what was counted. A share that is exactly the promised one keeps it. */
export function rateUnder(
  rules: Rules,
  rate: string,
  counts: Partial<Readonly<Record<CountedFact, number>>>,
): Rate | null {
  const found = rules.rates.get(rate);
  if (!found) return null;
  const { numerator, denominator, atLeast, clauses } = found.entry;
  const [part, whole] = [numerator, denominator].map((fact) => countOf(counts, fact));
  const pack = refOf(found.pack, clauses);
  if (part === undefined || !whole) return { value: null, isKept: true, pack };
  return { value: part / whole, isKept: part / whole >= (atLeast ?? 0), pack };
}

const countOf = (counts: Partial<Readonly<Record<CountedFact, number>>>, fact: string): number =>
  COUNTED.flatMap((one) => (one === fact ? (counts[one] ?? []) : []))[0] ?? 0;

/** The lines of an inspection sheet. */
export const sheetUnder = (rules: Rules, sheet: string) =>
  [...rules.inspections.values()]
    .filter(({ entry }) => entry.sheet === sheet)
    .map(({ entry, pack }) => ({
      ...{ id: entry.id, item: entry.item },
      ...(entry.atMost ? { atMost: entry.atMost } : {}),
      pack: refOf(pack, entry.clauses),
    }));

/** Whether what an inspector found is a finding against a line; null where no sheet has the line. */
export function findingUnder(rules: Rules, id: string, found: boolean | number) {
  const ruled = rules.inspections.get(id);
  if (!ruled) return null;
  const { atMost, clauses, sheet } = ruled.entry;
  if ((typeof found === 'number') !== (atMost !== undefined))
    throw new TypeError(`The line ${id} is answered with ${atMost ? 'seconds' : 'yes or no'}.`);
  const isKept = typeof found === 'number' ? found <= (atMost?.seconds ?? 0) : found;
  return { sheet, isFinding: !isKept, pack: refOf(ruled.pack, clauses) };
}

/** What a measurement proves. Each room has its own number of points; the mean of a room's points is judged. */
export function measuredUnder(rules: Rules, measurement: Measurement): Measured | null {
  const limit = [...rules.temperatures.values()][0];
  if (!limit) return null;
  const places = measurement.rooms.map(({ area }) => pointsUnder(rules, area));
  const points = places.map((place) => place?.points ?? 1);
  const refs = [refOf(limit.pack, limit.entry.clauses), ...places.flatMap((p) => p?.pack ?? [])];
  const answer = (verdict: Measured['verdict'], more: readonly PackRef[] = []): Measured => ({
    ...{ verdict, points },
    packs: [...refs, ...more],
  });
  const proof = proofUnder(rules, measurement);
  if (proof && !proof.isProof) return answer('invalid', [proof.pack]);
  const season = rules.seasons.get(limit.entry.season);
  if (season && !seasonAround(season.entry, millis(measurement.at)).isIn)
    return answer('out-of-season', [refOf(season.pack, season.entry.clauses)]);
  if (measurement.rooms.some(({ celsius }, index) => celsius.length < (points[index] ?? 1)))
    return answer('incomplete');
  const means = measurement.rooms.map(({ celsius }) => mean(celsius));
  const { from, to } = limit.entry.celsius;
  if (means.some((celsius) => celsius < from)) return answer('too-cold');
  return answer(means.some((celsius) => celsius > to) ? 'too-warm' : 'kept');
}

const mean = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / values.length;

/** Where a room of so many square metres is measured; null where no pack says it. */
export function pointsUnder(rules: Rules, area: number) {
  const found = [...rules.points.values()].find(
    ({ entry }) => area >= entry.area.from && (!entry.area.below || area < entry.area.below),
  );
  if (!found) return null;
  const { points, where, clauses } = found.entry;
  return { points, where, pack: refOf(found.pack, clauses) };
}

function proofUnder(rules: Rules, { isSigned, witnesses = 0 }: Measurement) {
  const found = [...rules.measuring.values()][0];
  if (!found) return null;
  const { repeatWith, repeatCounts, clauses } = found.entry;
  const isProof = isSigned || (repeatCounts && witnesses >= repeatWith.witnesses);
  return { isProof, pack: refOf(found.pack, clauses) };
}

/** The end of the day until which what was recorded of a matter may not be erased; null where no pack says it. */
export function keptUntilUnder(rules: Rules, matter: Matter, endedAt: string) {
  const best = bestOf(rules.retention.values(), matter);
  if (!best) return null;
  const day = dayOf(millis(endedAt));
  const year = yearOf(day) + best.entry.keep.years;
  const monthDay = dateOf(day).slice(5);
  const last = dayFrom(`${year}-${monthDay === '02-29' ? '02-28' : monthDay}`);
  return { until: iso(startOf(last + 1)), pack: refOf(best.pack, best.entry.clauses) };
}

/** The answers that a set of rules gives, each from the rules that held for the matter at the time. */
export const practiceUnder = (rulesAt: (utility: string, asOf: string) => Rules): Practice => ({
  questions: (matter) => questionsUnder(rulesAt(matter.utility, matter.asOf), matter),
  callback: (matter) => callbackUnder(rulesAt(matter.utility, matter.asOf), matter),
  noticeBy: (occasion, { utility, asOf, beginsAt }) =>
    noticeUnder(rulesAt(utility, asOf), occasion, beginsAt),
  rate: (rate, { utility, asOf, counts }) => rateUnder(rulesAt(utility, asOf), rate, counts),
  inspectionSheet: (sheet, { utility, asOf }) => sheetUnder(rulesAt(utility, asOf), sheet),
  finding: (line, { utility, asOf, found }) => findingUnder(rulesAt(utility, asOf), line, found),
  measured: (measurement, { utility }) =>
    measuredUnder(rulesAt(utility, measurement.at), measurement),
  keptUntil: (matter, endedAt) =>
    keptUntilUnder(rulesAt(matter.utility, matter.asOf), matter, endedAt),
});
