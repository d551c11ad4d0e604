// Engines on one MongoDB for specs: a directory of a world has databases of its own, dropped when the world is gone.
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { Kafka, logLevel } from 'kafkajs';
import { MongoClient } from 'mongodb';
import { openKafkaEngine, type KafkaEngine } from '../src/index.js';

export class ServerWorlds {
  private readonly directories = new Set<string>();

  private constructor(
    private readonly url: string,
    private readonly client: MongoClient,
    private readonly brokers: readonly string[] | null,
    private readonly partitions: number,
  ) {}

  /** With brokers, events between services go through Kafka. */
  static async at(
    url: string,
    brokers: readonly string[] | null = null,
    partitions = 3,
  ): Promise<ServerWorlds> {
    return new ServerWorlds(url, await MongoClient.connect(url), brokers, partitions);
  }

  async open({ directory, from }: { directory: string; from: string }): Promise<KafkaEngine> {
    if (!this.directories.has(directory)) await this.sweep();
    this.directories.add(directory);
    const { brokers, partitions } = this;
    return openKafkaEngine({
      mongo: { url: this.url, prefix: prefixOf(directory) },
      ...(brokers ? { kafka: { brokers, partitions } } : {}),
      masterKeyFile: join(directory, 'master.key'),
      training: { from },
    });
  }

  async close(): Promise<void> {
    await this.sweep(() => true);
    await this.client.close();
  }

  /** Drops what belongs to directories that are gone. */
  private async sweep(isGone = (directory: string) => !existsSync(directory)): Promise<void> {
    const gone = [...this.directories].filter(isGone);
    if (gone.length === 0) return;
    const { databases } = await this.client.db('admin').admin().listDatabases({ nameOnly: true });
    for (const directory of gone) {
      const prefix = prefixOf(directory);
      for (const { name } of databases)
        if (name === prefix || name.startsWith(`${prefix}_`))
          await this.client.db(name).dropDatabase();
      this.directories.delete(directory);
    }
    await this.dropTopics(gone.map(prefixOf));
  }

  private async dropTopics(prefixes: readonly string[]): Promise<void> {
    if (!this.brokers) return;
    const kafka = new Kafka({ brokers: [...this.brokers], logLevel: logLevel.NOTHING });
    const admin = kafka.admin();
    await admin.connect();
    const topics = (await admin.listTopics()).filter((topic) =>
      prefixes.some((prefix) => topic.startsWith(`${prefix}.`)),
    );
    if (topics.length > 0) await admin.deleteTopics({ topics });
    await admin.disconnect();
  }
}

export const prefixOf = (directory: string): string =>
  `spec-${createHash('sha256').update(directory).digest('hex').slice(0, 12)}`;
