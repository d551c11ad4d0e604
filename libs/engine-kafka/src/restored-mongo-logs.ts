// Epochs of logs in MongoDB. How an epoch began is kept twice, with the log and beside all of them: a copy that is put
// back later knows nothing of what was accepted after it was made.
import type { Collection } from 'mongodb';
import type { Kafka } from 'kafkajs';
import { Refused, type Begin, type Epochs, type RestoredLogs } from '@shouwen/engine';
import { clientOf, type Brokers } from './brokers.js';
import { GROUP, Installation } from './installation.js';
import { newestInTopic, refuseOther } from './log-and-topic.js';
import { attempt } from './mongo.js';
import type { RelayCheckpoint } from './relay.js';
import { agreed, ensureTopic, topicOf } from './topics.js';

interface KeptBegin extends Begin {
  readonly _id: string;
  readonly log: string;
}

interface KeptIdentity {
  readonly _id: string;
  readonly id: string;
  readonly epoch: number;
  readonly begins?: readonly Begin[];
}

export class RestoredMongoLogs implements RestoredLogs {
  private constructor(
    private readonly installation: Installation,
    private readonly kafka: Kafka | null,
  ) {}

  /** Throws Refused while a service runs. */
  static async open(options: {
    readonly mongo: { readonly url: string; readonly prefix?: string };
    readonly kafka?: Brokers;
  }): Promise<RestoredMongoLogs> {
    const installation = await Installation.open(options.mongo);
    try {
      await installation.refuseRunning();
      return new RestoredMongoLogs(installation, options.kafka ? clientOf(options.kafka) : null);
    } catch (error) {
      await installation.close();
      throw error;
    }
  }

  services(): Promise<readonly string[]> {
    return this.installation.services();
  }

  async epochsOf(service: string): Promise<Epochs> {
    const { id, epoch, begins = [] } = await this.identityOf(service);
    const beside = await attempt(() => this.beside.find({ log: nameOf(service) }).toArray());
    const known = new Map(begins.map((begin) => [begin.epoch, begin]));
    for (const { epoch: number, of, g } of beside) known.set(number, { epoch: number, of, g });
    return { identity: { id, epoch }, begins: [...known.values()] };
  }

  async remembered(service: string): Promise<{ epoch: number; g: number } | null> {
    if (!this.kafka) return this.refuseForgotten(service);
    const log = nameOf(service);
    const found = await newestInTopic(this.kafka, this.installation.prefix, log);
    if (found) refuseOther({ name: log, identity: await this.identityOf(service) }, found);
    return found;
  }

  private async refuseForgotten(service: string): Promise<null> {
    const kept = await attempt(() => this.relayOf(service).findOne());
    if (kept)
      throw new Refused(
        `${nameOf(service)} is carried by Kafka, where its topic has to begin anew: set KAFKA_BROKERS.`,
      );
    return null;
  }

  async begin(service: string, begin: Begin): Promise<void> {
    const { epoch } = begin;
    const log = nameOf(service);
    const kept: KeptBegin = { _id: `${log} ${epoch}`, log, ...begin };
    await attempt(() => this.beside.replaceOne({ _id: kept._id }, kept, { upsert: true }));
    await this.makeTopic(service, begin);
    const { begins } = await this.epochsOf(service);
    await attempt(() =>
      this.identities(service).updateOne({ _id: 'identity' }, { $set: { epoch, begins } }),
    );
  }

  async close(): Promise<void> {
    await this.installation.close();
  }

  /**
   * Consumers remember a position of each partition: the new topic is divided as the old one was. It is made here, so
   * that whoever starts before its relay waits for it instead of reading the old one.
   */
  private async makeTopic(service: string, { epoch }: Begin): Promise<void> {
    if (!this.kafka) return;
    const { prefix } = this.installation;
    const log = nameOf(service);
    const old = await newestInTopic(this.kafka, prefix, log);
    const [kept] = await attempt(() => this.relayOf(service).find().sort({ _id: -1 }).toArray());
    const partitions = old?.partitions ?? kept?.partitions;
    if (partitions === undefined) return;
    const topic = topicOf(prefix, log, { epoch });
    const relay = await agreed(this.relayOf(service), topic, partitions);
    const admin = this.kafka.admin();
    try {
      await admin.connect();
      await ensureTopic(admin, topic, relay.partitions);
    } finally {
      await admin.disconnect().catch(() => {});
    }
  }

  private relayOf(service: string): Collection<RelayCheckpoint> {
    return this.installation.database(service).collection<RelayCheckpoint>('relay');
  }

  private async identityOf(service: string): Promise<KeptIdentity> {
    return (await attempt(() => this.identities(service).findOne({ _id: 'identity' })))!;
  }

  private identities(service: string): Collection<KeptIdentity> {
    return this.installation.database(service).collection<KeptIdentity>('log');
  }

  private get beside(): Collection<KeptBegin> {
    return this.installation.common.collection<KeptBegin>('epochs');
  }
}

const nameOf = (service: string): string => `${service}.${GROUP}`;
