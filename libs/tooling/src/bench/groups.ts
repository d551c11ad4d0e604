// What can be measured: each group knows how long it takes and whether it needs servers.
import type { Figure } from './figures.js';

export interface Wishes {
  /** Kills of N8. */
  readonly kills: number;
  /** Sizes of the log for `growth`. */
  readonly sizes: readonly number[];
  /** Events in a round of N7, `relay` and `growth`. */
  readonly events: number;
  /** Seconds of load of N6 and `memory`. */
  readonly seconds: number;
}

export interface Group {
  readonly name: string;
  readonly ids: readonly string[];
  readonly what: string;
  /** On two cores with nothing else to do. */
  readonly takes: string;
  /** Loaded only when it is measured: what needs no servers needs no drivers. */
  readonly measure: (wishes: Wishes) => Promise<Figure[]>;
}

export const GROUPS: readonly Group[] = [
  {
    name: 'append',
    ids: ['N1', 'N2'],
    what: 'durable appends of the embedded engine',
    takes: '1 min',
    measure: async () => (await import('./append.js')).appendFigures(),
  },
  {
    name: 'open',
    ids: ['N5'],
    what: 'opening tickets over HTTP',
    takes: '3 min',
    measure: async () => (await import('./open.js')).openFigures(),
  },
  {
    name: 'visible',
    ids: ['N6'],
    what: 'from an accepted command to a view of another service, on both engines',
    takes: '2 min',
    measure: async ({ seconds }) => (await import('./visible.js')).visibleFigures(seconds),
  },
  {
    name: 'writers',
    ids: ['N7'],
    what: 'one and four processes that append to one log on MongoDB',
    takes: '3 min',
    measure: async (wishes) => (await import('./writers.js')).writerFigures(wishes),
  },
  {
    name: 'kills',
    ids: ['N8'],
    what: 'kill -9 of services and servers under load, then counting',
    takes: '10 min for 100 kills',
    measure: async ({ kills }) => (await import('./kills.js')).killFigures(kills),
  },
  {
    name: 'idle',
    ids: ['N10'],
    what: 'memory and start of the idle all-in-one with a million events',
    takes: '10 min',
    measure: async () => (await import('./idle.js')).idleFigures(),
  },
  {
    name: 'relay',
    ids: [],
    what: 'carrying a log to Kafka against a bare sendBatch loop',
    takes: '1 min',
    measure: async (wishes) => (await import('./relay.js')).relayFigures(wishes),
  },
  {
    name: 'growth',
    ids: [],
    what: 'append, relay and views with 1, 2 and 4 processes and with longer logs',
    takes: '5 min; 15 min with --sizes 100000,1000000',
    measure: async (wishes) => (await import('./growth.js')).growthFigures(wishes),
  },
  {
    name: 'memory',
    ids: [],
    what: 'resident memory of each service in a process of its own',
    takes: '2 min',
    measure: async ({ seconds }) => (await import('./memory.js')).memoryFigures(seconds),
  },
];

/** Groups by name or by a number of the design. Throws RangeError with a sentence about a name that none has. */
export function chosen(names: readonly string[]): readonly Group[] {
  const unknown = names.filter((name) => !GROUPS.some((group) => isCalled(group, name)));
  if (unknown.length > 0)
    throw new RangeError(
      `There is no ${unknown.join(', ')} to measure; there is ${GROUPS.map(titleOf).join(', ')}.`,
    );
  return names.length === 0
    ? GROUPS
    : GROUPS.filter((group) => names.some((name) => isCalled(group, name)));
}

const isCalled = ({ name, ids }: Group, asked: string): boolean =>
  [name, ...ids].some((one) => one.toLowerCase() === asked.toLowerCase());

export const titleOf = ({ name, ids }: Group): string =>
  ids.length === 0 ? name : `${name} (${ids.join(', ')})`;
