// What a handler could not digest: the failing event and everything later of its key wait here in order, while all
// other keys move on.
import type { Recorded } from './event.js';
import { Busy, Corrupt, Fenced, Unavailable } from './errors.js';
import type { Documents, Put, StoredEvent } from './ports.js';

export const PARKED = { name: '$parked', indexes: ['name', 'key', 'parkedAt', 'isFirst'] };
const SYSTEM = '-';

export interface Parked {
  readonly name: string;
  readonly key: string;
  readonly log: string;
  readonly g: number;
  readonly type: string;
  readonly eventId: string;
  readonly error: string;
  readonly parkedAt: string;
  /** True for the event that failed; the others only wait behind it. */
  readonly isFirst: boolean;
  readonly record: StoredEvent;
  /** Present: a timer's due instant. */
  readonly due?: string;
}

/** An engine that is away, a busy stream or a lost race is nobody's mistake: it pauses, and never parks. */
export const isOwnError = (error: unknown): boolean =>
  !(
    error instanceof Unavailable ||
    error instanceof Busy ||
    error instanceof Fenced ||
    error instanceof Corrupt
  );

export class Parking {
  private readonly keys = new Map<string, number>();

  constructor(
    private readonly name: string,
    private readonly documents: Documents,
    private readonly isStrict = false,
  ) {}

  get size(): number {
    let sum = 0;
    for (const count of this.keys.values()) sum += count;
    return sum;
  }

  async load(): Promise<void> {
    this.keys.clear();
    for await (const { key } of this.list()) this.keys.set(key, (this.keys.get(key) ?? 0) + 1);
  }

  holds(key: string): boolean {
    return this.keys.has(key);
  }

  /** The put that sets an event aside; with `isStrict` the error goes to the caller instead. */
  park(
    { event, stored, due }: { event: Recorded; stored: StoredEvent; due?: string },
    error: unknown,
    now: string,
  ): Put {
    if (this.isStrict) throw error;
    const isFirst = !this.keys.has(event.key);
    this.keys.set(event.key, (this.keys.get(event.key) ?? 0) + 1);
    const document: Parked = {
      name: this.name,
      key: event.key,
      log: event.log,
      g: event.g,
      type: event.type,
      eventId: event.id,
      error: error instanceof Error ? error.message : String(error),
      parkedAt: now,
      isFirst,
      record: stored,
      ...(due ? { due } : {}),
    };
    return { table: PARKED.name, tenant: SYSTEM, id: parkedId(document), document };
  }

  /** A parking that refuses: for the retry of what is parked already. */
  without(): Parking {
    return new Parking(this.name, this.documents, true);
  }

  async *list(key?: string): AsyncGenerator<Parked> {
    let cursor: string | undefined;
    do {
      const page = await this.documents.find(PARKED.name, SYSTEM, {
        where: { name: { is: this.name }, ...(key === undefined ? {} : { key: { is: key } }) },
        limit: 200,
        ...(cursor === undefined ? {} : { cursor }),
      });
      yield* page.items as Parked[];
      cursor = page.next;
    } while (cursor !== undefined);
  }

  /** Takes a parked event off the list, together with what it led to. */
  async release(parked: Parked, puts: readonly Put[]): Promise<void> {
    const removal = { table: PARKED.name, tenant: SYSTEM, id: parkedId(parked), document: null };
    await this.documents.write([...puts, removal]);
    const left = (this.keys.get(parked.key) ?? 1) - 1;
    if (left > 0) this.keys.set(parked.key, left);
    else this.keys.delete(parked.key);
  }

  async failedAgain(parked: Parked, error: unknown): Promise<void> {
    const document = { ...parked, isFirst: true, error: (error as Error).message };
    await this.documents.write([
      { table: PARKED.name, tenant: SYSTEM, id: parkedId(parked), document },
    ]);
  }

  async removals(): Promise<Put[]> {
    const puts: Put[] = [];
    for await (const parked of this.list())
      puts.push({ table: PARKED.name, tenant: SYSTEM, id: parkedId(parked), document: null });
    return puts;
  }
}

/** Sorts by event number within the key. */
export const parkedId = ({
  name,
  key,
  log,
  g,
  due,
}: Pick<Parked, 'name' | 'key' | 'log' | 'g' | 'due'>): string =>
  [name, key, log, String(g).padStart(15, '0'), due ?? ''].join('|');

/** What can try a parked event once more, and alone. */
interface Retrying {
  readonly parking: Parking;
  exclusively<T>(work: () => Promise<T>): Promise<T>;
  again(parked: Parked): Promise<readonly Put[]>;
}

/** Tries the parked events of a key in order until one fails; `skip` drops the first one instead of trying it. */
export function workThrough(
  consumer: Retrying,
  key: string,
  action: 'retry' | 'skip',
): Promise<{ handled: number; left: number; error?: string }> {
  return consumer.exclusively(async () => {
    const result: { handled: number; left: number; error?: string } = { handled: 0, left: 0 };
    let isDropped = action === 'skip';
    for await (const parked of consumer.parking.list(key)) {
      if (result.error !== undefined) {
        result.left++;
        continue;
      }
      try {
        await consumer.parking.release(parked, isDropped ? [] : await consumer.again(parked));
        result.handled++;
      } catch (error) {
        await consumer.parking.failedAgain(parked, error);
        result.error = (error as Error).message;
        result.left++;
      }
      isDropped = false;
    }
    return result;
  });
}
