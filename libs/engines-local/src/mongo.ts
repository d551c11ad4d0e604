import { MongoClient } from 'mongodb';
import { findMongod } from './found.js';
import type { Origin, Place } from './place.js';
import { freePorts } from './ports.js';
import { Server } from './server.js';
import { leaveAlone, startSomewhere } from './somewhere.js';
import type { WhereOptions } from './somewhere.js';
import { tellOnce } from './telling.js';
import { until } from './until.js';

export interface MongoOptions extends WhereOptions {
  readonly members?: 1 | 3;
}

/** A replica set to talk to. It may be shared with others: use a database name of your own. */
export interface MongoAddress {
  readonly url: string;
  readonly origin: Origin;
  /** Ends what was started; leaves alone what was given. */
  end(): Promise<void>;
}

const SET = 'rs0';

/** The replica set that the environment names (SHOUWEN_MONGO), else one of our own. */
export async function mongo(options: MongoOptions = {}): Promise<MongoAddress> {
  const url = process.env['SHOUWEN_MONGO'];
  if (!url) return ownMongo(options);
  const hello = await helloOf(url, 10_000);
  if (!hello) throw new Error(`SHOUWEN_MONGO says ${url}, and no primary answers there`);
  if (!hello.setName) throw new Error(`SHOUWEN_MONGO says ${url}, which is no replica set`);
  return { url, origin: 'environment', end: async () => undefined };
}

/** A replica set of one's own, to be stopped, killed and frozen at will; never the one the environment names. */
export async function ownMongo({ members = 1, ...where }: MongoOptions = {}): Promise<ReplicaSet> {
  const tell = where.tell ?? tellOnce;
  leaveAlone('SHOUWEN_MONGO', tell);
  const ports = await freePorts(members);
  const image = process.env['SHOUWEN_MONGO_IMAGE'] ?? 'mongo:8.0';
  return startSomewhere({ ...where, tell, what: 'MongoDB', image, ports }, async (place) => {
    const isLocal = place.origin === 'local';
    const mongod = isLocal ? await findMongod(tell) : 'mongod';
    const set = new ReplicaSet(
      place,
      ports.map((port, index) => member({ place, mongod, port, index })),
    );
    await set.start();
    return set;
  });
}

interface MemberOptions {
  readonly place: Place;
  readonly mongod: string;
  readonly port: number;
  readonly index: number;
}

function member({ place, mongod, port, index }: MemberOptions): Server {
  const name = `mongod-${index + 1}`;
  const address = `127.0.0.1:${port}`;
  return new Server({
    ...{ place, name, address },
    command: [
      ...[mongod, '--quiet', '--dbpath', `${place.folder}/${name}`, '--replSet', SET],
      ...['--port', String(port), '--bind_ip', place.listenOn],
      ...['--wiredTigerCacheSizeGB', '0.25', '--oplogSize', '256'],
      // Asked to stop, a primary would else wait 15 seconds for its callers to find another one.
      ...['--setParameter', 'shutdownTimeoutMillisForSignaledShutdown=100'],
    ],
    // A member that is in no set yet answers too; one that recovers does so only once it can be read from.
    answers: async () => {
      const hello = await helloOf(directUrl(address), 1_000);
      return hello !== null && (hello.isWritablePrimary || hello.secondary || !hello.setName);
    },
  });
}

export class ReplicaSet implements MongoAddress {
  readonly members: readonly Server[];
  readonly #place: Place;

  constructor(place: Place, members: readonly Server[]) {
    this.#place = place;
    this.members = members;
  }

  get url(): string {
    return `mongodb://${this.members.map(({ address }) => address).join(',')}/?replicaSet=${SET}`;
  }

  get origin(): Place['origin'] {
    return this.#place.origin;
  }

  /** Where its files are while it runs; inside the container where there is one. */
  get folder(): string {
    return this.#place.folder;
  }

  async start(): Promise<void> {
    await Promise.all(
      this.members.map(async (each) => {
        await this.#place.makeFolder(each.name);
        await each.start();
      }),
    );
    await initiate(this.members);
    await this.primary();
    for (const each of this.members)
      await until(`${each.name} has joined`, async () => {
        const hello = await helloOf(directUrl(each.address), 1_000);
        return hello?.isWritablePrimary || hello?.secondary;
      });
  }

  /** The member that takes writes now; waits out an election. */
  async primary(): Promise<Server> {
    return until('a primary is elected', async () => {
      for (const each of this.members)
        if ((await this.#helloOf(each))?.isWritablePrimary) return each;
      return null;
    });
  }

  /** The members that follow now, without those that are down. */
  async secondaries(): Promise<readonly Server[]> {
    const found: Server[] = [];
    for (const each of this.members) if ((await this.#helloOf(each))?.secondary) found.push(each);
    return found;
  }

  async end(): Promise<void> {
    await this.#place.end();
  }

  async #helloOf(each: Server): Promise<Hello | null> {
    return (await each.isAlive()) ? helloOf(directUrl(each.address), 1_000) : null;
  }
}

interface Hello {
  readonly isWritablePrimary?: boolean;
  readonly secondary?: boolean;
  readonly setName?: string;
}

const directUrl = (address: string) => `mongodb://${address}/?directConnection=true`;

/** What a server says of itself, or null where none answers in time. */
async function helloOf(url: string, patienceMs: number): Promise<Hello | null> {
  try {
    return await asked(url, { hello: 1 }, patienceMs);
  } catch {
    return null;
  }
}

async function asked(url: string, command: object, patienceMs: number): Promise<object> {
  const client = new MongoClient(url, {
    serverSelectionTimeoutMS: patienceMs,
    connectTimeoutMS: patienceMs,
    socketTimeoutMS: patienceMs,
  });
  try {
    return await client.db('admin').command({ ...command });
  } finally {
    await client.close();
  }
}

/** Fast elections, or every attack would wait ten seconds for the loss of a primary to be noticed. */
async function initiate(members: readonly Server[]): Promise<void> {
  const config = {
    _id: SET,
    members: members.map(({ address }, index) => ({
      ...{ _id: index, host: address },
      priority: index === 0 ? 2 : 1,
    })),
    settings: { electionTimeoutMillis: 1000, heartbeatIntervalMillis: 200 },
  };
  await asked(directUrl(members[0]!.address), { replSetInitiate: config }, 20_000);
}
