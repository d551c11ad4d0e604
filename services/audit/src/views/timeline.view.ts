import { defineView, engineEvents, type Event, type PackRef, type Sealed } from '@shouwen/engine';
import { everyContract, PasswordSet } from '@shouwen/contracts';

/** One event of one service, as the timeline keeps it. */
export interface TimelineDocument {
  readonly eventId: string;
  readonly ticketIds: readonly string[];
  readonly type: string;
  readonly service: string;
  readonly occurredAt: string;
  readonly recordedAt: string;
  readonly actor: string;
  /** Unit that the event names, where it names one. */
  readonly unit?: string;
  /** What is not personal. */
  readonly data: Readonly<Record<string, unknown>>;
  /** Personal fields by the field that names the person; opened, and masked by role, on reading. */
  readonly sealed: Readonly<Record<string, Sealed>>;
  readonly pack?: PackRef;
  /** The event that led to this one. */
  readonly causation?: string;
  readonly log: string;
  readonly g: number;
}

type Fields = Readonly<Record<string, unknown>>;

/** Sealed in the log because they are secrets, not because they are about a person: shown to nobody. */
const SECRETS: ReadonlySet<string> = new Set([PasswordSet.type]);

/** Everything that happened in any service: one document per event, found by each ticket it is about. */
export const timelineView = defineView<TimelineDocument, Event>({
  name: 'timeline',
  on: [...everyContract, ...engineEvents],
  id: ({ id }) => id,
  evolve: (_, event) => {
    const data = event.data as Fields;
    const { pack, causation } = event.meta;
    const { unit } = data;
    return {
      eventId: event.id,
      ticketIds: ticketIdsOf(data),
      type: event.type,
      service: event.log.split('.')[0]!,
      occurredAt: event.occurredAt,
      recordedAt: event.recordedAt,
      actor: event.meta.actor,
      ...(typeof unit === 'string' ? { unit } : {}),
      data,
      sealed: SECRETS.has(event.type) ? {} : event.sealed,
      ...(pack ? { pack } : {}),
      ...(causation ? { causation } : {}),
      log: event.log,
      g: event.g,
    };
  },
  indexes: ['ticketIds', 'type', 'service', 'actor', 'occurredAt', 'recordedAt'],
  roles: [],
});

/** The tickets an event is about: named by itself, in a list, or among the matters of a contact. */
export function ticketIdsOf(data: Fields): readonly string[] {
  const { ticketId, ticketIds, matters } = data;
  const listed = Array.isArray(ticketIds) ? (ticketIds as unknown[]) : [];
  const inMatters = Array.isArray(matters)
    ? matters.map((matter: { ticketId?: unknown }) => matter.ticketId)
    : [];
  const ids = [ticketId, ...listed, ...inMatters].filter((id) => typeof id === 'string');
  return [...new Set(ids)];
}
