// What the engine itself records in a service's log, like any other fact.
import { randomUUID } from 'node:crypto';
import { commitIdOf, type Caller } from './caller.js';
import { encode } from './codec.js';
import type { Actor } from './command.js';
import { LogStarted, engineEvents } from './engine-events.js';
import { Conflict, Refused } from './errors.js';
import type { Event } from './event.js';
import { nameBased } from './identifiers.js';
import type { EventLog } from './ports.js';

interface Circumstances {
  readonly stream: string;
  readonly caller: Caller;
  /** ISO 8601. */
  readonly at: string;
}

export async function record(
  log: EventLog,
  event: Event,
  { stream, caller, at }: Circumstances,
): Promise<void> {
  const contract = engineEvents.find(({ type }) => type === event.type)!;
  const id = commitIdOf(caller);
  const version = (await log.readStream(stream, 0)).length;
  const stored = encode(
    event,
    contract,
    {
      stream,
      version: version + 1,
      id: `${id}-0`,
      occurredAt: at,
      recordedAt: at,
      meta: { actor: caller.actor.number, tenant: caller.actor.tenant, correlation: id },
    },
    new Map(),
  );
  const expects = [{ stream, version }];
  await log.append({ id, at, fingerprint: null, expects, events: [stored] });
}

/**
 * Durable names that the log's first commit lists; a new log gets that commit now, with the names of this release.
 * Throws Refused for a log that something else has made.
 */
export async function firstCommit(
  log: EventLog,
  consumers: readonly string[],
  at: string,
): Promise<readonly string[]> {
  if ((await log.head()).g === 0) {
    const [, group] = log.name.split('.');
    const actor: Actor = { number: 'system:engine', tenant: group!, grants: [] };
    const key = nameBased(randomUUID().replaceAll('-', ''), log.identity.id);
    const caller: Caller = { actor, key, route: 'start', fingerprint: null, isSystem: true };
    const event = LogStarted({ name: log.name, logId: log.identity.id, consumers: [...consumers] });
    // Of two processes that start on a new log one is first; its list is the log's.
    await record(log, event, { stream: 'log', caller, at }).catch((error: unknown) => {
      if (!(error instanceof Conflict)) throw error;
    });
  }
  const [first] = await log.read(0, 1);
  if (first?.type !== LogStarted.type)
    throw new Refused(
      `${log.name} does not begin as a log of this product does; it was not made by it.`,
    );
  return (JSON.parse(first.data) as { consumers: string[] }).consumers;
}
