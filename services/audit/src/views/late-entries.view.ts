import { defineView, type Event, type Recorded } from '@shouwen/engine';
import { everyContract } from '@shouwen/contracts';
import { delayMinutesOf, isFlagged, isLateEntry } from '../timeline/lateness.js';
import { ticketIdsOf } from './timeline.view.js';

/** One fact that was learned late, of whichever service. */
export interface LateEntryDocument {
  readonly eventId: string;
  readonly service: string;
  readonly type: string;
  readonly ticketIds: readonly string[];
  /** Unit that the event names, where it names one. */
  readonly unit?: string;
  readonly occurredAt: string;
  readonly recordedAt: string;
  readonly delayMinutes: number;
  /** It says itself that it came too late to be acted on. */
  readonly isFlagged: boolean;
  readonly actor: string;
  /** A person entered it; else it is what the platform concluded from something that came late. */
  readonly isByPerson: boolean;
}

type Fields = Readonly<Record<string, unknown>>;

/** Every late fact of every service: one document each, nothing of what was in time. */
export const lateEntriesView = defineView<LateEntryDocument, Event>({
  name: 'late-entries',
  on: [...everyContract],
  id: (event) => (isLateEntry(event) ? event.id : null),
  evolve: (_entry, event) => lateEntry(event),
  indexes: [
    'ticketIds',
    'unit',
    'service',
    'type',
    'actor',
    'isByPerson',
    'delayMinutes',
    'occurredAt',
    'recordedAt',
  ],
  roles: [],
});

function lateEntry(event: Recorded): LateEntryDocument {
  const data = event.data as Fields;
  const { occurredAt, recordedAt, type } = event;
  const { actor } = event.meta;
  const { unit = data['takenIn'] } = data;
  return {
    eventId: event.id,
    service: event.log.split('.')[0]!,
    type,
    ticketIds: ticketIdsOf(data),
    ...(typeof unit === 'string' ? { unit } : {}),
    ...{ occurredAt, recordedAt, delayMinutes: delayMinutesOf(event) },
    isFlagged: isFlagged(event),
    actor,
    isByPerson: !actor.startsWith('system:'),
  };
}
