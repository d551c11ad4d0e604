// Timers are due instants in events. A subscription keeps each as a document until it has fired; the state of the
// stream judges what arrives, so firing late or twice is harmless.
import { setImmediate as turn } from 'node:timers/promises';
import type { Reaction } from './consumer.js';
import type { Part } from './leases.js';
import { inKeyOrder, react, type Item, type Reacting } from './reacting.js';
import type { Put, StoredEvent, Time } from './ports.js';
import type { Subscription, Work } from './subscription.js';

export const TIMERS = { name: '$timers', indexes: ['due', 'name'] };
const SYSTEM = '-';
/** Timers taken at a time. */
const PAGE = 500;

export interface Timer {
  readonly name: string;
  readonly due: string;
  readonly log: string;
  readonly record: StoredEvent;
}

interface Armed {
  readonly reaction: Reaction;
  readonly subscription: Subscription;
}

export const timerId = ({ name, due, record }: Timer): string => `${record.id}|${name}|${due}`;

/** The puts that remember what an event asks to be woken for. */
export function remember(reaction: Reaction, name: string, { events, stored }: Work): Put[] {
  return events.flatMap((event, i) =>
    [reaction.due!(event) ?? []].flat().map((due): Put => {
      const timer: Timer = {
        name,
        due: new Date(due).toISOString(),
        log: event.log,
        record: stored[i]!,
      };
      return { table: TIMERS.name, tenant: SYSTEM, id: timerId(timer), document: timer };
    }),
  );
}

/** Fires the timers of one service in the order of their instants. */
export class Timers implements Part {
  private readonly armed = new Map<string, Armed>();
  private cancel: () => void = () => {};
  private running: Promise<void> | null = null;
  private isStopped = true;
  private isAsked = false;
  error: string | undefined;

  constructor(
    private readonly how: Omit<Reacting, 'name'> & {
      time: Time;
      documents: Subscription['documents'];
    },
  ) {}

  add(reaction: Reaction, subscription: Subscription): void {
    this.armed.set(subscription.options.name, { reaction, subscription });
  }

  /** The earliest instant that waits, or null. */
  async next(): Promise<string | null> {
    const { items } = await this.how.documents.find(TIMERS.name, SYSTEM, {
      sort: { by: 'due', order: 'ascending' },
      limit: 1,
    });
    return (items[0] as Timer | undefined)?.due ?? null;
  }

  /** Looks what is due; called after new timers were remembered and when time has moved. */
  look(): void {
    this.isAsked = true;
    if (this.isStopped || this.running) return;
    this.running = this.run().finally(() => (this.running = null));
  }

  get isBusy(): boolean {
    return this.running !== null;
  }

  async begin(): Promise<void> {
    this.isStopped = false;
    this.look();
  }

  async halt(): Promise<void> {
    this.isStopped = true;
    this.cancel();
    await this.running;
  }

  private async run(): Promise<void> {
    let wait = 50;
    while (this.isAsked && !this.isStopped) {
      this.isAsked = false;
      try {
        await this.fireDue();
        // Whoever asks while the next instant is looked up may know of an earlier one: another round.
        if (!this.isStopped) await this.sleep();
        this.error = undefined;
        wait = 50;
      } catch (error) {
        this.error = (error as Error).message;
        this.isAsked = true;
        await new Promise((resolve) => setTimeout(resolve, wait).unref());
        wait = Math.min(wait * 2, 5_000);
      }
    }
  }

  private async sleep(): Promise<void> {
    this.cancel();
    const next = await this.next();
    if (next !== null) this.cancel = this.how.time.wake(Date.parse(next), () => this.look());
  }

  private async fireDue(): Promise<void> {
    while (!this.isStopped) {
      const { items } = await this.how.documents.find(TIMERS.name, SYSTEM, {
        where: { due: { to: this.how.now() } },
        sort: { by: 'due', order: 'ascending' },
        limit: PAGE,
      });
      if (items.length === 0) return;
      // Instants are kept apart: what is due earlier has been decided before what is due later.
      const due = (items[0] as Timer).due;
      await this.fire((items as Timer[]).filter((timer) => timer.due === due));
      await turn();
    }
  }

  private async fire(timers: readonly Timer[]): Promise<void> {
    const byName = new Map<string, Timer[]>();
    for (const timer of timers) {
      const same = byName.get(timer.name);
      if (same) same.push(timer);
      else byName.set(timer.name, [timer]);
    }
    for (const [name, same] of byName) await this.fireOf(name, same);
  }

  private async fireOf(name: string, timers: readonly Timer[]): Promise<void> {
    const removals = timers.map((timer) => ({
      table: TIMERS.name,
      tenant: SYSTEM,
      id: timerId(timer),
      document: null,
    }));
    const armed = this.armed.get(name);
    // A release that no longer has this reaction has nothing to do for it.
    if (!armed) return this.how.documents.write(removals);
    const { reaction, subscription } = armed;
    const items: Item[] = [];
    for (const { log, record, due } of timers) {
      const [event] = await subscription.open([record], log);
      items.push({ event: event!, stored: record, due });
    }
    const how = { ...this.how, name };
    const puts = await inKeyOrder(items, subscription, this.how.now, (item) =>
      react(reaction, item, how),
    );
    await this.how.documents.write([...puts, ...removals]);
  }
}
