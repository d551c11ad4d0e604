// Each service in a process of its own on servers, as `npm start -- SERVICE` starts it.
import { readFileSync } from 'node:fs';
import { ChildPlatform, freePort } from '../demo/child.js';
import { PASSWORD } from './platform.js';
import type { Servers } from './servers.js';

export const SERVICES = ['dispatch', 'intake', 'notifications', 'audit'] as const;
export type ServiceName = (typeof SERVICES)[number];

/** Seconds that a first start may take, sample city and all. */
const PATIENCE = 240;

export class Apart {
  private constructor(private readonly children: ReadonlyMap<string, ChildPlatform>) {}

  static async start({
    mongo,
    brokers,
    prefix,
    masterKeyFile,
    directory,
  }: Servers): Promise<Apart> {
    const children = new Map<string, ChildPlatform>();
    for (const service of SERVICES)
      children.set(
        service,
        new ChildPlatform({
          ...{ port: await freePort(), dataDir: directory, password: PASSWORD, args: [service] },
          ...{ patience: PATIENCE },
          env: {
            ...{ ENGINE: 'kafka', MONGO_URL: mongo, MONGO_PREFIX: prefix },
            ...{ KAFKA_BROKERS: brokers.join(), MASTER_KEY_FILE: masterKeyFile },
          },
        }),
      );
    const apart = new Apart(children);
    try {
      await Promise.all([...children.values()].map((child) => child.start()));
      return apart;
    } catch (error) {
      await apart.stop();
      throw error;
    }
  }

  process(service: ServiceName): ChildPlatform {
    return this.children.get(service)!;
  }

  /** As the commands take it. */
  get addresses(): string {
    return [...this.children].map(([service, { url }]) => `${service}=${url}`).join();
  }

  /** Resident memory of a process in MiB, as the kernel counts it. */
  memory(service: ServiceName): number {
    const { pid } = this.process(service);
    const [, size] = /VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))!;
    return Number(size) / 1024;
  }

  async stop(): Promise<void> {
    await Promise.all([...this.children.values()].map((child) => child.stop()));
  }
}

/** Events that what these addresses serve has yet to read, as far as it knows; null where one does not say. */
export async function behindOf(urls: readonly string[]): Promise<number | null> {
  let sum = 0;
  for (const url of urls) {
    const answer = await fetch(`${url}/health/ready`).catch(() => null);
    if (!answer?.ok) return null;
    const { services } = (await answer.json()) as {
      services: Record<string, { behind: number | null }>;
    };
    for (const { behind } of Object.values(services)) {
      if (behind === null) return null;
      sum += behind;
    }
  }
  return sum;
}

/** True when what these addresses serve has read and done all there is. */
export const isThrough = async (urls: readonly string[]): Promise<boolean> =>
  (await behindOf(urls)) === 0;
