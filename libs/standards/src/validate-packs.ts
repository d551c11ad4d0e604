import { calendarOf } from './clocks.js';
import { editionsOn, exactness, rulesOn } from './layers.js';
import type { Rules } from './layers.js';
import { dayFrom, spanFrom } from './local-time.js';
import type { PackFault } from './pack-faults.js';
import { FILES } from './pack-schema.js';
import { ENTRY_KINDS, idOf } from './pack.js';
import type {
  AppliesTo,
  ClockEntry,
  Clauses,
  Dated,
  EntryKind,
  LadderEntry,
  Pack,
} from './pack.js';
import { UTILITIES } from './standards.js';
import { isStrategy } from './strategies.js';
import { utilityOf } from './suggestion.js';
import { practiceFaults } from './validate-practice.js';

type Tell = (fault: {
  pack: Pack;
  kind: EntryKind;
  entry: string;
  field: string;
  rule: string;
  message: string;
}) => void;

/**
 * What one file's schema cannot see: clauses, dates, names that point at other entries, and layers that collide.
 * Every fault is reported, not only the first.
 */
export function faultsOf(packs: readonly Pack[], clauses: Clauses): readonly PackFault[] {
  const faults: PackFault[] = [];
  const tell: Tell = ({ pack, kind, ...fault }) =>
    faults.push({ file: fileOf(pack, kind), ...fault });
  for (const pack of packs) {
    clausesExist(pack, clauses, tell);
    idsAreUnique(pack, tell);
    typesAreWhole(pack, tell);
    calendarsAreWhole(pack, tell);
    for (const clock of pack.clocks) if (!clock.isWithdrawn) clockIsWhole(pack, clock, tell);
    for (const ladder of pack.ladders) if (!ladder.isWithdrawn) ladderClimbs(pack, ladder, tell);
  }
  editionsFollow(packs, tell);
  if (faults.length === 0) layersFit(packs, tell);
  return faults;
}

function fileOf(pack: Pack, kind: EntryKind): string {
  const file = Object.keys(FILES).find((name) => FILES[name]?.includes(kind)) ?? 'pack.yaml';
  return `${pack.folder}/${file}`;
}

function clausesExist(pack: Pack, clauses: Clauses, tell: Tell): void {
  for (const { kind, entry } of entriesOf(pack)) {
    const steps = 'steps' in entry ? entry.steps.flatMap((step) => step.clauses) : [];
    const own = 'clauses' in entry ? (entry.clauses ?? []) : [];
    for (const id of [...own, ...steps].filter((one) => !clauses.has(one)))
      tell({
        ...{ pack, kind, entry: idOf(entry), field: 'clauses', rule: 'clause.unknown' },
        message: `The catalogue has no clause ${id}.`,
      });
  }
}

const entriesOf = (pack: Pack) =>
  ENTRY_KINDS.flatMap((kind) => pack[kind].map((entry) => ({ kind, entry })));

function idsAreUnique(pack: Pack, tell: Tell): void {
  for (const kind of ENTRY_KINDS) {
    const seen = new Set<string>();
    for (const entry of pack[kind]) {
      const id = idOf(entry);
      if (seen.has(id))
        tell({
          ...{ pack, kind, entry: id, field: 'id', rule: 'id.twice' },
          message: 'This pack has the entry twice.',
        });
      seen.add(id);
    }
  }
}

function typesAreWhole(pack: Pack, tell: Tell): void {
  const wrong = (entry: string, field: string, rule: string, message: string) =>
    tell({ pack, kind: 'types', entry, field, rule, message });
  for (const type of pack.types) {
    const utility = utilityOf(type.code);
    if (!isUtility(utility))
      wrong(type.code, 'code', 'type.utility', `A code begins with ${UTILITIES.join(', ')}.`);
    else if (pack.utility && pack.utility !== utility)
      wrong(type.code, 'code', 'type.utility', `This pack is for ${pack.utility}.`);
    if (type.isSafety && !type.safetyWords)
      wrong(type.code, 'safetyWords', 'safety-words.missing', 'A safety type has safety words.');
  }
}

function calendarsAreWhole(pack: Pack, tell: Tell): void {
  const tryAll = (kind: EntryKind, entry: string, field: string, tries: () => void) => {
    try {
      tries();
    } catch (error) {
      const message = error instanceof Error ? error.message : String(error);
      tell({ pack, kind, entry, field, rule: 'time', message });
    }
  };
  for (const calendar of pack.calendars) {
    if (calendar.isWithdrawn) continue;
    tryAll('calendars', calendar.id, 'hours', () => {
      const spans = (calendar.hours ?? []).map(spanFrom);
      if (spans.some((span, i) => span.to < span.from || span.from < (spans[i - 1]?.to ?? 0)))
        throw new RangeError('The spans of a day follow each other and do not overlap.');
    });
    if (calendar.holidays !== undefined && !pack.holidays[calendar.holidays])
      tell({
        ...{ pack, kind: 'calendars', entry: calendar.id, field: 'holidays', rule: 'file.missing' },
        message: `The pack has no file ${calendar.holidays}.`,
      });
  }
  for (const { id, spans, isWithdrawn } of pack.quietHours)
    if (!isWithdrawn) tryAll('quietHours', id, 'spans', () => void spans.map(spanFrom));
  for (const season of pack.seasons)
    if (!season.isWithdrawn)
      for (const field of ['from', 'to'] as const)
        tryAll('seasons', season.id, field, () => void dayFrom(`2001-${season[field]}`));
}

function clockIsWhole(pack: Pack, clock: ClockEntry, tell: Tell): void {
  const wrong = (field: string, rule: string, message: string) =>
    tell({ pack, kind: 'clocks', entry: clock.id, field, rule, message });
  if ((clock.within === undefined) === (clock.values === undefined))
    wrong('within', 'missing', 'A clock has either one figure (within) or dated ones (values).');
  if (clock.strategy !== undefined && !isStrategy(clock.strategy))
    wrong('strategy', 'strategy.unknown', `There is no strategy called ${clock.strategy}.`);
  for (const [rule, message] of dateFaults(clock.values ?? [], pack.from))
    wrong('values', rule, message);
}

/** Dated figures follow each other without overlap or gap, from the pack's first day and without end. */
function dateFaults(
  dated: readonly Dated[],
  from: string,
): readonly [rule: string, message: string][] {
  const values = [...dated].sort((a, b) => (a.from < b.from ? -1 : 1));
  const first = values[0];
  const late: [string, string][] =
    first && first.from > from
      ? [['dates.gap', `The pack holds from ${from}, the first figure later.`]]
      : [];
  const between = values.flatMap(({ until }, index): [string, string][] => {
    const next = values[index + 1]?.from;
    if (next === until) return [];
    if (next === undefined) return [['dates.gap', `No figure holds from ${until} on.`]];
    if (until === undefined || until > next)
      return [['dates.overlap', `Two figures hold on ${next}.`]];
    return [['dates.gap', `No figure holds from ${until} to ${next}.`]];
  });
  return [...late, ...between];
}

function ladderClimbs(pack: Pack, ladder: LadderEntry, tell: Tell): void {
  const wrong = (rule: string, message: string) =>
    tell({ pack, kind: 'ladders', entry: ladder.id, field: 'steps', rule, message });
  const hours = ladder.steps.map((step) => step.after.hours);
  if (hours.some((each, i) => i > 0 && each <= (hours[i - 1] ?? 0)))
    wrong('ladder.order', 'Each step of a ladder comes later than the one before.');
  if (new Set(ladder.steps.map((step) => step.id)).size < ladder.steps.length)
    wrong('id.twice', 'Two steps have one id.');
}

/** Editions of one pack replace each other on a day; two from the same day would both hold. */
function editionsFollow(packs: readonly Pack[], tell: Tell): void {
  const seen = new Set<string>();
  for (const pack of packs) {
    const key = `${pack.id} from ${pack.from}`;
    if (seen.has(key))
      tell({
        ...{ pack, kind: 'types', entry: pack.id, field: 'from', rule: 'dates.overlap' },
        message: `Two editions of ${key} hold at once.`,
      });
    seen.add(key);
  }
}

/** What can be seen only when the layers lie over each other, on every day that something changes. */
function layersFit(packs: readonly Pack[], tell: Tell): void {
  const days = [...new Set(packs.map((pack) => dayFrom(pack.from)))];
  const told = new Set<string>();
  const once: Tell = (fault) => {
    const key = [fault.pack.id, fault.kind, fault.entry, fault.field, fault.rule].join(' ');
    if (!told.has(key)) tell(fault);
    told.add(key);
  };
  for (const day of days) {
    sameLayerAgrees(editionsOn(packs, day), once);
    for (const utility of UTILITIES) {
      const rules = rulesOn(packs, utility, day);
      namesExist(rules, utility, once);
      choicesAreClear(rules, once);
      for (const fault of practiceFaults(rules)) once(fault);
      withdrawalsHit(rules, once);
    }
  }
}

function sameLayerAgrees(packs: readonly Pack[], tell: Tell): void {
  const owners = new Map<string, string>();
  const entries = packs.flatMap((pack) => entriesOf(pack).map((each) => ({ pack, ...each })));
  for (const { pack, kind, entry } of entries) {
    const key = [pack.layer, pack.utility ?? '-', kind, idOf(entry)].join(' ');
    const owner = owners.get(key);
    if (owner !== undefined && owner !== pack.id)
      tell({
        ...{ pack, kind, entry: idOf(entry), field: 'id', rule: 'layer.collision' },
        message: `The pack ${owner} of the same layer has this entry too.`,
      });
    owners.set(key, pack.id);
  }
}

const CHOOSING = [
  ...(['clocks', 'slots', 'ladders', 'closing', 'reopening', 'noAccess'] as const),
  ...(['questions', 'callbacks', 'rates', 'retention'] as const),
];

/** Calendars and ticket types that entries name. A type is looked for under its own utility only. */
function namesExist(rules: Rules, utility: string, tell: Tell): void {
  for (const { entry, pack } of rules.clocks.values()) {
    const limits = entry.values?.map((value) => value.within) ?? [entry.within ?? {}];
    for (const id of limits.map((within) => calendarOf(entry, within)))
      if (!rules.calendarOf.has(id))
        tell({
          ...{ pack, kind: 'clocks', entry: entry.id, field: 'calendar', rule: 'calendar.unknown' },
          message: `No pack has the calendar ${id}.`,
        });
  }
  const named = CHOOSING.flatMap((kind) =>
    [...rules[kind].values()].flatMap(({ entry, pack }) =>
      (entry.appliesTo.types ?? []).map((code) => ({ kind, pack, entry: entry.id, code })),
    ),
  );
  for (const { kind, pack, entry, code } of named) {
    const isOurs = (pack.utility ?? utilityOf(code)) === utility || !isUtility(utilityOf(code));
    if (isOurs && !rules.types.has(code))
      tell({
        ...{ pack, kind, entry, field: 'appliesTo.types', rule: 'type.unknown' },
        message: `No pack has the ticket type ${code}.`,
      });
  }
}

const isUtility = (name: string): boolean => UTILITIES.some((one) => one === name);

type Choosable = { entry: { id: string; appliesTo: AppliesTo }; pack: Pack };

/** Of two entries of one pack that name a type equally well, nobody could say which one holds. */
function choicesAreClear(rules: Rules, tell: Tell): void {
  const groups: [EntryKind, Choosable[]][] = [
    ['slots', [...rules.slots.values()]],
    ['ladders', [...rules.ladders.values()]],
    ['reopening', [...rules.reopening.values()]],
    ['noAccess', [...rules.noAccess.values()]],
    ['callbacks', [...rules.callbacks.values()]],
    ['retention', [...rules.retention.values()]],
  ];
  for (const stage of new Set([...rules.clocks.values()].map(({ entry }) => entry.stage)))
    groups.push(['clocks', [...rules.clocks.values()].filter((c) => c.entry.stage === stage)]);
  for (const [kind, group] of groups)
    for (const { entry: type } of rules.types.values()) tie(kind, group, type, tell);
}

function tie(
  kind: EntryKind,
  group: readonly Choosable[],
  type: { code: string; category: string },
  tell: Tell,
): void {
  const seen = new Map<string, string>();
  for (const { entry, pack } of group) {
    const zones = entry.appliesTo.zones ?? [undefined];
    for (const zone of zones) {
      const chosen = { typeCode: type.code, category: type.category };
      const exact = exactness(entry.appliesTo, { ...chosen, ...(zone ? { zone } : {}) });
      if (exact === null) continue;
      const key = `${pack.id} ${exact} ${zone ?? ''}`;
      const other = seen.get(key);
      if (other !== undefined)
        tell({
          ...{ pack, kind, entry: entry.id, field: 'appliesTo', rule: 'choice.unclear' },
          message: `For ${type.code} the entry ${other} applies just as well.`,
        });
      seen.set(key, entry.id);
    }
  }
}

function withdrawalsHit(rules: Rules, tell: Tell): void {
  for (const [index, pack] of rules.packs.entries()) {
    const earlier = rules.packs.slice(0, index);
    for (const { kind, entry } of entriesOf(pack).filter((each) => each.entry.isWithdrawn)) {
      const isKnown = earlier.some((p) => p[kind].some((other) => idOf(other) === idOf(entry)));
      if (!isKnown)
        tell({
          ...{ pack, kind, entry: idOf(entry), field: 'isWithdrawn', rule: 'withdrawn.unknown' },
          message: 'No earlier layer has this entry.',
        });
    }
  }
}
