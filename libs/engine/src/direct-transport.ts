import { recordedAfter, type RelayStatus } from './lag.js';
import type { Delivery, EventLog, LogIdentity, Standing, Transport } from './ports.js';
import { pump } from './pump.js';

/** Between services of one process: each reads the other's log, one partition, as JSON text. */
export class DirectTransport implements Transport {
  private readonly running = new Set<{ stop(): Promise<void> }>();

  constructor(private readonly logOf: (name: string) => EventLog) {}

  async consume(
    log: string,
    _subscription: string,
    position: (partition: number) => Promise<Standing>,
    deliver: (delivery: Delivery) => Promise<void>,
  ): Promise<{ stop(): Promise<void> }> {
    const source = this.logOf(log);
    const started = pump(source, (await position(0)).g, deliver);
    const handle = {
      stop: async () => {
        this.running.delete(handle);
        await started.stop();
      },
    };
    this.running.add(handle);
    return handle;
  }

  async heads(log: string): Promise<{ identity: LogIdentity; ends: ReadonlyMap<number, number> }> {
    const source = this.logOf(log);
    return { identity: source.identity, ends: new Map([[0, (await source.head()).g]]) };
  }

  async behindSince(log: string, standings: ReadonlyMap<number, Standing>): Promise<string | null> {
    return recordedAfter(this.logOf(log), standings.get(0)?.g ?? 0);
  }

  async relayStatus(): Promise<readonly RelayStatus[]> {
    return [];
  }

  async publish(): Promise<void> {
    // The log itself is what others read.
  }

  async isPublished(): Promise<boolean> {
    return true;
  }

  async close(): Promise<void> {
    await Promise.all([...this.running].map((one) => one.stop()));
  }
}
