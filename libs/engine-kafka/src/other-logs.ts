// The topics of other services' logs, as far as this process reads them. A new epoch is a new topic: it is looked for
// now and then, so that a reader of the old one learns of it and refuses.
import type { Admin, Kafka } from 'kafkajs';
import { Unavailable } from '@shouwen/engine';
import { TopicTail } from './topic-tail.js';
import { newestOf } from './topics.js';

/** Milliseconds between two looks for a newer epoch, or for a topic that is not there yet. */
const LOOK = 5_000;
const LOOK_FIRST = 500;

interface Known {
  tail: TopicTail | null;
  lookedAt: number;
  looking: Promise<TopicTail | null> | null;
}

export class OtherLogs {
  private readonly known = new Map<string, Known>();
  private admin: Admin;
  private connecting: Promise<void> | null = null;

  constructor(
    private readonly kafka: Kafka,
    private readonly prefix: string,
  ) {
    this.admin = kafka.admin();
  }

  /** The tail of the newest epoch's topic; null while the log's service has never published anything. */
  async tailOf(log: string): Promise<TopicTail | null> {
    const known = this.known.get(log) ?? { tail: null, lookedAt: -Infinity, looking: null };
    this.known.set(log, known);
    const isDue = performance.now() - known.lookedAt > (known.tail ? LOOK : LOOK_FIRST);
    if (!isDue) return known.tail;
    known.looking ??= this.look(log, known).finally(() => (known.looking = null));
    // Whoever reads already need not wait for news of another epoch.
    if (known.tail) {
      known.looking.catch(() => {});
      return known.tail;
    }
    return known.looking;
  }

  async close(): Promise<void> {
    const known = [...this.known.values()];
    await Promise.all(known.map(({ looking }) => looking?.catch(() => null)));
    await Promise.all(known.map(({ tail }) => tail?.close()));
    await this.connecting?.catch(() => {});
    await this.admin.disconnect().catch(() => {});
  }

  private async look(log: string, known: Known): Promise<TopicTail | null> {
    const topic = newestOf(await this.topics(), this.prefix, log);
    if (topic && topic !== known.tail?.topic) {
      const tail = await TopicTail.open(this.kafka, topic);
      if (tail) {
        const old = known.tail;
        known.tail = tail;
        await old?.close();
      }
    }
    known.lookedAt = performance.now();
    return known.tail;
  }

  private async topics(): Promise<readonly string[]> {
    const { admin } = this;
    try {
      this.connecting ??= admin.connect();
      await this.connecting;
      return await admin.listTopics();
    } catch (error) {
      // By another connection the next time: the driver would ask a broker that is alive and deaf for ever.
      if (this.admin === admin) {
        this.admin = this.kafka.admin();
        this.connecting = null;
      }
      await admin.disconnect().catch(() => {});
      throw new Unavailable(`Kafka does not answer: ${(error as Error).message}`, { cause: error });
    }
  }
}
