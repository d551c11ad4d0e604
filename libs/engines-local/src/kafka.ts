import { randomBytes } from 'node:crypto';
import { Kafka, logLevel } from 'kafkajs';
import type { Admin } from 'kafkajs';
import { findKafka } from './found.js';
import type { KafkaPrograms } from './found.js';
import { LOGGING, nodeProperties } from './kafka-properties.js';
import type { NodePorts } from './kafka-properties.js';
import type { Origin, Place } from './place.js';
import { freePorts } from './ports.js';
import { Server } from './server.js';
import { leaveAlone, startSomewhere } from './somewhere.js';
import type { WhereOptions } from './somewhere.js';
import { tellOnce } from './telling.js';
import { until } from './until.js';

export interface KafkaOptions extends WhereOptions {
  readonly brokers?: 1 | 3;
}

/** A cluster to talk to. It may be shared with others: use topic and group names of your own. */
export interface KafkaAddress {
  /** host:port of each broker. */
  readonly addresses: readonly string[];
  readonly origin: Origin;
  /** Ends what was started; leaves alone what was given. */
  end(): Promise<void>;
}

/** The cluster that the environment names (SHOUWEN_KAFKA), else one of our own. */
export async function kafka(options: KafkaOptions = {}): Promise<KafkaAddress> {
  const named = process.env['SHOUWEN_KAFKA'];
  if (!named) return ownKafka(options);
  const addresses = named.split(',').map((address) => address.trim());
  const found = await nodesSeenBy(addresses, 10_000);
  if (!found.length) throw new Error(`SHOUWEN_KAFKA says ${named}, and no broker answers there`);
  return { addresses, origin: 'environment', end: async () => undefined };
}

/** A cluster of one's own, to be stopped, killed and frozen at will; never the one the environment names. */
export async function ownKafka({ brokers = 1, ...where }: KafkaOptions = {}): Promise<Cluster> {
  const tell = where.tell ?? tellOnce;
  leaveAlone('SHOUWEN_KAFKA', tell);
  const ports = await freePorts(2 * brokers);
  const callers = ports.slice(0, brokers);
  const nodes = callers.map((broker, index) => ({ broker, controller: ports[brokers + index]! }));
  const image = process.env['SHOUWEN_KAFKA_IMAGE'] ?? 'apache/kafka:4.3.1';
  return startSomewhere({ ...where, tell, what: 'Kafka', image, ports: callers }, async (place) => {
    const isLocal = place.origin === 'local';
    const programs = isLocal ? await findKafka(tell) : IN_IMAGE;
    const cluster = new Cluster(place, programs, nodes);
    await cluster.start();
    return cluster;
  });
}

/** Where the image of the project keeps them. */
const IN_IMAGE: KafkaPrograms = { java: 'java', classpath: '/opt/kafka/libs/*' };

/** A broker; node ids in Kafka's answers are its place in the list, counted from 1. */
export class Broker extends Server {
  readonly nodeId: number;

  constructor(nodeId: number, { place, programs, port, isOneOfMany }: BrokerOptions) {
    const address = `127.0.0.1:${port}`;
    const name = `kafka-${nodeId}`;
    super({
      ...{ place, name, address },
      command: [
        ...[programs.java, '-Xms256m', '-Xmx512m', ...(isOneOfMany ? QUICK_START : [])],
        `-Dlog4j2.configurationFile=${place.folder}/log4j2.yaml`,
        ...['-cp', programs.classpath, 'kafka.Kafka', `${place.folder}/${name}.properties`],
      ],
      answers: async () => (await nodesSeenBy([address], 1_000)).includes(nodeId),
    });
    this.nodeId = nodeId;
  }
}

interface BrokerOptions {
  readonly place: Place;
  readonly programs: KafkaPrograms;
  readonly port: number;
  readonly isOneOfMany: boolean;
}

/** Several Java machines that all compile at once start slower than they would ever earn back in a test. */
const QUICK_START = ['-XX:TieredStopAtLevel=1'];

export class Cluster implements KafkaAddress {
  readonly brokers: readonly Broker[];
  readonly #place: Place;
  readonly #programs: KafkaPrograms;
  readonly #nodes: readonly NodePorts[];

  constructor(place: Place, programs: KafkaPrograms, nodes: readonly NodePorts[]) {
    this.#place = place;
    this.#programs = programs;
    this.#nodes = nodes;
    this.brokers = nodes.map(
      ({ broker: port }, index) =>
        new Broker(index + 1, { place, programs, port, isOneOfMany: nodes.length > 1 }),
    );
  }

  get addresses(): readonly string[] {
    return this.brokers.map(({ address }) => address);
  }

  get origin(): Place['origin'] {
    return this.#place.origin;
  }

  /** Comes back when every broker sees all of them and consumer groups have a home. */
  async start(): Promise<void> {
    await this.#place.write('log4j2.yaml', LOGGING);
    const clusterId = randomBytes(16).toString('base64url').replace(/^-/, 'A');
    await Promise.all(this.brokers.map((broker) => this.#format(broker, clusterId)));
    await Promise.all(this.brokers.map((broker) => broker.start()));
    for (const { name, address } of this.brokers)
      await until(`${name} sees the others`, async () => {
        const seen = await nodesSeenBy([address], 1_000);
        return seen.length === this.brokers.length;
      });
    await until('the coordinator of groups is there', () =>
      withAdmin(this.addresses, 5_000, async (admin) => {
        // The first answer fills the driver's list of brokers, without which it asks for no coordinator.
        await admin.describeCluster();
        await admin.fetchOffsets({ groupId: 'warm-up' });
        return true;
      }).catch(() => false),
    );
  }

  /** The broker that leads a partition now; waits while there is none. */
  async leader(topic: string, partition = 0): Promise<Broker> {
    return until(`partition ${partition} of ${topic} has a leader`, async () => {
      for (const { address } of this.brokers) {
        const id = await leaderSeenBy(address, topic, partition);
        const leader = this.brokers.find(({ nodeId }) => nodeId === id);
        if (await leader?.isAlive()) return leader;
      }
      return null;
    });
  }

  async end(): Promise<void> {
    await this.#place.end();
  }

  async #format({ name, nodeId }: Broker, clusterId: string): Promise<void> {
    const place = this.#place;
    const { java, classpath } = this.#programs;
    const file = `${name}.properties`;
    const data = `${place.folder}/${name}`;
    const { listenOn } = place;
    await place.write(file, nodeProperties({ id: nodeId, nodes: this.#nodes, listenOn, data }));
    await place.run([
      ...[java, '-Xmx128m', ...QUICK_START, '-cp', classpath],
      ...['kafka.tools.StorageTool', 'format', '-t', clusterId, '-c', `${place.folder}/${file}`],
    ]);
  }
}

async function withAdmin<T>(
  brokers: readonly string[],
  patienceMs: number,
  ask: (admin: Admin) => Promise<T>,
): Promise<T> {
  const client = new Kafka({
    ...{ clientId: 'shouwen-engines', brokers: [...brokers], logLevel: logLevel.NOTHING },
    ...{ connectionTimeout: patienceMs, requestTimeout: patienceMs, retry: { retries: 0 } },
  });
  const admin = client.admin();
  try {
    await admin.connect();
    return await ask(admin);
  } finally {
    await admin.disconnect();
  }
}

/** Ids of the brokers that these say are there; none where nobody answers in time. */
async function nodesSeenBy(addresses: readonly string[], patienceMs: number): Promise<number[]> {
  try {
    const { brokers } = await withAdmin(addresses, patienceMs, (admin) => admin.describeCluster());
    return brokers.map(({ nodeId }) => nodeId);
  } catch {
    return [];
  }
}

/** The id of the broker that leads a partition, as one of them has it; null where this one does not answer. */
async function leaderSeenBy(address: string, topic: string, partition: number) {
  try {
    const { topics } = await withAdmin([address], 1_000, (admin) =>
      admin.fetchTopicMetadata({ topics: [topic] }),
    );
    const found = topics[0]?.partitions.find(({ partitionId }) => partitionId === partition);
    return found?.leader ?? null;
  } catch {
    return null;
  }
}
