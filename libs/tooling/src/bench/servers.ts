// The servers of a benchmark: those of the environment, else its own, ended and removed afterwards.
import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  kafka,
  mongo,
  ownKafka,
  ownMongo,
  type Cluster,
  type ReplicaSet,
} from '@shouwen/engines-local';
import { Kafka, logLevel } from 'kafkajs';
import { MongoClient } from 'mongodb';

export interface Servers {
  readonly mongo: string;
  readonly brokers: readonly string[];
  /** Databases and topics begin with it. */
  readonly prefix: string;
  readonly masterKeyFile: string;
  readonly directory: string;
}

/** Servers that may be killed. */
export interface OwnServers extends Servers {
  readonly set: ReplicaSet;
  readonly cluster: Cluster;
}

const tell = (line: string) => console.error(`  ${line}`);
/** Members and brokers: a majority is two of three, and one broker is what a single machine has room for beside it. */
const MEMBERS = { members: 3, tell } as const;
const BROKERS = { brokers: 1, tell } as const;

export async function withServers<T>(work: (servers: Servers) => Promise<T>): Promise<T> {
  const [database, broker] = await both(mongo(MEMBERS), kafka(BROKERS));
  try {
    return await onThem({ mongo: database.url, brokers: broker.addresses }, work);
  } finally {
    await Promise.all([database.end(), broker.end()]);
  }
}

export async function withOwnServers<T>(work: (servers: OwnServers) => Promise<T>): Promise<T> {
  const [set, cluster] = await both(ownMongo(MEMBERS), ownKafka(BROKERS));
  try {
    return await onThem({ mongo: set.url, brokers: cluster.addresses }, (servers) =>
      work({ ...servers, set, cluster }),
    );
  } finally {
    await Promise.all([set.end(), cluster.end()]);
  }
}

/** What one of them has started is ended where the other cannot be had. */
async function both<A extends Ending, B extends Ending>(
  one: Promise<A>,
  other: Promise<B>,
): Promise<[A, B]> {
  const [first, second] = await Promise.allSettled([one, other]);
  if (first.status === 'fulfilled' && second.status === 'fulfilled')
    return [first.value, second.value];
  for (const each of [first, second]) if (each.status === 'fulfilled') await each.value.end();
  throw (first.status === 'rejected' ? first : (second as PromiseRejectedResult)).reason;
}

interface Ending {
  end(): Promise<void>;
}

async function onThem<T>(
  at: Pick<Servers, 'mongo' | 'brokers'>,
  work: (servers: Servers) => Promise<T>,
): Promise<T> {
  const directory = mkdtempSync(join(tmpdir(), 'shouwen-bench-'));
  const masterKeyFile = join(directory, 'master.key');
  writeFileSync(masterKeyFile, randomBytes(32).toString('base64'), { mode: 0o600 });
  const prefix = `bench-${randomBytes(4).toString('hex')}`;
  const servers = { ...at, prefix, masterKeyFile, directory };
  try {
    return await work(servers);
  } finally {
    await sweep(servers).catch(() => undefined);
    rmSync(directory, { recursive: true, force: true });
  }
}

/** Servers of the environment are left as they were found. */
async function sweep({ mongo: url, brokers, prefix }: Servers): Promise<void> {
  const client = await MongoClient.connect(url);
  const { databases } = await client.db('admin').admin().listDatabases({ nameOnly: true });
  for (const { name } of databases)
    if (name.startsWith(prefix)) await client.db(name).dropDatabase();
  await client.close();
  const admin = bareKafka(brokers).admin();
  await admin.connect();
  const topics = (await admin.listTopics()).filter((topic) => topic.startsWith(prefix));
  if (topics.length > 0) await admin.deleteTopics({ topics });
  await admin.disconnect();
}

/** The driver as the engine sets it up, without the engine. */
export const bareKafka = (brokers: readonly string[]): Kafka =>
  new Kafka({ clientId: 'bench', brokers: [...brokers], logLevel: logLevel.NOTHING });
