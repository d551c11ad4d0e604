// The engine for several machines: logs, documents, files and the keyring in MongoDB, events between services through Kafka.
import { randomUUID } from 'node:crypto';
import type { Db, MongoClient } from 'mongodb';
import {
  DirectTransport,
  RealTime,
  SealedFiles,
  type Engine,
  type FileStore,
  type Store,
} from '@shouwen/engine';
import { clientOf, type Brokers } from './brokers.js';
import { COMMIT_INDEXES, type Commit } from './commits.js';
import { GROUP, PREFIX, databaseOf } from './installation.js';
import { KafkaTransport } from './kafka-transport.js';
import { MongoLeases } from './leases.js';
import { attempt, connect } from './mongo.js';
import { refuseHalf } from './migration-target.js';
import { MongoDocuments } from './mongo-documents.js';
import { MongoFiles } from './mongo-files.js';
import { MongoKeys } from './mongo-keys.js';
import { MongoLog } from './mongo-log.js';
import { prove } from './proof.js';
import type { RelayCheckpoint, Sent } from './relay.js';
import { SharedClock } from './shared-clock.js';
import { spread } from './spread.js';

export interface KafkaEngineOptions {
  readonly mongo: {
    /** Connection string of a replica set. */
    readonly url: string;
    /** Names of databases begin with it; default `shouwen`. */
    readonly prefix?: string;
  };
  /** Absent: all services run in this one process and read each other's logs directly. */
  readonly kafka?: Brokers & {
    /** Partitions of a topic that is to be made; fixed from then on. */
    readonly partitions?: number;
  };
  readonly masterKeyFile: string;
  /** Where files are kept; default: in MongoDB. */
  readonly files?: FileStore;
  /** Told of every batch of events that the brokers have acknowledged. */
  readonly onSent?: (sent: Sent) => void;
  /** Present: training mode. `from` is the first instant of a new training clock; default now. */
  readonly training?: { readonly from?: string };
  /** Names the one place where this process can run, such as host and port: see `LeasesOptions`. */
  readonly seat?: string;
}

interface Identity {
  readonly _id: string;
  readonly id: string;
  readonly epoch: number;
}

interface Opened {
  readonly log: MongoLog;
  readonly documents: MongoDocuments;
}

const PARTITIONS = 12;

/** Connects, proves what the log rests on, or says in one sentence why not. */
export async function openKafkaEngine(options: KafkaEngineOptions): Promise<KafkaEngine> {
  const { mongo, masterKeyFile, training, onSent } = options;
  const client = await connect(mongo.url);
  try {
    const prefix = mongo.prefix ?? PREFIX;
    const common = client.db(prefix);
    await prove(client, common);
    await refuseHalf(common);
    const keys = await MongoKeys.open(client.db(`${prefix}_keys`), masterKeyFile);
    const time = training
      ? await SharedClock.open(common, training.from ?? new Date().toISOString())
      : new RealTime();
    return new KafkaEngine({
      client,
      prefix,
      keys,
      files: new SealedFiles(
        options.files ?? (await MongoFiles.open(client.db(`${prefix}_files`))),
        keys,
        time,
      ),
      time,
      leases: new MongoLeases(
        common.collection('leases'),
        options.seat ? { seat: options.seat } : {},
      ),
      kafka: options.kafka,
      ...(onSent ? { onSent } : {}),
    });
  } catch (error) {
    await client.close();
    throw error;
  }
}

interface Parts {
  readonly client: MongoClient;
  readonly prefix: string;
  readonly keys: MongoKeys;
  readonly files: SealedFiles;
  readonly time: RealTime | SharedClock;
  readonly leases: MongoLeases;
  readonly kafka: KafkaEngineOptions['kafka'];
  readonly onSent?: (sent: Sent) => void;
}

export class KafkaEngine implements Engine {
  readonly keys: MongoKeys;
  readonly files: SealedFiles;
  readonly time: RealTime | SharedClock;
  readonly transport: KafkaTransport | DirectTransport;
  readonly leases: MongoLeases;
  private readonly stores = new Map<string, Promise<Opened>>();
  private readonly logs = new Map<string, MongoLog>();

  constructor(private readonly parts: Parts) {
    ({ keys: this.keys, files: this.files, time: this.time, leases: this.leases } = parts);
    this.transport = parts.kafka ? this.kafkaTransport(parts.kafka) : this.directTransport();
    this.watchPrimary();
  }

  async open(service: string): Promise<Store> {
    const known = this.stores.get(service);
    if (known) return known;
    const opening = this.openStore(service);
    this.stores.set(service, opening);
    opening.catch(() => this.stores.delete(service));
    return opening;
  }

  async close(): Promise<void> {
    await this.leases.close();
    await this.transport.close();
    for (const opening of this.stores.values()) {
      const { log, documents } = await opening;
      await log.close();
      await documents.close();
    }
    if (this.time instanceof SharedClock) await this.time.close();
    await this.parts.client.close();
  }

  private kafkaTransport({
    partitions = PARTITIONS,
    ...brokers
  }: NonNullable<KafkaEngineOptions['kafka']>): KafkaTransport {
    const { prefix, leases, onSent } = this.parts;
    const kafka = clientOf(brokers);
    const checkpointsOf = (log: string) => this.database(log).collection<RelayCheckpoint>('relay');
    const told = onSent ? { onSent } : {};
    return new KafkaTransport({ kafka, prefix, partitions, leases, checkpointsOf, ...told });
  }

  private directTransport(): DirectTransport {
    return new DirectTransport((name) => {
      const log = this.logs.get(name);
      if (!log) throw new Error(`${name} is not open here`);
      return log;
    });
  }

  private database(log: string): Db {
    const { client, prefix } = this.parts;
    return client.db(databaseOf(prefix, log));
  }

  private async openStore(service: string): Promise<Opened> {
    const name = `${service}.${GROUP}`;
    const db = this.database(name);
    const commits = db.collection<Commit>('commits');
    await attempt(() => commits.createIndexes(COMMIT_INDEXES.map((index) => ({ ...index }))));
    const { id, epoch } = await attempt(() => identify(db));
    const log = new MongoLog(name, { id, epoch }, commits);
    this.logs.set(name, log);
    const documents = new MongoDocuments(this.parts.client, db);
    await this.spread(name, documents);
    return { log, documents };
  }

  private async spread(own: string, documents: MongoDocuments): Promise<void> {
    const { kafka, prefix } = this.parts;
    if (!kafka) return;
    await spread({
      ...{ own, documents, prefix, partitions: kafka.partitions ?? PARTITIONS },
      commitsOf: (log) => this.database(log).collection<Commit>('commits'),
      relayOf: (log) => this.database(log).collection<RelayCheckpoint>('relay'),
    });
  }

  /** After an election the new primary decides what the tail is; what an old one showed may be gone. */
  private watchPrimary(): void {
    let term: string | undefined;
    this.parts.client.on('topologyDescriptionChanged', ({ newDescription }) => {
      const now = newDescription.maxElectionId?.toHexString();
      if (now === term) return;
      term = now;
      for (const log of this.logs.values()) log.forgetTail();
    });
  }
}

async function identify(db: Db): Promise<Identity> {
  const identities = db.collection<Identity>('log');
  const found = await identities.findOneAndUpdate(
    { _id: 'identity' },
    { $setOnInsert: { id: randomUUID(), epoch: 1 } },
    { upsert: true, returnDocument: 'after' },
  );
  return found!;
}
