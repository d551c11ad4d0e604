// Events between services through Kafka: a leased relay for each log that this process owns, a consumption for each
// subscription on another's.
import type { Kafka } from 'kafkajs';
import type { Collection } from 'mongodb';
import {
  recordedAfter,
  Unavailable,
  type Delivery,
  type EventLog,
  type Leases,
  type LogIdentity,
  type RelayStatus,
  type Standing,
  type Transport,
} from '@shouwen/engine';
import { Bell } from './bell.js';
import { firstBehind } from './first-behind.js';
import { Consumption } from './consumption.js';
import { newestInTopic, refuseBehindTopic } from './log-and-topic.js';
import { OtherLogs } from './other-logs.js';
import { Relay, type RelayCheckpoint, type Sent } from './relay.js';

/** How long the answer where a log ends may wait for our own relay of it. Milliseconds. */
const PATIENCE = 20_000;

export interface TransportOptions {
  readonly kafka: Kafka;
  readonly prefix: string;
  /** Partitions of a topic that is to be made. */
  readonly partitions: number;
  readonly leases: Leases;
  readonly checkpointsOf: (log: string) => Collection<RelayCheckpoint>;
  /** Told of every batch that the brokers have acknowledged. */
  readonly onSent?: (sent: Sent) => void;
}

export class KafkaTransport implements Transport {
  private readonly others: OtherLogs;
  private readonly relays = new Map<string, { relay: Relay; log: EventLog }>();
  private readonly running = new Set<Consumption>();

  constructor(private readonly options: TransportOptions) {
    this.others = new OtherLogs(options.kafka, options.prefix);
  }

  async consume(
    log: string,
    _subscription: string,
    position: (partition: number) => Promise<Standing>,
    deliver: (delivery: Delivery) => Promise<void>,
  ): Promise<{ stop(): Promise<void> }> {
    const { others } = this;
    const consumption = new Consumption({ log, others, position, deliver });
    this.running.add(consumption);
    return {
      stop: async () => {
        this.running.delete(consumption);
        await consumption.stop();
      },
    };
  }

  async heads(
    log: string,
  ): Promise<{ identity: LogIdentity; ends: ReadonlyMap<number, number>; making?: string }> {
    const own = this.relays.get(log);
    if (own) await this.carried(own);
    const tail = await this.others.tailOf(log);
    if (!tail) return { identity: own?.log.identity ?? { id: '', epoch: 0 }, ends: new Map() };
    const ends = await tail.heads();
    return { identity: tail.identity, ends, making: tail.generation };
  }

  async behindSince(log: string, standings: ReadonlyMap<number, Standing>): Promise<string | null> {
    const tail = await this.others.tailOf(log);
    const firsts = await Promise.all(
      (tail?.partitions ?? []).map((partition) =>
        firstBehind(tail!, partition, standings.get(partition) ?? { g: 0 }),
      ),
    );
    const instants = firsts.flatMap((first) => first?.event.recordedAt ?? []);
    return instants.sort()[0] ?? null;
  }

  async publish(log: EventLog): Promise<void> {
    if (this.relays.has(log.name)) return;
    const { kafka, prefix, partitions, leases, checkpointsOf, onSent } = this.options;
    const checkpoints = checkpointsOf(log.name);
    const told = onSent ? { onSent } : {};
    const relay = new Relay({ log, kafka, checkpoints, prefix, partitions, ...told });
    this.relays.set(log.name, { relay, log });
    await this.refuseOlderCopy(log);
    const run = (signal: AbortSignal) => relay.run(signal);
    leases.hold({ group: `relay ${log.name}`, name: `relay ${relay.topic}`, run });
  }

  /** While Kafka is away, the relay finds out later, and carries nothing. */
  private async refuseOlderCopy(log: EventLog): Promise<void> {
    const { kafka, prefix } = this.options;
    try {
      await refuseBehindTopic(log, await newestInTopic(kafka, prefix, log.name));
    } catch (error) {
      if (!(error instanceof Unavailable)) throw error;
    }
  }

  async isPublished(log: EventLog): Promise<boolean> {
    return (await this.statusOf(log)).behind === 0;
  }

  /** How far each log that this process owns has been carried, by this or another process. */
  async relayStatus(): Promise<readonly RelayStatus[]> {
    return Promise.all([...this.relays.values()].map(({ log }) => this.statusOf(log)));
  }

  async close(): Promise<void> {
    await Promise.all([...this.running].map((one) => one.stop()));
    await this.others.close();
  }

  private async statusOf(log: EventLog): Promise<RelayStatus> {
    const { relay } = this.relays.get(log.name)!;
    const { g } = await log.head();
    const position = relay.position ?? (await this.stored(log.name, relay.topic));
    const error = relay.error === undefined ? {} : { error: relay.error };
    const behind = Math.max(g - position, 0);
    const behindSince = behind === 0 ? null : await recordedAfter(log, position);
    return { log: log.name, topic: relay.topic, position, behind, behindSince, ...error };
  }

  private async stored(log: string, topic: string): Promise<number> {
    const checkpoint = await this.options.checkpointsOf(log).findOne({ _id: topic });
    return checkpoint?.g ?? 0;
  }

  /** Where this process relays the log itself, its end is the log's, not what has arrived so far. */
  private async carried({ relay, log }: { relay: Relay; log: EventLog }): Promise<void> {
    const { g } = await log.head();
    const until = performance.now() + PATIENCE;
    const bell = new Bell();
    while (!((relay.position ?? (await this.stored(log.name, relay.topic))) >= g)) {
      if (performance.now() > until)
        throw new Unavailable(`${relay.topic} does not get on: ${relay.error ?? 'no relay'}`);
      await bell.wait(5);
    }
  }
}
