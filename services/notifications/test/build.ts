import type { Context, Event, Recorded } from '@shouwen/engine';
import {
  ClockBreached,
  MessageAttempted,
  MessageDelivered,
  MessageFailed,
  MessageQueued,
  MessageRetried,
} from '@shouwen/contracts';
import { makeStandards } from '@shouwen/standards';
import { contextFor, NOW } from '@shouwen/testkit';

export const MESSAGE = '0192f0c4-1a00-8a10-9b20-5d0c7f6e1a01';
export const TICKET = '0192f0c4-0f00-7c11-8a22-3b4c5d6e7f80';
export const ATTEMPT = '0192f0c4-1b00-8b10-9b20-6e1d8f7e2b02';
export const SECOND_ATTEMPT = '0192f0c4-1c00-8c10-9b20-6e1d8f7e2b03';
export const DUE = '2026-01-15T07:30:00.000Z';

/** Standards without a single pack: types go by their codes. */
export const noPacks = makeStandards([], new Map());
export const aContext = (override: Partial<Context> = {}) =>
  contextFor({ standards: noPacks, ...override });

const pack = { pack: 'heat', version: '2026.1', hash: 'a'.repeat(64), clauses: ['H-031'] };

export const anOrderToTell = (override: object = {}) => ({
  messageId: MESSAGE,
  ticketId: TICKET,
  number: 'H260115-7K2M9QX4',
  kind: 'clock-breached' as const,
  unit: '/mingcheng/heat/east',
  staff: '2001',
  posts: ['head-of-station'],
  textEn: 'Ticket H260115-7K2M9QX4: the limit for “arrival” passed unmet.',
  textZh: '工单H260115-7K2M9QX4：“到场”时限已超期。',
  dueAt: DUE,
  ...override,
});

export const aMessageQueued = (override: object = {}) =>
  MessageQueued(anOrderToTell(override), { occurredAt: NOW });

export const aMessageAttempted = (override: object = {}) =>
  MessageAttempted(
    {
      messageId: MESSAGE,
      ticketId: TICKET,
      staff: '2001',
      attemptId: ATTEMPT,
      attempt: 1,
      ...override,
    },
    { occurredAt: NOW },
  );

export const aMessageDelivered = (override: object = {}) =>
  MessageDelivered(
    {
      messageId: MESSAGE,
      ticketId: TICKET,
      staff: '2001',
      attemptId: ATTEMPT,
      receipt: `${ATTEMPT}.json`,
      ...override,
    },
    { occurredAt: NOW },
  );

export const aMessageFailed = (override: object = {}) =>
  MessageFailed(
    {
      messageId: MESSAGE,
      ticketId: TICKET,
      staff: '2001',
      attemptId: ATTEMPT,
      attempt: 1,
      because: 'ENOSPC',
      ...override,
    },
    { occurredAt: NOW },
  );

export const aMessageRetried = (override: object = {}) =>
  MessageRetried({ ...anOrderToTell(), attempt: 2, ...override }, { occurredAt: NOW });

export const aClockBreached = (override: object = {}) =>
  ClockBreached(
    {
      ticketId: TICKET,
      number: 'H260115-7K2M9QX4',
      utility: 'heat',
      typeCode: 'heat.no-heat',
      category: 'repair',
      unit: '/mingcheng/heat/east',
      deadline: 'arrive',
      run: 1,
      stage: 'arrive',
      dueAt: DUE,
      pack,
      tells: [{ post: 'head-of-station', staff: '2001' }],
      isLateEntry: false,
      ...override,
    },
    { occurredAt: DUE, pack },
  );

let count = 0;

/** The event as a consumer meets it. */
export function recorded<E extends Event>(event: E, override: Partial<Recorded> = {}): Recorded<E> {
  const g = ++count;
  const data = event.data as { ticketId?: string };
  return {
    ...event,
    id: `0192f0c4-2000-8000-8000-${String(g).padStart(12, '0')}-0`,
    log: `${event.type.split('.')[0]}.main`,
    g,
    stream: 'message-x',
    streamVersion: 1,
    key: data.ticketId ?? '',
    occurredAt: event.occurredAt ?? NOW,
    recordedAt: NOW,
    meta: {
      actor: 'system:test',
      tenant: 'main',
      correlation: 'c',
      ...(event.pack ? { pack: event.pack } : {}),
    },
    sealed: {},
    ...override,
  } as Recorded<E>;
}
