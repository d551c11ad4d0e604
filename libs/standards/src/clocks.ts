import { bestOf, refOf } from './layers.js';
import type { Chosen, Rules, Ruled } from './layers.js';
import { dueOf } from './limit.js';
import { dateOf, dayOf, iso, millis, minutes } from './local-time.js';
import type { Span } from './local-time.js';
import type { ClockEntry, StartOf, Within } from './pack.js';
import { STAGES } from './standards.js';
import type { Deadline, Ladder, Slot, TicketFacts } from './standards.js';
import { STRATEGIES, isStrategy } from './strategies.js';

const ROUND_THE_CLOCK = 'round-the-clock';
const WORKING_DAYS = 'working-days';

/** The limits of a ticket under the rules that held when it was received. */
export function deadlinesUnder(rules: Rules, ticket: TicketFacts): readonly Deadline[] {
  const found: Deadline[] = [];
  for (const stage of STAGES) {
    const running = [...rules.clocks.values()].filter(
      ({ entry }) => entry.stage === stage && startOf(entry.from, ticket) !== null,
    );
    const best = bestOf(running, ticket);
    if (best) found.push(deadlineOf(rules, best, ticket));
  }
  return found.sort((a, b) => (a.dueAt < b.dueAt ? -1 : a.dueAt > b.dueAt ? 1 : 0));
}

/** The instant a clock counts from; null where the ticket has none of that name, so the clock does not run. */
function startOf(from: StartOf, ticket: TicketFacts): string | null {
  switch (from) {
    case 'receipt':
      return ticket.receivedAt;
    case 'answered':
      return ticket.answeredAt ?? ticket.receivedAt;
    case 'transferred':
      return ticket.transferredAt ?? null;
    case 'finished':
      return ticket.finishedAt ?? null;
  }
}

function deadlineOf(rules: Rules, ruled: Ruled<ClockEntry>, ticket: TicketFacts): Deadline {
  const { entry, pack } = ruled;
  const start = millis(startOf(entry.from, ticket) ?? ticket.receivedAt);
  const slot = entry.isReplacedBySlot && ticket.slot ? slotDue(rules, ticket, ticket.slot) : null;
  const limit = valueOn(entry, millis(ticket.receivedAt));
  const calendar = calendarFor(rules, entry, limit);
  const counted = dueOf(start, limit, {
    calendar,
    movesPastDaysOff: entry.movesPastDaysOff ?? false,
  });
  const due = Math.max(
    start,
    slot?.at ?? applied(rules, entry, { ticket, start, due: counted.at }),
  );
  const warnAt = warnOf(entry, start, due);
  return {
    deadline: entry.stage,
    stage: entry.stage,
    startAt: iso(start),
    dueAt: iso(due),
    ...(warnAt === null ? {} : { warnAt: iso(warnAt) }),
    calendar: calendar.id,
    isCalendarGuessed: slot ? false : counted.isGuessed,
    isReplacedBySlot: entry.isReplacedBySlot ?? false,
    pack: slot?.pack ?? refOf(pack, entry.clauses),
  };
}

function applied(
  rules: Rules,
  { strategy }: ClockEntry,
  { ticket, start, due }: { ticket: TicketFacts; start: number; due: number },
): number {
  if (strategy === undefined || !isStrategy(strategy)) return due;
  return STRATEGIES[strategy]({ start, due, quiet: quietFor(rules, ticket.category) });
}

/** The figure that held on the local day of an instant. */
function valueOn(entry: ClockEntry, at: number): Within {
  const day = dateOf(dayOf(at));
  const value = entry.values?.find((v) => v.from <= day && (!v.until || day < v.until));
  const within = value?.within ?? entry.within;
  if (!within) throw new Error(`The clock ${entry.id} has no figure for ${day}.`);
  return within;
}

/** Id of the calendar that a figure of a clock is counted in. */
export function calendarOf(entry: ClockEntry, within: Within): string {
  const countsWorkingDays =
    within.workingDays !== undefined || within.sameWorkingDay || entry.movesPastDaysOff;
  return entry.calendar ?? (countsWorkingDays ? WORKING_DAYS : ROUND_THE_CLOCK);
}

function calendarFor(rules: Rules, entry: ClockEntry, within: Within) {
  const id = calendarOf(entry, within);
  const calendar = rules.calendarOf.get(id);
  if (!calendar) throw new Error(`The clock ${entry.id} counts in ${id}, which no pack has.`);
  return calendar;
}

function slotDue(rules: Rules, ticket: TicketFacts, slot: Slot) {
  const best = bestOf(rules.slots.values(), ticket);
  if (!best) return null;
  const { due, clauses } = best.entry;
  const at =
    due.minutesBeforeStart === undefined
      ? millis(slot.to)
      : millis(slot.from) - minutes(due.minutesBeforeStart);
  return { at, pack: refOf(best.pack, clauses) };
}

/** Whole seconds; null where nobody is warned or the warning would come with the start. */
function warnOf({ warn }: ClockEntry, start: number, due: number): number | null {
  if (!warn) return null;
  const at =
    warn.share === undefined
      ? due - minutes(warn.minutesBefore ?? 0)
      : start + Math.floor(((due - start) * warn.share) / 1000) * 1000;
  return at > start ? at : null;
}

/** Every span in which customers of this category are not phoned. */
export function quietFor(rules: Rules, category: string): readonly Span[] {
  return [...rules.quietHours.values()]
    .filter(({ entry }) => !entry.except?.some((one) => one === category))
    .flatMap(({ entry }) => rules.quietOf.get(entry.id) ?? []);
}

/** The ladder of posts for a ticket that stays unhandled. Its hours run round the clock. */
export function ladderUnder(rules: Rules, ticket: TicketFacts): Ladder | null {
  const best = bestOf(rules.ladders.values(), ticket satisfies Chosen);
  const from = best && startOf(best.entry.from, ticket);
  if (!best || from === null) return null;
  const start = millis(from);
  return {
    ladder: best.entry.id,
    steps: best.entry.steps.map((step) => ({
      step: step.id,
      hours: step.after.hours,
      dueAt: iso(start + minutes(step.after.hours * 60)),
      post: step.post,
      pack: refOf(best.pack, step.clauses),
    })),
  };
}
