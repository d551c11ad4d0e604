// What the driver's ways mean to us: errors, the connection's promises, a transaction that is tried until it is known
// how it ended.
import { setTimeout as pause } from 'node:timers/promises';
import {
  MongoClient,
  MongoError,
  MongoInvalidArgumentError,
  MongoNetworkError,
  MongoServerError,
  MongoServerSelectionError,
  type ClientSession,
} from 'mongodb';
import { Unavailable } from '@shouwen/engine';

/** Milliseconds until a server that does not answer counts as away. */
const AWAY_AFTER = 5_000;
const SOCKET = 15_000;
/** A transaction that did not come to its commit within this is given up. Milliseconds. */
const PATIENCE = 10_000;
/** Pauses between attempts grow up to this. Milliseconds. */
const LONGEST_PAUSE = 200;

const DUPLICATE_KEY = 11000;

/**
 * Reads with majority and writes with majority and journal unless a call says otherwise. The driver must not repeat
 * a write by itself: after a failover the numbers in it may no longer follow what is there.
 */
export async function connect(url: string): Promise<MongoClient> {
  const client = new MongoClient(url, {
    appName: 'shouwen',
    retryWrites: false,
    readPreference: 'primary',
    readConcern: { level: 'majority' },
    writeConcern: { w: 'majority', journal: true, wtimeoutMS: 10_000 },
    serverSelectionTimeoutMS: AWAY_AFTER,
    connectTimeoutMS: AWAY_AFTER,
    socketTimeoutMS: SOCKET,
    heartbeatFrequencyMS: 1_000,
    maxPoolSize: 20,
  });
  await attempt(() => client.connect());
  return client;
}

/** The driver's errors mean that the engine is away, never that the caller is wrong. */
export async function attempt<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw awayIf(error);
  }
}

export function awayIf(error: unknown): unknown {
  if (!(error instanceof MongoError) || error instanceof MongoInvalidArgumentError) return error;
  return new Unavailable(`MongoDB does not answer: ${error.message}`, { cause: error });
}

export const isDuplicateKey = (error: unknown): boolean =>
  error instanceof MongoServerError && error.code === DUPLICATE_KEY;

const has = (error: unknown, label: string): boolean =>
  error instanceof MongoError && error.hasErrorLabel(label);

/** A random wait that grows with the attempts, so that those who fight for the same thing get out of step. */
export const jitter = (attempts: number): Promise<void> =>
  pause(Math.random() * Math.min(2 ** Math.min(attempts, 10), LONGEST_PAUSE));

/**
 * Runs `work` in one transaction. A commit whose answer was lost is asked again until the servers say how it ended,
 * or until `isGivenUp`: a caller that took "unknown" for "failed" would fence itself off with its own write.
 */
export async function transaction<T>(
  client: MongoClient,
  work: (session: ClientSession) => Promise<T>,
  isGivenUp: () => boolean,
): Promise<T> {
  const until = performance.now() + PATIENCE;
  for (let attempts = 0; ; attempts++) {
    const session = client.startSession();
    try {
      session.startTransaction({
        readConcern: { level: 'local' },
        writeConcern: { w: 'majority', journal: true },
      });
      const result = await work(session);
      await commit(session, isGivenUp);
      return result;
    } catch (error) {
      if (session.inTransaction()) await session.abortTransaction().catch(() => {});
      const isOver = isGivenUp() || performance.now() > until;
      if (!has(error, 'TransientTransactionError') || isOver) throw awayIf(error);
    } finally {
      await session.endSession().catch(() => {});
    }
    await jitter(attempts);
  }
}

async function commit(session: ClientSession, isGivenUp: () => boolean): Promise<void> {
  for (let attempts = 0; ; attempts++) {
    try {
      return await session.commitTransaction();
    } catch (error) {
      if (!isUnknown(error) || isGivenUp()) throw error;
      await jitter(attempts);
    }
  }
}

/**
 * Once a commit was sent, only a server's word that there is no such transaction means that it failed. The driver
 * marks what is unknown only where a server was asked: that none could be found in time says no more.
 */
const isUnknown = (error: unknown): boolean =>
  has(error, 'UnknownTransactionCommitResult') ||
  error instanceof MongoServerSelectionError ||
  error instanceof MongoNetworkError;
