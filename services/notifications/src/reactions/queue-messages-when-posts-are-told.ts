import { when, type PackRef, type Recorded } from '@shouwen/engine';
import {
  ChasePassedOn,
  ClockBreached,
  ClockBreachWithdrawn,
  ClockWarned,
  ClockWithdrawn,
  EscalationWithdrawn,
  TicketEscalated,
  TicketSupervised,
  type MessageKind,
} from '@shouwen/contracts';
import { QueueMessage } from '../message/queue-message.js';
import { isLongAgo, textOf } from '../message/wording.js';

const KINDS = {
  [ClockWarned.type]: 'clock-warned',
  [ClockBreached.type]: 'clock-breached',
  [ClockWithdrawn.type]: 'clock-withdrawn',
  [ClockBreachWithdrawn.type]: 'breach-withdrawn',
  [TicketEscalated.type]: 'ticket-escalated',
  [EscalationWithdrawn.type]: 'escalation-withdrawn',
  [TicketSupervised.type]: 'ticket-supervised',
  [ChasePassedOn.type]: 'work-order-chased',
} as const satisfies Record<string, MessageKind>;

/** What the texts may ask for, of whichever event it is. */
interface Told {
  readonly ticketId: string;
  readonly number?: string;
  readonly unit: string;
  readonly dueAt?: string;
  readonly pack?: PackRef;
  readonly aboutStaff?: readonly string[];
  readonly tells: readonly { readonly post: string; readonly staff: string }[];
  readonly isLateEntry?: boolean;
}

/**
 * Dispatch says who holds the posts that must know. Each person gets one message, however many of the posts are
 * theirs. A late entry tells nobody: its instant lay before anybody could know of it.
 */
export const queueMessagesWhenPostsAreTold = when(
  [
    ClockWarned,
    ClockBreached,
    ClockWithdrawn,
    ClockBreachWithdrawn,
    TicketEscalated,
    EscalationWithdrawn,
    TicketSupervised,
    ChasePassedOn,
  ],
  'queue-messages-when-posts-are-told',
  (event, context) => {
    const told: Told = event.data;
    if (told.isLateEntry || isOldChase(event)) return [];
    const kind = KINDS[event.type];
    const pack = event.meta.pack ?? told.pack;
    const number = told.number ?? told.ticketId;
    const texts = { ...told, number, clauses: pack?.clauses ?? [] };
    return [...byStaff(told.tells)].map(([staff, posts]) =>
      QueueMessage.of({
        messageId: context.newId(),
        ticketId: told.ticketId,
        number,
        kind,
        unit: told.unit,
        staff,
        posts,
        textEn: textOf(kind, texts, { language: 'en', context }),
        textZh: textOf(kind, texts, { language: 'zh', context }),
        ...(told.dueAt ? { dueAt: told.dueAt } : {}),
        ...(told.aboutStaff?.length ? { aboutStaff: told.aboutStaff } : {}),
        ...(pack ? { pack } : {}),
      }),
    );
  },
);

/** A breach found after hours of standstill must be told; that somebody pressed last month need not. */
const isOldChase = (event: Recorded): boolean =>
  event.type === ChasePassedOn.type && isLongAgo(event);

function byStaff(tells: Told['tells']): ReadonlyMap<string, string[]> {
  const posts = new Map<string, string[]>();
  for (const { staff, post } of tells) {
    const known = posts.get(staff) ?? [];
    if (!known.includes(post)) posts.set(staff, [...known, post]);
  }
  return posts;
}
