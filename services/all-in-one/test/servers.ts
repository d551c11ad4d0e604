import { createHash, randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { kafka, mongo } from '@shouwen/engines-local';

/** Servers that services meet on. */
export interface Servers {
  readonly mongo: string;
  readonly kafka: string;
}

/** The servers of the run, there while the tests of a spec run. */
export function serversOfRun(): Servers {
  const servers = { mongo: '', kafka: '' };
  const undo: (() => Promise<void>)[] = [];
  beforeAll(async () => {
    const [mongodb, cluster] = await Promise.all([mongo({ members: 3 }), kafka({ brokers: 1 })]);
    undo.push(mongodb.end, cluster.end);
    servers.mongo = mongodb.url;
    servers.kafka = cluster.addresses.join();
  });
  afterAll(async () => void (await Promise.all(undo.map((end) => end()))));
  return servers;
}

/** What processes that share servers are told; databases and topics carry the name of the directory. */
export function environmentOf(directory: string, { mongo, kafka }: Servers) {
  const masterKey = join(directory, 'master.key');
  mkdirSync(directory, { recursive: true });
  if (!existsSync(masterKey)) writeFileSync(masterKey, randomBytes(32).toString('base64'));
  return {
    ...{ MONGO_URL: mongo, KAFKA_BROKERS: kafka, KAFKA_PARTITIONS: '3' },
    MONGO_PREFIX: `city-${createHash('sha256').update(directory).digest('hex').slice(0, 12)}`,
    MASTER_KEY_FILE: masterKey,
  };
}
