// N7: one log, several processes that append to it, beside one process that inserts the same documents without a log.
import { openKafkaEngine } from '@shouwen/engine-kafka';
import { commitOf } from '@shouwen/engine-kafka/commits';
import { BSON } from 'mongodb';
import { median, percentile, type Figure } from './figures.js';
import { withChildren, type LogChild } from './log-child.js';
import { everyEvent } from './every-event.js';
import { anAppend, CALLERS, Count, PACED, type Proof } from './rows.js';
import { withServers, type Servers } from './servers.js';

const ROUNDS = 5;
const LOG = 'gauge';
/** Seconds of load at half of saturation. */
const PACE = 10;
const TARGETS = new Map([
  [1, 0.7],
  [4, 0.45],
]);

/** Appends so many rows to a log, shared among processes; knows what each has been answered. */
export class Writers {
  readonly acknowledged = new Map<number, number>();

  constructor(
    private readonly children: readonly LogChild[],
    /** Other processes have appended to the same log under smaller numbers. */
    private readonly first: number,
    private readonly log = LOG,
  ) {}

  /** Events a second. */
  async append(total: number): Promise<number> {
    const each = Math.floor(total / this.children.length);
    await this.prepare(each, 0);
    const start = performance.now();
    await Promise.all(this.children.map((child) => child.ask({ do: 'append', log: this.log })));
    const seconds = (performance.now() - start) / 1000;
    this.answered(each, 0);
    return (each * this.children.length) / seconds;
  }

  /** Milliseconds that each append waited from when it was due, at so many a second altogether. */
  async pace(rate: number, seconds: number): Promise<readonly number[]> {
    const share = rate / this.children.length;
    const each = Math.floor(share * seconds);
    await this.prepare(each, PACED);
    const told = await Promise.all(
      this.children.map((child) => child.ask({ do: 'pace', log: this.log, rate: share })),
    );
    this.answered(each, PACED);
    return told.flatMap(({ waited }) => waited ?? []);
  }

  private async prepare(count: number, kind: number): Promise<void> {
    await Promise.all(
      this.children.map((child, i) => {
        const writer = this.first + i + kind;
        const from = this.acknowledged.get(writer) ?? 0;
        return child.ask({ do: 'prepare', log: this.log, writer, from, count });
      }),
    );
  }

  private answered(count: number, kind: number): void {
    this.children.forEach((_, i) => {
      const writer = this.first + i + kind;
      this.acknowledged.set(writer, (this.acknowledged.get(writer) ?? 0) + count);
    });
  }
}

export async function writerFigures({ events }: { events: number }): Promise<Figure[]> {
  return withServers(async (servers) => {
    const figures: Figure[] = [];
    const acknowledged = new Map<number, number>();
    let first = 0;
    for (const [count, target] of TARGETS) {
      const measured = await measure(servers, { count, first, events });
      for (const [writer, made] of measured.acknowledged) acknowledged.set(writer, made);
      figures.push(...figuresOf(count, target, measured));
      first += count;
    }
    console.error('  counting the log …');
    return [...figures, ...proved(await countLog(servers, acknowledged))];
  });
}

interface Measured {
  readonly value: number;
  readonly baseline: number;
  readonly waited: readonly number[];
  readonly acknowledged: ReadonlyMap<number, number>;
}

async function measure(
  servers: Servers,
  { count, first, events }: { count: number; first: number; events: number },
): Promise<Measured> {
  return withChildren(servers, count + 1, async ([base, ...children]) => {
    const writers = new Writers(children, first);
    const [values, bases]: [number[], number[]] = [[], []];
    for (let round = 0; round <= ROUNDS; round++) {
      console.error(`  ${count} writers, round ${round} of ${ROUNDS}`);
      await base!.ask({ do: 'prepare', log: LOG, writer: 99, from: round * events, count: events });
      const { seconds } = await base!.ask({ do: 'insert', group: CALLERS });
      const rate = await writers.append(events);
      // The first round warms up both sides.
      if (round > 0) bases.push(events / seconds);
      if (round > 0) values.push(rate);
    }
    const value = median(values);
    const waited = await writers.pace(value / 2, PACE);
    return { value, baseline: median(bases), waited, acknowledged: writers.acknowledged };
  });
}

function figuresOf(count: number, target: number, measured: Measured): Figure[] {
  const { value, baseline, waited } = measured;
  const bytes = BSON.calculateObjectSize(
    commitOf(anAppend({ writer: 0, count: 1 }, LOG), { n: 1, g: 1, previous: null, epoch: 1 }),
  );
  const [p50, p99] = [percentile(waited, 0.5), percentile(waited, 0.99)];
  const id = `N7 ${count === 1 ? '1 writer' : `${count} writers`}`;
  return [
    {
      id,
      what:
        `append to MongoDB, three members, w majority, j; ${count} processes of ${CALLERS} callers; baseline one process ` +
        `with one ordered insertMany of ${CALLERS} after the other; ${bytes} bytes a document, indexes _id, commit id, ` +
        `stream versions, event numbers, both sides`,
      value: Math.round(value),
      unit: 'events/s',
      baseline: Math.round(baseline),
      ratio: Math.round((value / baseline) * 100) / 100,
      target,
    },
    {
      id: `${id} p99`,
      what:
        `${waited.length} appends, each at its fixed time, at half of that rate for ${PACE} s; from when it was due until ` +
        `it was answered; p50 ${Math.round(p50)} ms, longest ${Math.round(Math.max(0, percentile(waited, 1)))} ms`,
      value: Math.round(p99),
      unit: 'ms',
      baseline: null,
      ratio: null,
      target: 200,
    },
  ];
}

async function countLog(
  { mongo, prefix, masterKeyFile }: Servers,
  acknowledged: ReadonlyMap<number, number>,
): Promise<Proof> {
  const engine = await openKafkaEngine({ mongo: { url: mongo, prefix }, masterKeyFile });
  try {
    const { log } = await engine.open(LOG);
    const count = new Count();
    for await (const event of everyEvent(log)) count.add(event);
    return count.proof(acknowledged);
  } finally {
    await engine.close();
  }
}

const proved = ({ events, lost, twice, outOfOrder }: Proof): Figure[] =>
  (
    [
      ['lost', lost],
      ['twice', twice],
      ['out of order', outOfOrder],
    ] as const
  ).map(([what, value]) => ({
    id: `N7 ${what}`,
    what: `of ${events} events in the log, by number, hash, writer and caller, against what was acknowledged`,
    value,
    unit: 'of them',
    baseline: null,
    ratio: null,
    target: 0,
  }));
