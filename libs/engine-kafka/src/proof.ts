// What the log rests on is tried on the real servers before anything is written to it: an engine that cannot keep its
// promises does not start.
import { randomUUID } from 'node:crypto';
import type { Collection, Db, MongoClient } from 'mongodb';
import { Refused } from '@shouwen/engine';
import { attempt, isDuplicateKey } from './mongo.js';

const OLDEST = 6;

interface Trial {
  readonly _id: string;
  readonly unique?: string;
}

/** Throws Refused with a sentence. */
export async function prove(client: MongoClient, db: Db): Promise<void> {
  await attempt(() => proveServers(client));
  const trials = db.collection<Trial>('proof');
  const run = randomUUID();
  await attempt(async () => {
    await trials.createIndex({ unique: 1 }, { unique: true, sparse: true });
    try {
      await proveUniqueIndex(trials, run);
      await proveOrderedInsert(trials, run);
      await proveMajorityRead(trials, run);
      await proveTransaction(client, trials, run);
    } finally {
      await trials.deleteMany({ _id: { $regex: `^${run}` } });
    }
  });
}

async function proveServers(client: MongoClient): Promise<void> {
  const hello = await client.db('admin').command({ hello: 1 });
  if (typeof hello['setName'] !== 'string')
    throw new Refused(
      'MongoDB does not run as a replica set; start it with --replSet and initiate the set (one member will do to try).',
    );
  const { version } = await client.db('admin').command({ buildInfo: 1 });
  if (Number.parseInt(String(version), 10) < OLDEST)
    throw new Refused(`MongoDB ${String(version)} is too old; ${OLDEST} or newer is required.`);
}

async function proveUniqueIndex(trials: Collection<Trial>, run: string): Promise<void> {
  await trials.insertOne({ _id: `${run}-a`, unique: run });
  const refusal = await trials.insertOne({ _id: `${run}-b`, unique: run }).catch((e: unknown) => e);
  if (!isDuplicateKey(refusal))
    throw new Refused('This MongoDB does not refuse a value that a unique index holds already.');
}

async function proveOrderedInsert(trials: Collection<Trial>, run: string): Promise<void> {
  const ids = ['c', 'a', 'd'].map((name) => ({ _id: `${run}-${name}` }));
  const refusal = await trials.insertMany(ids, { ordered: true }).catch((e: unknown) => e);
  const written = await trials.countDocuments({ _id: { $in: [`${run}-c`, `${run}-d`] } });
  if (!isDuplicateKey(refusal) || written !== 1)
    throw new Refused('This MongoDB does not stop an ordered insert at its first error.');
}

async function proveMajorityRead(trials: Collection<Trial>, run: string): Promise<void> {
  await trials.insertOne({ _id: `${run}-e` });
  const found = await trials.findOne({ _id: `${run}-e` }, { readConcern: { level: 'majority' } });
  if (!found)
    throw new Refused(
      'This MongoDB does not show by majority read what a majority has acknowledged.',
    );
}

async function proveTransaction(
  client: MongoClient,
  trials: Collection<Trial>,
  run: string,
): Promise<void> {
  const session = client.startSession();
  try {
    session.startTransaction();
    await trials.insertOne({ _id: `${run}-f` }, { session });
    await session.abortTransaction();
  } finally {
    await session.endSession();
  }
  if (await trials.findOne({ _id: `${run}-f` }))
    throw new Refused('This MongoDB keeps what a transaction took back.');
}
