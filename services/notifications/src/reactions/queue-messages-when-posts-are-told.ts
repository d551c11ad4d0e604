import { when, type Context, type PackRef } from '@shouwen/engine';
import {
  ChasePassedOn,
  ClockBreached,
  ClockBreachWithdrawn,
  ClockWarned,
  ClockWithdrawn,
  EscalationWithdrawn,
  fill,
  TicketEscalated,
  TicketSupervised,
  type Language,
  type MessageKind,
} from '@shouwen/contracts';
import { standardsOf } from '@shouwen/standards';
import { QueueMessage } from '../message/queue-message.js';
import { TEXTS } from '../message/texts.js';

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
    if (told.isLateEntry) return [];
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
        textEn: textOf(kind, 'en', texts, context),
        textZh: textOf(kind, 'zh', texts, context),
        ...(told.dueAt ? { dueAt: told.dueAt } : {}),
        ...(told.aboutStaff?.length ? { aboutStaff: told.aboutStaff } : {}),
        ...(pack ? { pack } : {}),
      }),
    );
  },
);

function byStaff(tells: Told['tells']): ReadonlyMap<string, string[]> {
  const posts = new Map<string, string[]>();
  for (const { staff, post } of tells) {
    const known = posts.get(staff) ?? [];
    if (!known.includes(post)) posts.set(staff, [...known, post]);
  }
  return posts;
}

function textOf(kind: MessageKind, language: Language, data: object, context: Context): string {
  const standards = standardsOf(context);
  const type = (code: string) => standards.type(code, context.occurredAt)?.name[language];
  return fill(TEXTS[kind][language], data, { language, names: { type } });
}
