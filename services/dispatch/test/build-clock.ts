import {
  ClockBreached,
  ClockBreachWithdrawn,
  ClockEnded,
  ClockMet,
  ClockMoved,
  ClockOpened,
  ClockReclassified,
  ClockReopened,
  ClockStageReached,
  ClockStarted,
  ClockWarned,
  ClockWithdrawn,
  EscalationScheduled,
  EscalationStopped,
  EscalationWithdrawn,
  PostHeld,
  TicketEscalated,
} from '@shouwen/contracts';
import type { Event } from '@shouwen/engine';
import { NOW, past } from '@shouwen/testkit';
import { posts } from '../src/post/post.js';

// A heat repair, received at 16:00 local time on Thursday 15 January 2026: arrival within 60 minutes (warned 20
// minutes before), restored within 24 hours (warned 4 hours before), ladder at 24, 48, 72 and 96 hours.

export const TICKET = '018f4b3c-1000-7000-8000-000000000001';
export const EAST = '/mingcheng/heat/east';
export const WEST = '/mingcheng/heat/west';
export const RECEIVED = NOW;

/** So many minutes after receipt. */
export const after = (minutes: number): string =>
  new Date(Date.parse(RECEIVED) + minutes * 60_000).toISOString();
export const HOUR = 60;

export const HEAD = { post: 'head-of-station', staff: '3001' };
export const MANAGER = { post: 'operating-company-manager', staff: '3000' };

/** Who sits where: the head of the east station with a deputy, and the manager of the heat company. */
export const people = [
  past(posts, EAST, PostHeld({ post: HEAD.post, unit: EAST, holder: HEAD.staff, deputy: '3002' })),
  past(
    posts,
    '/mingcheng/heat',
    PostHeld({ post: MANAGER.post, unit: '/mingcheng/heat', holder: MANAGER.staff }),
  ),
];

export const aMatter = {
  ticketId: TICKET,
  number: 'H260115-7K3M9Q2D',
  utility: 'heat',
  typeCode: 'heat.no-heat',
  category: 'repair',
  unit: EAST,
};

const PACK = { pack: 'heat', version: '2026.1', hash: 'a1b2', clauses: ['H-006'] };

export const aStart = (fields: object = {}) => ({
  ...aMatter,
  unit: EAST,
  receivedAt: RECEIVED,
  affectedId: 'party-1',
  aboutStaff: [] as string[],
  aboutUnits: [] as string[],
  isLateEntry: false,
  firstContactOwner: '1001',
  knownFrom: RECEIVED,
  ...fields,
});

export const aClockOpened = (fields: Partial<ClockOpened['data']> = {}) =>
  ClockOpened({
    ...aMatter,
    receivedAt: RECEIVED,
    affectedId: 'party-1',
    aboutStaff: [],
    aboutUnits: [],
    isLateEntry: false,
    ...fields,
  });

/** The arrival limit, due 60 minutes after receipt. */
export const anArrival = (fields: Partial<ClockStarted['data']> = {}) => ({
  ...aMatter,
  deadline: 'arrive',
  run: 1,
  stage: 'arrive',
  dueAt: after(60),
  pack: PACK,
  ...fields,
});

export const aClockStarted = (fields: Partial<ClockStarted['data']> = {}) =>
  ClockStarted({
    ...anArrival(),
    startAt: RECEIVED,
    countsFrom: RECEIVED,
    warnAt: after(40),
    calendar: 'round-the-clock',
    isCalendarGuessed: false,
    knownFrom: RECEIVED,
    isLateEntry: false,
    ...fields,
  });

/** The limit for restoring, due 24 hours after receipt. */
export const aRestoring = {
  ...anArrival(),
  deadline: 'restore',
  stage: 'restore',
  dueAt: after(24 * HOUR),
  pack: { ...PACK, clauses: ['H-009'] },
};

export const aRestoringStarted = (fields: Partial<ClockStarted['data']> = {}) =>
  aClockStarted({ ...aRestoring, warnAt: after(20 * HOUR), ...fields });

export const aClockMet = (fields: Partial<ClockMet['data']> = {}) => {
  const data = { ...anArrival(), metAt: after(50), isOnTime: true, ...fields };
  return ClockMet(data, { occurredAt: data.metAt, pack: data.pack });
};

export const aClockWarned = (fields: Partial<ClockWarned['data']> = {}) => {
  const data = { ...anArrival(), warnAt: after(40), tells: [HEAD], ...fields };
  return ClockWarned(data, { occurredAt: data.warnAt, pack: data.pack });
};

export const aClockBreached = (fields: Partial<ClockBreached['data']> = {}) => {
  const data = { ...anArrival(), tells: [HEAD], isLateEntry: false, isOpen: true, ...fields };
  return ClockBreached(data, { occurredAt: data.dueAt, pack: data.pack });
};

export const aBreachWithdrawn = (fields: Partial<ClockBreachWithdrawn['data']> = {}) => {
  const data = { ...anArrival(), metAt: after(50), tells: [HEAD], ...fields };
  return ClockBreachWithdrawn(data, { occurredAt: data.metAt, pack: data.pack });
};

export const aClockWithdrawn = (fields: Partial<ClockWithdrawn['data']> = {}) => {
  const because = 'ticket-closed' as const;
  const data = { ...anArrival(), because, withdrawnAt: after(30), tells: [], ...fields };
  return ClockWithdrawn(data, { occurredAt: data.withdrawnAt, pack: data.pack });
};

export const aClockMoved = (fields: Partial<ClockMoved['data']> = {}) =>
  ClockMoved({
    ...{ ...aMatter, unit: WEST },
    previousUnit: EAST,
    deadlines: [{ deadline: 'arrive', run: 1, dueAt: after(60), warnAt: after(40) }],
    steps: [],
    ...fields,
  });

export const aClockEnded = (endedAt: string) =>
  ClockEnded({ ...aMatter, endedAt }, { occurredAt: endedAt });

export const aClockReopened = (fields: Partial<ClockReopened['data']> = {}) =>
  ClockReopened({
    ...aMatter,
    reopenedAt: after(30 * HOUR),
    count: 1,
    continues: ['restore', 'answer', 'first-contact'],
    restarts: ['sign-for', 'arrive', 'feedback', 'callback'],
    ...fields,
  });

export const aClockReclassified = (fields: Partial<ClockReclassified['data']> = {}) =>
  ClockReclassified({
    ...aMatter,
    typeCode: 'heat.leak',
    previousTypeCode: 'heat.no-heat',
    reclassifiedAt: after(30),
    aboutStaff: [],
    aboutUnits: [],
    ...fields,
  });

export const aStageReached = (stage: string, reachedAt: string) =>
  ClockStageReached({ ticketId: TICKET, stage, reachedAt }, { occurredAt: reachedAt });

/** One step of the ladder; the first one, at 24 hours, unless said otherwise. */
export const aStep = (fields: Partial<EscalationScheduled['data']> = {}) => ({
  ...aMatter,
  ladder: 'heat.unhandled',
  step: 'station-head',
  run: 1,
  hours: 24,
  post: HEAD.post,
  dueAt: after(24 * HOUR),
  pack: { ...PACK, clauses: ['H-042'] },
  ...fields,
});

export const anEscalationScheduled = (fields: Partial<EscalationScheduled['data']> = {}) =>
  EscalationScheduled({ ...aStep(), countsFrom: RECEIVED, knownFrom: RECEIVED, ...fields });

export const aTicketEscalated = (fields: Partial<TicketEscalated['data']> = {}) => {
  const data = { ...aStep(), tells: [HEAD], isLateEntry: false, ...fields };
  return TicketEscalated(data, { occurredAt: data.dueAt, pack: data.pack });
};

export const anEscalationStopped = (stoppedAt: string) =>
  EscalationStopped({ ...aMatter, ladder: 'heat.unhandled', stoppedAt }, { occurredAt: stoppedAt });

export const anEscalationWithdrawn = (fields: Partial<EscalationWithdrawn['data']> = {}) => {
  const data = { ...aStep(), handledAt: after(20 * HOUR), tells: [HEAD], ...fields };
  return EscalationWithdrawn(data, { occurredAt: data.handledAt, pack: data.pack });
};

/** Events in short: what happened to which limit or step, and at which minute after receipt. */
export const inShort = (events: readonly Event[]): string[] =>
  events.map(({ type, data }) => {
    const { deadline, run, step, stage, ...rest } = data as Record<string, unknown>;
    const name = deadline ?? step ?? (type.endsWith('stage-reached') ? stage : undefined);
    const minute = ['metAt', 'withdrawnAt', 'handledAt', 'reachedAt', 'stoppedAt', 'dueAt']
      .map((field) => rest[field])
      .find((at) => at !== undefined);
    const verdict =
      rest['isOnTime'] === undefined ? [] : [rest['isOnTime'] ? 'on time' : 'too late'];
    const at = minute ? [`${(Date.parse(minute as string) - Date.parse(RECEIVED)) / 60_000}`] : [];
    const silent = rest['isLateEntry'] === true && type !== ClockOpened.type ? ['late entry'] : [];
    const words = [type.replace('dispatch.', ''), ...(name ? [`${name}#${run ?? ''}`] : [])];
    return [...words, ...at, ...verdict, ...silent].join(' ').replace('# ', ' ');
  });
