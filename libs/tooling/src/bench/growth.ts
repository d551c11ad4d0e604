// How append, relay and views grow with processes and with the length of the log.
import type { Figure } from './figures.js';
import { withChildren } from './log-child.js';
import { relayed } from './relay.js';
import { withServers, type Servers } from './servers.js';
import { Writers } from './writers.js';

const PROCESSES = [1, 2, 4] as const;

type Line = 'append' | 'relay' | 'view';
const LINES: readonly Line[] = ['append', 'relay', 'view'];

const ABOUT: Readonly<Record<Line, string>> = {
  append: 'append to one log',
  relay: 'carrying logs to Kafka, a log each',
  view: 'folding a log that comes through Kafka into a view, ten events a document, a view each',
};

/** Events a second, all processes together. */
type Rates = Readonly<Record<Line, number>>;

async function withProcesses(servers: Servers, count: number, events: number): Promise<Rates> {
  return withChildren(servers, count, async (children) => {
    const names = children.map((_, i) => `gauge${count}${String.fromCharCode(97 + i)}`);
    const append = await new Writers(children, 1, `all${count}`).append(events * count);
    for (const [i, child] of children.entries())
      await new Writers([child], 1, names[i]!).append(events);
    const relay = await relayed(servers, names, { each: events, children });
    const folded = await Promise.all(
      children.map((child, i) => {
        const as = `reader${count}${String.fromCharCode(97 + i)}`;
        return child.ask({ do: 'fold', as, until: events });
      }),
    );
    const slowest = Math.max(...folded.map(({ seconds }) => seconds));
    return { append, relay, view: (events * count) / slowest };
  });
}

/** The log that views read is made and carried first. */
async function withSource(servers: Servers, events: number): Promise<void> {
  await withChildren(servers, 1, async (children) => {
    await new Writers(children, 50, 'gauge').append(events);
    await relayed(servers, ['gauge'], { each: events, children });
  });
}

/** A log of so many events: what the last of them cost, and what it costs to carry and to fold them all. */
async function atSize(servers: Servers, size: number, events: number): Promise<Rates> {
  return withChildren(servers, 1, async (children) => {
    const [child] = children;
    const writers = new Writers(children, 1, 'gauge');
    const last = Math.min(events, size);
    for (let made = 0; made < size - last;) {
      const next = Math.min(events, size - last - made);
      await writers.append(next);
      made += next;
      console.error(`  ${made} of ${size} events written`);
    }
    const append = await writers.append(last);
    console.error(`  carrying and folding ${size} events`);
    const relay = await relayed(servers, ['gauge'], { each: size, children });
    const { seconds } = await child!.ask({ do: 'fold', as: 'reader', until: size });
    return { append, relay, view: size / seconds };
  });
}

export async function growthFigures(wishes: {
  events: number;
  sizes: readonly number[];
}): Promise<Figure[]> {
  const { events, sizes } = wishes;
  const byCount = await withServers(async (servers) => {
    await withSource(servers, events);
    const found: [string, Rates][] = [];
    for (const count of PROCESSES) {
      console.error(`  ${count} processes`);
      found.push([
        `${count} ${count === 1 ? 'process' : 'processes'}`,
        await withProcesses(servers, count, events),
      ]);
    }
    return found;
  });
  const bySize: [string, Rates][] = [];
  for (const size of sizes)
    // Servers of its own for each: nothing that an earlier log has left is in the way.
    bySize.push([`${size} events`, await withServers((servers) => atSize(servers, size, events))]);
  return [...compared(byCount), ...compared(bySize)];
}

/** Each beside the first one. */
const compared = (found: readonly [string, Rates][]): Figure[] =>
  LINES.flatMap((line) =>
    found.map(([name, rates]): Figure => {
      const [, base] = found[0]!;
      return {
        id: `growth ${line}`,
        what: `${ABOUT[line]}; ${name}, baseline ${found[0]![0]}`,
        value: Math.round(rates[line]),
        unit: 'events/s',
        baseline: Math.round(base[line]),
        ratio: Math.round((rates[line] / base[line]) * 100) / 100,
        target: null,
      };
    }),
  );
