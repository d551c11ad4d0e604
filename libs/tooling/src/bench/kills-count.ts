// Counts the logs of stopped services, and the outbox, against what was acknowledged while they were killed.
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { hashOf, type EventLog, type StoredEvent } from '@shouwen/engine';
import { openKafkaEngine } from '@shouwen/engine-kafka';
import { everyEvent } from './every-event.js';
import type { Servers } from './servers.js';

/** What the platform has acknowledged. */
export interface Told {
  readonly tickets: string[];
  /** Tickets that were pressed for, each once. */
  readonly chased: string[];
}

export interface Counted {
  /** Facts that were acknowledged and are not there, and what must follow from each and did not. */
  readonly lost: number;
  readonly repeated: number;
  readonly faults: number;
  readonly events: number;
  readonly letters: number;
}

const QUEUED = 'notifications.message-queued';
/** Messages by their own id, and those that tell an owner of a press, by ticket. */
const MESSAGE = 'a message';
const TOLD = 'the owner is told';

interface Fact {
  readonly ticketId?: string;
  readonly ticketIds?: readonly string[];
  readonly messageId?: string;
  readonly attemptId?: string;
  readonly kind?: string;
  readonly staff?: string;
  readonly textEn?: string;
}

/** What there may be one of: of each ticket, of each text to each recipient, of each message. */
function idsOf(type: string, fact: Fact): readonly string[] {
  const { ticketIds, ticketId = '', messageId, kind, staff, textEn } = fact;
  if (type === QUEUED) return [JSON.stringify([ticketId, kind, staff, textEn])];
  return messageId === undefined ? (ticketIds ?? [ticketId]) : [messageId];
}

/** How many events of a type there are of each ticket or message. */
class Tally {
  private readonly counts = new Map<string, Map<string, number>>();
  /** Attempt ids by type of event. */
  readonly attempts = new Map<string, Set<string>>();

  add({ type, data }: StoredEvent): void {
    const fact = JSON.parse(data) as Fact;
    for (const id of idsOf(type, fact)) this.count(type, id);
    if (type === QUEUED) this.count(MESSAGE, fact.messageId ?? '');
    if (type === QUEUED && fact.kind === 'ticket-chased') this.count(TOLD, fact.ticketId ?? '');
    if (fact.attemptId === undefined) return;
    const attempts = this.attempts.get(type) ?? new Set<string>();
    this.attempts.set(type, attempts.add(fact.attemptId));
  }

  private count(what: string, id: string): void {
    const byId = this.counts.get(what) ?? new Map<string, number>();
    this.counts.set(what, byId.set(id, (byId.get(id) ?? 0) + 1));
  }

  /** Events of a type that one of these lacks, and those that one has beyond the first. */
  each(type: string, tickets: Iterable<string>): { missing: number; more: number } {
    const byTicket = this.counts.get(type) ?? new Map<string, number>();
    const found = [...tickets].map((ticketId) => byTicket.get(ticketId) ?? 0);
    return {
      missing: found.filter((count) => count === 0).length,
      more: found.reduce((sum, count) => sum + Math.max(0, count - 1), 0),
    };
  }

  /** Every ticket that has an event of this type, whether or not it was acknowledged. */
  of(type: string): ReadonlySet<string> {
    return new Set(this.counts.get(type)?.keys() ?? []);
  }
}

export async function countApart(servers: Servers, told: Told): Promise<Counted> {
  const tally = new Tally();
  const { events, faults } = await readLogs(servers, tally);
  // Whose answer never came may have been recorded all the same: what follows must follow from it too.
  const opened = new Set([...told.tickets, ...tally.of('intake.ticket-opened')]);
  const pressed = new Set([...told.chased, ...tally.of('intake.ticket-chased')]);
  const found = [
    tally.each('intake.ticket-opened', opened),
    tally.each('dispatch.clock-opened', opened),
    tally.each('dispatch.work-order-issued', opened),
    tally.each('intake.ticket-chased', pressed),
    tally.each(TOLD, pressed),
    tally.each(QUEUED, tally.of(QUEUED)),
    tally.each('notifications.message-attempted', tally.of(MESSAGE)),
    tally.each('notifications.message-delivered', tally.of(MESSAGE)),
  ];
  const attempted = tally.attempts.get('notifications.message-attempted') ?? new Set<string>();
  const letters = readdirSync(join(servers.directory, 'outbox'))
    .filter((name) => name.endsWith('.json'))
    .map((name) => name.slice(0, -'.json'.length));
  const strangers = letters.filter((attemptId) => !attempted.has(attemptId)).length;
  const unsent = attempted.size - (letters.length - strangers);
  const sum = (which: 'missing' | 'more') => found.reduce((total, one) => total + one[which], 0);
  return {
    lost: sum('missing') + unsent,
    repeated: sum('more') + strangers,
    ...{ faults, events, letters: letters.length },
  };
}

async function readLogs(
  { mongo, prefix, masterKeyFile }: Servers,
  tally: Tally,
): Promise<{ events: number; faults: number }> {
  const engine = await openKafkaEngine({ mongo: { url: mongo, prefix }, masterKeyFile });
  const total = { events: 0, faults: 0 };
  try {
    for (const service of ['intake', 'dispatch', 'notifications']) {
      const { log } = await engine.open(service);
      const { events, faults } = await readLog(log, tally);
      total.events += events;
      total.faults += faults;
    }
    return total;
  } finally {
    await engine.close();
  }
}

/** Dense from 1, each id once, each hash right. */
async function readLog(log: EventLog, tally: Tally): Promise<{ events: number; faults: number }> {
  const ids = new Set<string>();
  let [events, faults] = [0, 0];
  for await (const event of everyEvent(log)) {
    events += 1;
    if (event.g !== events || hashOf(event) !== event.hash || ids.has(event.id)) faults += 1;
    ids.add(event.id);
    tally.add(event);
  }
  return { events, faults };
}
