import { fromLocal, iso, millis, toLocal } from './local-time.js';
import { practiceDifferences } from './scenario-practice.js';
import type { PracticeExpectation } from './scenario-practice.js';
import { UNCLASSIFIED } from './standards.js';
import type { Deadline, Matter, PackRef, Standards, TicketFacts } from './standards.js';

/** A ticket as a domain person writes it: local times, and the type by its code. */
export interface ScenarioTicket {
  readonly type: string;
  /** Needed only where the type is `unclassified`. */
  readonly utility?: string;
  readonly category?: string;
  readonly receivedAt: string;
  readonly answeredAt?: string;
  readonly transferredAt?: string;
  readonly finishedAt?: string;
  readonly slot?: { readonly from: string; readonly to: string };
  readonly zone?: string;
}

export interface Expectation extends PracticeExpectation {
  /** All of them; a deadline that is not named here is a difference. */
  readonly deadlines?: readonly {
    readonly stage: string;
    readonly due: string;
    readonly clause: string;
    readonly warned?: string;
    readonly isGuessed?: boolean;
  }[];
  readonly ladder?:
    'none' | readonly { readonly post: string; readonly at: string; readonly clause: string }[];
  /** Evidence without which closing is refused, with a clause for each. */
  readonly evidence?: Readonly<Record<string, string>>;
  readonly reopening?: {
    readonly continues: readonly string[];
    readonly restarts: readonly string[];
    readonly clause: string;
  };
  readonly noAccessWait?: { readonly minutes: number; readonly clause: string };
  readonly category?: string;
  readonly needsWorkOrder?: boolean;
  readonly isSafety?: boolean;
  /** Each is part of a sentence that is said first. */
  readonly safetyWords?: readonly string[];
  readonly slotReplacesArrival?: boolean;
  /** The last instant before `at` when the customer may be phoned. */
  readonly callBy?: { readonly at: string; readonly by: string; readonly clause: string };
  readonly season?: {
    readonly season: string;
    readonly isIn: boolean;
    readonly from: string;
    readonly to: string;
    readonly clause: string;
  };
}

/** Given this, expect that. Has either a ticket and what to expect of it, or words and the type they suggest. */
export interface Scenario {
  readonly name: string;
  /** Path of the file it stands in. */
  readonly file: string;
  readonly ticket?: ScenarioTicket;
  readonly expect?: Expectation;
  readonly says?: string;
  readonly utility?: string;
  readonly suggests?: string;
  readonly words?: readonly string[];
}

/** Day on which the words of a message are judged where the scenario has no ticket. */
const SAMPLE_DAY = '2026-01-15T04:00:00.000Z';

/** Plays one scenario. Answers the differences in words; [] where everything is as expected. */
export function runScenario(standards: Standards, scenario: Scenario): readonly string[] {
  try {
    return [
      ...suggestionDifferences(standards, scenario),
      ...ticketDifferences(standards, scenario),
    ];
  } catch (error) {
    return [error instanceof Error ? error.message : String(error)];
  }
}

function suggestionDifferences(standards: Standards, scenario: Scenario): string[] {
  const { says, suggests, utility, words = [] } = scenario;
  if (says === undefined) return [];
  const options = { asOf: SAMPLE_DAY, ...(utility === undefined ? {} : { utility }) };
  const [best] = standards.suggestTypes(says, options);
  const found = best ? `${best.code} for ${best.words.join(', ')}` : 'nothing';
  if (best?.code !== suggests) return [`suggests ${found}, expected ${suggests ?? 'nothing'}`];
  const missing = words.filter((word) => !best?.words.includes(word));
  return missing.length ? [`heard ${best?.words.join(', ')}, not ${missing.join(', ')}`] : [];
}

function ticketDifferences(standards: Standards, { ticket, expect }: Scenario): string[] {
  if (!ticket || !expect) return [];
  const facts = factsOf(standards, ticket);
  const matter: Matter = { ...facts, asOf: facts.receivedAt };
  return [
    ...deadlineDifferences(standards, facts, expect),
    ...ladderDifferences(standards, facts, expect),
    ...gateDifferences(standards, matter, expect),
    ...typeDifferences(standards, matter, expect),
    ...callDifferences(standards, matter, expect),
    ...seasonDifferences(standards, matter, expect),
    ...practiceDifferences(standards, matter, expect),
  ];
}

function factsOf(standards: Standards, ticket: ScenarioTicket): TicketFacts {
  const { utility = '', category = '', slot, zone } = ticket;
  const receivedAt = at(ticket.receivedAt);
  const type = standards.type(ticket.type, receivedAt);
  if (!type && ticket.type !== UNCLASSIFIED)
    throw new Error(`There is no ticket type ${ticket.type}.`);
  const instants = (['answeredAt', 'transferredAt', 'finishedAt'] as const).flatMap((field) => {
    const local = ticket[field];
    return local === undefined ? [] : [[field, at(local)]];
  });
  return {
    ...(type ? { utility: type.utility, category: type.category } : { utility, category }),
    typeCode: ticket.type,
    receivedAt,
    ...(Object.fromEntries(instants) as Partial<TicketFacts>),
    ...(slot && { slot: { from: at(slot.from), to: at(slot.to) } }),
    ...(zone !== undefined && { zone }),
  };
}

const at = (local: string): string => iso(fromLocal(local));

function deadlineDifferences(standards: Standards, facts: TicketFacts, { deadlines }: Expectation) {
  if (!deadlines) return [];
  const found = new Map(standards.deadlines(facts).map((d) => [d.stage as string, d]));
  const differences = deadlines.flatMap((expected) => {
    const deadline = found.get(expected.stage);
    found.delete(expected.stage);
    if (!deadline) return [`${expected.stage}: no such deadline`];
    return [
      ...sameInstant(`${expected.stage} is due`, deadline.dueAt, expected.due),
      ...(expected.warned === undefined
        ? []
        : sameInstant(`${expected.stage} is warned`, deadline.warnAt, expected.warned)),
      ...cites(expected.stage, deadline.pack, expected.clause),
      ...guessed(deadline, expected.isGuessed ?? false),
    ];
  });
  return [...differences, ...[...found.keys()].map((stage) => `${stage}: not expected`)];
}

const guessed = ({ stage, isCalendarGuessed }: Deadline, expected: boolean): string[] =>
  isCalendarGuessed === expected
    ? []
    : [`${stage}: the calendar ${isCalendarGuessed ? 'was' : 'was not'} guessed`];

function ladderDifferences(standards: Standards, facts: TicketFacts, { ladder }: Expectation) {
  if (!ladder) return [];
  const steps = standards.ladder(facts)?.steps ?? [];
  const expected = ladder === 'none' ? [] : ladder;
  if (steps.length !== expected.length)
    return [`ladder: ${steps.length} steps, expected ${expected.length}`];
  return expected.flatMap(({ post, at, clause }, index) => {
    const step = steps[index];
    if (step?.post !== post) return [`ladder: ${step?.post} is told, expected ${post}`];
    return [...sameInstant(`${post} is told`, step.dueAt, at), ...cites(post, step.pack, clause)];
  });
}

function gateDifferences(standards: Standards, matter: Matter, expect: Expectation): string[] {
  const { evidence, reopening, noAccessWait, slotReplacesArrival } = expect;
  const differences: string[] = [];
  if (evidence) {
    const asked = standards.closingEvidence(matter);
    differences.push(
      ...sameSet(
        'closing asks for',
        asked.map((e) => e.evidence),
        Object.keys(evidence),
      ),
      ...asked.flatMap((e) => cites(e.evidence, e.pack, evidence[e.evidence] ?? '')),
    );
  }
  if (reopening) {
    const found = standards.reopening(matter);
    differences.push(
      ...sameSet('reopening continues', found.continues, reopening.continues),
      ...sameSet('reopening restarts', found.restarts, reopening.restarts),
      ...cites('reopening', found.pack, reopening.clause),
    );
  }
  if (noAccessWait) {
    const found = standards.noAccessWaitMinutes(matter);
    if (found.minutes !== noAccessWait.minutes)
      differences.push(`the crew waits ${found.minutes} minutes, expected ${noAccessWait.minutes}`);
    differences.push(...cites('the wait', found.pack, noAccessWait.clause));
  }
  const isReplaced = standards.arrivalReplacedBySlot(matter);
  if (slotReplacesArrival !== undefined && isReplaced !== slotReplacesArrival)
    differences.push(`a slot ${isReplaced ? 'replaces' : 'does not replace'} the arrival limit`);
  return differences;
}

function typeDifferences(standards: Standards, matter: Matter, expect: Expectation): string[] {
  const type = standards.type(matter.typeCode, matter.asOf);
  const said = standards.safetyWords(matter.typeCode, 'zh', matter.asOf).join(' ');
  const saidEn = standards.safetyWords(matter.typeCode, 'en', matter.asOf).join(' ');
  const differences = (['category', 'needsWorkOrder', 'isSafety'] as const)
    .filter((field) => expect[field] !== undefined && type?.[field] !== expect[field])
    .map((field) => `${field} is ${String(type?.[field])}, expected ${String(expect[field])}`);
  const unsaid = (expect.safetyWords ?? []).filter((w) => !said.includes(w) && !saidEn.includes(w));
  return [...differences, ...unsaid.map((words) => `"${words}" is not said`)];
}

function callDifferences(standards: Standards, matter: Matter, { callBy }: Expectation): string[] {
  if (!callBy) return [];
  const found = standards.callBefore(matter, iso(fromLocal(callBy.at)));
  if (!found) return ['no quiet hours hold'];
  return [
    ...sameInstant('the customer may be phoned', found.at, callBy.by),
    ...cites('quiet hours', found.pack, callBy.clause),
  ];
}

function seasonDifferences(standards: Standards, matter: Matter, { season }: Expectation) {
  if (!season) return [];
  const found = standards.season(season.season, matter);
  if (!found) return [`there is no season ${season.season}`];
  return [
    ...(found.isIn === season.isIn ? [] : [`the season is ${found.isIn ? 'on' : 'off'}`]),
    ...sameInstant('the season begins', found.from, season.from),
    ...sameInstant('the season ends', found.to, season.to),
    ...cites('the season', found.pack, season.clause),
  ];
}

function sameInstant(what: string, found: string | undefined, expected: string): string[] {
  if (found !== undefined && millis(found) === fromLocal(expected)) return [];
  return [
    `${what} ${found === undefined ? 'never' : toLocal(millis(found))}, expected ${expected}`,
  ];
}

const cites = (what: string, { clauses }: PackRef, clause: string): string[] =>
  clauses.includes(clause) ? [] : [`${what} cites ${clauses.join(', ')}, expected ${clause}`];

function sameSet(what: string, found: readonly string[], expected: readonly string[]): string[] {
  const [a, b] = [[...found].sort().join(', '), [...expected].sort().join(', ')];
  return a === b ? [] : [`${what} ${a || 'nothing'}, expected ${b || 'nothing'}`];
}
