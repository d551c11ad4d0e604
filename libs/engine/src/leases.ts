// What runs in one process at a time although several run the service: a subscription, or the timers together with the
// subscriptions that feed them.
//
//   standby ── the lease is this process's ──► starting ──► running
//      ▲                                                       │
//      └── the lease is lost, somebody else writes, the end ◄──┘
import { setTimeout as pause } from 'node:timers/promises';
import { Fenced, Unavailable } from './errors.js';
import type { Holding, Leases, LeasedWork } from './ports.js';
import type { Subscription } from './subscription.js';
import type { Timers } from './timers.js';

/** Work that ended of itself is taken up again after this. Milliseconds. */
const AGAIN = 200;

/** Where an installation is one process, every lease is that process's. */
export class SoleLeases implements Leases {
  hold({ run }: LeasedWork): Holding {
    const stopping = new AbortController();
    const { signal } = stopping;
    const finished = (async () => {
      while (!signal.aborted) {
        await run(signal).catch(() => {});
        await pause(AGAIN, undefined, { signal }).catch(() => {});
      }
    })();
    const stop = async () => {
      stopping.abort();
      await finished;
    };
    return { decided: Promise.resolve(true), stop };
  }

  isHeld(): boolean {
    return true;
  }

  async claim(): Promise<() => void> {
    return () => {};
  }
}

/** A consumer that can be at home in one process only. */
export interface Part {
  /** Starts from what is stored. Calls `giveUp` later when it finds that somebody else goes on in its place. */
  begin(giveUp: () => void): Promise<void>;
  /** Ends what is in hand and forgets what it knew. */
  halt(): Promise<void>;
}

export class Leased {
  private begin!: { done: () => void; failed: (error: unknown) => void };
  private begun!: Promise<void>;

  constructor(
    readonly name: string,
    /** Begin one after the other, halt the other way round. */
    private readonly parts: readonly Part[],
  ) {
    this.renew();
  }

  /** Resolves when it runs in this process; rejects if it cannot begin although all servers answer. */
  get running(): Promise<void> {
    return this.begun;
  }

  async run(signal: AbortSignal): Promise<void> {
    const fenced = new AbortController();
    const ended = AbortSignal.any([signal, fenced.signal]);
    try {
      for (const part of this.parts) await part.begin(() => fenced.abort());
      this.begin.done();
      if (!ended.aborted)
        await new Promise<void>((resolve) =>
          ended.addEventListener('abort', () => resolve(), { once: true }),
        );
    } catch (error) {
      // Servers that are away come back: whoever waits for the start waits no longer, its state says why.
      if (error instanceof Unavailable || error instanceof Fenced) this.begin.done();
      else this.begin.failed(error);
      throw error;
    } finally {
      this.renew();
      for (const part of [...this.parts].reverse()) await part.halt();
    }
  }

  private renew(): void {
    this.begun = new Promise((done, failed) => (this.begin = { done, failed }));
    this.begun.catch(() => {});
  }
}

/** The consumers of one service, each at home in one of its processes. */
export class Homes {
  /** By the durable names of the subscriptions that take part. */
  private readonly works = new Map<string, Leased>();
  private holdings: readonly Holding[] = [];

  constructor(
    private readonly leases: Leases,
    private readonly service: string,
  ) {}

  /** Those that feed the timers stay with the timers; each of the others may be anywhere. */
  async start(subscriptions: readonly Subscription[], timers: Timers): Promise<void> {
    const isTimer = ({ options }: Subscription) => options.kind === 'timer';
    const withTimers = new Leased(`timers ${this.service}`, [
      ...subscriptions.filter(isTimer),
      timers,
    ]);
    for (const subscription of subscriptions) {
      const { name } = subscription.options;
      const own = () => new Leased(`subscription ${name}`, [subscription]);
      this.works.set(name, isTimer(subscription) ? withTimers : own());
    }
    const works = [...new Set(this.works.values())];
    const begun = works.map(({ running }) => running);
    this.holdings = works.map((work) =>
      this.leases.hold({ group: this.service, name: work.name, run: (signal) => work.run(signal) }),
    );
    await Promise.all(
      this.holdings.map(async ({ decided }, i) => ((await decided) ? begun[i] : undefined)),
    );
  }

  async stop(): Promise<void> {
    await Promise.all(this.holdings.map((one) => one.stop()));
  }

  /** What needs a subscription's memory is done where it is: it comes here, and stays until this is done. */
  async here<T>(subscription: Subscription, work: () => Promise<T>): Promise<T> {
    const leased = this.works.get(subscription.options.name)!;
    const letGo = await this.leases.claim(leased.name);
    try {
      await leased.running;
      if (!subscription.isHere) throw new Unavailable(`${leased.name}: ${subscription.error}`);
      return await work();
    } finally {
      letGo();
    }
  }

  /** True while some process does it. */
  isHome({ options }: Subscription): boolean {
    return this.leases.isHeld(this.works.get(options.name)!.name);
  }
}
