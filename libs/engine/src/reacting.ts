// How reactions and effects take a page of events: key after key side by side, within a key one after another.
import { setTimeout as pause } from 'node:timers/promises';
import { contextOf, commitIdOf, systemCaller, type Caller } from './caller.js';
import type { Command, Context } from './command.js';
import type { Effect, Reaction } from './consumer.js';
import { Forbidden, NotFound, Rejected } from './errors.js';
import type { Recorded } from './event.js';
import { isOwnError } from './parking.js';
import type { EventLog, Put, StoredEvent } from './ports.js';
import type { Work } from './subscription.js';

export const REFUSALS = { name: '$refusals', indexes: ['name', 'key', 'at'] };

/** Pauses before a handler that failed is tried again, in milliseconds; after the last one the event is parked. */
const PAUSES = [10, 50, 250];
/** Keys of one page that are handled side by side; their commits share transactions. */
const SIDE_BY_SIDE = 64;

export type Send = (command: Command, caller: Caller) => Promise<unknown>;

export interface Reacting {
  /** Durable, `<service>.<name>`. */
  readonly name: string;
  readonly send: Send;
  readonly standards: object;
  readonly now: () => string;
}

/** One event, and the instant it is handled for: its own, or a timer's. */
export interface Item {
  readonly event: Recorded;
  readonly stored: StoredEvent;
  readonly due?: string;
}

/** Handles each item, parks what fails, and gives the puts that record it. `done` names what was handled or parked. */
export async function inKeyOrder(
  items: readonly Item[],
  { parking }: Pick<Work, 'parking'>,
  now: () => string,
  handle: (item: Item) => Promise<readonly Put[]>,
): Promise<Put[]> {
  const byKey = new Map<string, Item[]>();
  for (const item of items) {
    const same = byKey.get(item.event.key);
    if (same) same.push(item);
    else byKey.set(item.event.key, [item]);
  }
  const puts: Put[] = [];
  const lists = [...byKey.values()];
  const worker = async () => {
    for (let list = lists.shift(); list; list = lists.shift())
      for (const item of list) {
        if (parking.holds(item.event.key))
          puts.push(parking.park(item, 'waits behind an earlier event of its key', now()));
        else puts.push(...(await handleOrPark(item, { parking, now, handle })));
      }
  };
  // All workers end before an error goes up: nothing of this page runs on beside its repetition.
  const ended = await Promise.allSettled(Array.from({ length: SIDE_BY_SIDE }, worker));
  const failed = ended.find((one) => one.status === 'rejected');
  if (failed) throw failed.reason;
  return puts;
}

async function handleOrPark(
  item: Item,
  how: {
    parking: Work['parking'];
    now: () => string;
    handle: (item: Item) => Promise<readonly Put[]>;
  },
): Promise<readonly Put[]> {
  for (let attempt = 0; ; attempt++)
    try {
      return await how.handle(item);
    } catch (error) {
      if (!isOwnError(error)) throw error;
      const wait = PAUSES[attempt];
      if (wait === undefined) return [how.parking.park(item, error, how.now())];
      await pause(wait);
    }
}

/** Sends what the reaction wishes. What the rules refuse is recorded and passes. */
export async function react(reaction: Reaction, item: Item, how: Reacting): Promise<Put[]> {
  const { event, due } = item;
  const marks = due === undefined ? [] : [due];
  const base = systemCaller(how.name, event, ...marks);
  const context = contextOf(base, { now: how.now(), standards: how.standards }, due);
  const refusals: Put[] = [];
  for (const [ordinal, command] of reaction.react(event, context).entries()) {
    const target = command.constructor.name;
    const caller = {
      ...systemCaller(how.name, event, ...marks, target, String(ordinal)),
      occurredAt: context.occurredAt,
    };
    refusals.push(...(await sendOrRefuse(command, caller, item, how)));
  }
  return refusals;
}

async function sendOrRefuse(
  command: Command,
  caller: Caller,
  { event }: Item,
  how: Reacting,
): Promise<Put[]> {
  try {
    await how.send(command, caller);
    return [];
  } catch (error) {
    if (!(error instanceof Rejected || error instanceof NotFound || error instanceof Forbidden))
      throw error;
    const document = {
      name: how.name,
      key: event.key,
      event: event.id,
      type: event.type,
      command: command.constructor.name,
      code: error.code,
      message: error.message,
      at: how.now(),
    };
    return [{ table: REFUSALS.name, tenant: event.meta.tenant, id: caller.key, document }];
  }
}

/**
 * Commits the attempt, calls, commits the outcome. After a kill the attempt is found committed and the outcome is
 * not: only that call is repeated, under the same attempt id.
 */
export async function perform(
  effect: Effect,
  item: Item,
  how: Reacting & { log: EventLog },
): Promise<Put[]> {
  const { event } = item;
  const attempt = systemCaller(how.name, event, 'attempt');
  const outcome = systemCaller(how.name, event, 'outcome');
  if (await how.log.lookUp(commitIdOf(outcome))) return [];
  const context: Context = contextOf(attempt, { now: how.now(), standards: how.standards });
  const command = effect.attempt(event, context, attempt.key);
  if (!command) return [];
  const refused = await sendOrRefuse(command, attempt, item, how);
  if (refused.length) return refused;
  const result = await effect.perform(event, attempt.key, context);
  return sendOrRefuse(result, outcome, item, how);
}
