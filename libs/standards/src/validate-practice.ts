import type { Rules, Ruled } from './layers.js';
import type { EntryKind, Pack } from './pack.js';

/** A fault of an entry that is seen only where all layers lie over each other. */
export interface PracticeFault {
  readonly pack: Pack;
  readonly kind: EntryKind;
  readonly entry: string;
  readonly field: string;
  readonly rule: string;
  readonly message: string;
}

/** Entries of rooms, notices and seasons that contradict each other, or that name what no pack has. */
export function practiceFaults(rules: Rules): readonly PracticeFault[] {
  return [
    ...onlyOne(rules, 'temperatures'),
    ...onlyOne(rules, 'measuring'),
    ...areaFaults(rules),
    ...occasionFaults(rules),
    ...seasonFaults(rules),
  ];
}

/** Of two limits for one room nobody could say which holds: a layer replaces the entry of that id. */
function onlyOne(rules: Rules, kind: 'temperatures' | 'measuring'): PracticeFault[] {
  const [first, ...more] = [...rules[kind].values()];
  return more.map(({ pack, entry }) => ({
    ...{ pack, kind, entry: entry.id, field: 'id', rule: 'choice.unclear' },
    message: `The entry ${first?.entry.id ?? ''} says the same; use its id to replace it.`,
  }));
}

function areaFaults(rules: Rules): PracticeFault[] {
  const places = [...rules.points.values()].sort(byArea);
  return places.flatMap(({ pack, entry }, index) => {
    const next = places[index + 1]?.entry.area.from;
    if (next === entry.area.below) return [];
    const from = entry.area.from;
    return [
      {
        ...{ pack, kind: 'points' as const, entry: entry.id, field: 'area', rule: 'area' },
        message: `Areas from ${from} m² follow each other without gap or overlap, the last without end.`,
      },
    ];
  });
}

type Place = Ruled<{ area: { from: number } }>;
const byArea = (a: Place, b: Place): number => a.entry.area.from - b.entry.area.from;

function occasionFaults(rules: Rules): PracticeFault[] {
  const seen = new Map<string, string>();
  return [...rules.notices.values()].flatMap(({ pack, entry }) => {
    const other = seen.get(entry.occasion);
    seen.set(entry.occasion, entry.id);
    if (other === undefined) return [];
    return [
      {
        ...{ pack, kind: 'notices' as const, entry: entry.id, field: 'occasion' },
        ...{ rule: 'choice.unclear', message: `The entry ${other} is about this occasion too.` },
      },
    ];
  });
}

function seasonFaults(rules: Rules): PracticeFault[] {
  const missing = ({ entry }: Ruled<{ season: string }>) => !rules.seasons.has(entry.season);
  return [...rules.temperatures.values()].filter(missing).map(({ pack, entry }) => ({
    ...{ pack, kind: 'temperatures', entry: entry.id, field: 'season', rule: 'season.unknown' },
    message: `No pack has the season ${entry.season}.`,
  }));
}
