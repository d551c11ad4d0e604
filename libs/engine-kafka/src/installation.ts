// The databases of one installation, for those who work on them while no service runs.
import type { Db, MongoClient } from 'mongodb';
import { Refused } from '@shouwen/engine';
import { attempt, connect } from './mongo.js';
import { MongoDocuments } from './mongo-documents.js';
import { prove } from './proof.js';

/** Tenant group of the logs; one until an installation outgrows it. */
export const GROUP = 'main';
export const PREFIX = 'shouwen';

/** The database of a log. */
export const databaseOf = (prefix: string, log: string): string =>
  `${prefix}_${log.replace('.', '_')}`;

export class Installation {
  private readonly known = new Map<string, MongoDocuments>();

  private constructor(
    private readonly client: MongoClient,
    readonly prefix: string,
  ) {}

  static async open({ url, prefix }: { url: string; prefix?: string }): Promise<Installation> {
    const client = await connect(url);
    const installation = new Installation(client, prefix ?? PREFIX);
    try {
      await prove(client, installation.common);
      return installation;
    } catch (error) {
      await client.close();
      throw error;
    }
  }

  get common(): Db {
    return this.client.db(this.prefix);
  }

  get keyring(): Db {
    return this.client.db(`${this.prefix}_keys`);
  }

  get files(): Db {
    return this.client.db(`${this.prefix}_files`);
  }

  database(service: string): Db {
    return this.client.db(databaseOf(this.prefix, `${service}.${GROUP}`));
  }

  documents(service: string): MongoDocuments {
    const known = this.known.get(service);
    if (known) return known;
    const made = new MongoDocuments(this.client, this.database(service));
    this.known.set(service, made);
    return made;
  }

  /** Names of the services that have a log here. */
  async services(): Promise<readonly string[]> {
    const [before, after] = [`${this.prefix}_`, `_${GROUP}`];
    const { databases } = await attempt(() =>
      this.client.db('admin').admin().listDatabases({ nameOnly: true }),
    );
    const names = databases.map(({ name }) => name).sort();
    const ours = names.filter((name) => name.startsWith(before) && name.endsWith(after));
    return ours.map((name) => name.slice(before.length, -after.length));
  }

  /** A service that runs renews a lease every few seconds, by the servers' clock. */
  async refuseRunning(): Promise<void> {
    const leases = this.common.collection<{ _id: string; holder: string; until: Date }>('leases');
    const isHeld = { $gt: ['$until', '$$NOW'] };
    const held = await attempt(() => leases.findOne({ holder: { $ne: '' }, $expr: isHeld }));
    if (held)
      throw new Refused(
        `A service still runs on these databases, or ended a moment ago without saying so (${held._id}); stop all of them, wait ten seconds and try again.`,
      );
  }

  async close(): Promise<void> {
    for (const documents of this.known.values()) await documents.close();
    await this.client.close();
  }
}
