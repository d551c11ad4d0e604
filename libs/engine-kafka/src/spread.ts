// Where services read each other's logs directly, a checkpoint on another's log holds for the whole of it. Through
// Kafka each partition has its own, at the last event of the partition that is done: before a service first reads
// through Kafka, such a checkpoint is divided exactly.
import type { Collection } from 'mongodb';
import { CHECKPOINTS, type Documents, type Put } from '@shouwen/engine';
import type { Commit } from './commits.js';
import { attempt } from './mongo.js';
import type { RelayCheckpoint } from './relay.js';
import { agreed, partitioner, topicOf } from './topics.js';

/** A place in no topic: nothing is concluded from where a topic ends that may just be filled. */
const NOWHERE = 'whole|0';
const SYSTEM = '-';

interface Kept {
  readonly name: string;
  readonly log: string;
  readonly partition: number;
  readonly epoch: number;
  readonly g: number;
  readonly place?: string;
}

export interface Spreading {
  /** The service's own log, which it reads directly in any case. */
  readonly own: string;
  readonly documents: Documents;
  readonly prefix: string;
  /** Partitions of a topic that is to be made. */
  readonly partitions: number;
  readonly commitsOf: (log: string) => Collection<Commit>;
  readonly relayOf: (log: string) => Collection<RelayCheckpoint>;
}

export async function spread(spreading: Spreading): Promise<void> {
  const { own, documents } = spreading;
  const isNew = !(await documents.tables()).some(({ name }) => name === CHECKPOINTS.name);
  if (isNew) return;
  const others = (await allOf(documents)).filter(({ log }) => log !== own);
  const isSpread = new Set(others.filter(({ partition }) => partition > 0).map(placeOf));
  const whole = others.filter(
    (kept) => kept.partition === 0 && kept.place === undefined && !isSpread.has(placeOf(kept)),
  );
  for (const log of new Set(whole.map((kept) => kept.log)))
    await spreadOver(
      whole.filter((kept) => kept.log === log),
      spreading,
    );
}

async function spreadOver(whole: readonly Kept[], spreading: Spreading): Promise<void> {
  const [{ log, epoch }] = whole as [Kept];
  const { prefix, relayOf, commitsOf, documents } = spreading;
  const topic = topicOf(prefix, log, { epoch });
  const { partitions } = await agreed(relayOf(log), topic, spreading.partitions);
  const ends = await endsAt(commitsOf(log), {
    wanted: whole.map(({ g }) => g),
    partitions,
  });
  const puts = whole.flatMap((kept) =>
    ends.get(kept.g)!.map((g, partition): Put => {
      const document = { ...kept, partition, g, place: NOWHERE };
      const ifWas = partition === 0 ? kept : null;
      return { table: CHECKPOINTS.name, tenant: SYSTEM, id: idOf(document), document, ifWas };
    }),
  );
  await documents.write(puts);
}

/** For each event number that is wanted: the last event of each partition up to it; 0 where there is none. */
async function endsAt(
  commits: Collection<Commit>,
  { wanted, partitions }: { wanted: readonly number[]; partitions: number },
): Promise<ReadonlyMap<number, readonly number[]>> {
  const found = new Map<number, readonly number[]>();
  const ends = Array.from({ length: partitions }, () => 0);
  const left = [...new Set(wanted)].sort((a, b) => a - b);
  const partitionOf = partitioner(partitions);
  const upTo = { g: { $lte: left.at(-1)! } };
  const projection = { g: 1, 'events.key': 1 };
  await attempt(async () => {
    for await (const { g, events } of commits.find(upTo, { projection }).sort({ _id: 1 }))
      for (const [i, { key }] of events.entries()) {
        while (left.length > 0 && left[0]! < g + i) found.set(left.shift()!, [...ends]);
        ends[partitionOf(key)] = g + i;
      }
  });
  for (const g of left) found.set(g, [...ends]);
  return found;
}

async function allOf(documents: Documents): Promise<readonly Kept[]> {
  const all: Kept[] = [];
  let cursor: string | undefined;
  do {
    const from = cursor === undefined ? {} : { cursor };
    const page = await documents.find(CHECKPOINTS.name, SYSTEM, { limit: 1000, ...from });
    all.push(...(page.items as Kept[]));
    cursor = page.next;
  } while (cursor !== undefined);
  return all;
}

const placeOf = ({ name, log }: Kept): string => `${name}|${log}`;
const idOf = ({ name, log, partition }: Kept): string => `${name}|${log}|${partition}`;
