import { Type } from 'class-transformer';
import {
  IsArray,
  IsBoolean,
  IsISO8601,
  IsNotEmpty,
  IsOptional,
  IsString,
  Matches,
  MaxLength,
  ValidateNested,
} from 'class-validator';
import { defineEvent, type EventFrom } from '@shouwen/engine';
import { ClockFact, StepFact, Told } from './deadline-fact.js';
import { STAFF_NUMBER } from './unit-path.js';

/** A step of the ladder is due unless somebody handles the ticket first. Sent once per step and climb. */
class EscalationScheduledV1 extends StepFact {
  /** From when on handling counts for this climb: receipt, or the reopening. */
  @IsISO8601({ strict: true }) countsFrom!: string;
  /** When the fact that started it was recorded. Steps due before it are judged, but nobody is told. */
  @IsISO8601({ strict: true }) knownFrom!: string;
}

export const EscalationScheduled = defineEvent({
  type: 'dispatch.escalation-scheduled',
  version: 1,
  visibility: 'public',
  data: EscalationScheduledV1,
  key: 'ticketId',
  says: {
    en: 'Unless handled by {dueAt|date} ({hours} h), {number} goes up to {post}.',
    zh: '如{dueAt|date}前（{hours}小时）仍未处理，工单{number}升级至{post}。',
  },
});
export type EscalationScheduled = EventFrom<typeof EscalationScheduled>;

/** Nobody handled the ticket in time, so the post named by the standard is told. At most once per step and climb. */
class TicketEscalatedV1 extends StepFact {
  /** Holder or deputy of the post; empty where nobody holds it, and for a late entry. */
  @IsArray() @ValidateNested({ each: true }) @Type(() => Told) tells!: readonly Told[];
  /** The step lay before anybody could know of it: judged and listed, nobody told. */
  @IsBoolean() isLateEntry!: boolean;
}

export const TicketEscalated = defineEvent({
  type: 'dispatch.ticket-escalated',
  version: 1,
  visibility: 'public',
  data: TicketEscalatedV1,
  key: 'ticketId',
  says: {
    en: '{number} was not handled for {hours} h and went up to {post}; told: {tells|staff}.',
    zh: '工单{number}{hours}小时未处理，升级至{post}；已告知：{tells|staff}。',
  },
});
export type TicketEscalated = EventFrom<typeof TicketEscalated>;

/** The ticket is handled (restored, or answered in substance), closed or of another type: the ladder ends here. */
class EscalationStoppedV1 extends ClockFact {
  @IsNotEmpty() @IsString() ladder!: string;
  /** Steps due later than this do not happen. */
  @IsISO8601({ strict: true }) stoppedAt!: string;
}

export const EscalationStopped = defineEvent({
  type: 'dispatch.escalation-stopped',
  version: 1,
  visibility: 'public',
  data: EscalationStoppedV1,
  key: 'ticketId',
  says: {
    en: '{number} goes no further up: settled at {stoppedAt|date}.',
    zh: '工单{number}已于{stoppedAt|date}处理，停止升级。',
  },
});
export type EscalationStopped = EventFrom<typeof EscalationStopped>;

/** Late evidence, or another type, shows that a step need not have been taken. Those told get a correction. */
class EscalationWithdrawnV1 extends StepFact {
  @IsISO8601({ strict: true }) handledAt!: string;
  /** Those who had been told of the escalation. */
  @IsArray() @ValidateNested({ each: true }) @Type(() => Told) tells!: readonly Told[];
}

export const EscalationWithdrawn = defineEvent({
  type: 'dispatch.escalation-withdrawn',
  version: 1,
  visibility: 'public',
  data: EscalationWithdrawnV1,
  key: 'ticketId',
  says: {
    en: '{number} had been handled at {handledAt|date}; the {hours} h escalation is withdrawn, corrected: {tells|staff}.',
    zh: '工单{number}已于{handledAt|date}处理，撤销{hours}小时升级；已更正：{tells|staff}。',
  },
});
export type EscalationWithdrawn = EventFrom<typeof EscalationWithdrawn>;

/** Somebody senior orders the ticket to be watched (督办). Who is told of it follows in ticket-supervised. */
class SupervisionOrderedV1 extends ClockFact {
  /** Staff number of the one who watches. */
  @Matches(STAFF_NUMBER) by!: string;
  /** Data subject of the instruction: the person affected. */
  @IsNotEmpty() @IsString() affectedId!: string;
  @IsOptional() @IsString() @MaxLength(2000) instruction?: string;
}

export const SupervisionOrdered = defineEvent({
  type: 'dispatch.supervision-ordered',
  version: 1,
  visibility: 'service',
  data: SupervisionOrderedV1,
  key: 'ticketId',
  personal: { affectedId: { instruction: 'text' } },
  says: {
    en: '{by|staff} ordered {number} to be supervised: {instruction}',
    zh: '{by|staff}对工单{number}发起督办：{instruction}',
  },
});
export type SupervisionOrdered = EventFrom<typeof SupervisionOrdered>;

/** A ticket is supervised from now on. It moves no limit; the unit's head is told. */
class TicketSupervisedV1 extends ClockFact {
  /** Staff number of the one who watches. */
  @Matches(STAFF_NUMBER) by!: string;
  /** Holder or deputy of the post nearest to the work, as held at that moment. */
  @IsArray() @ValidateNested({ each: true }) @Type(() => Told) tells!: readonly Told[];
}

export const TicketSupervised = defineEvent({
  type: 'dispatch.ticket-supervised',
  version: 1,
  visibility: 'public',
  data: TicketSupervisedV1,
  key: 'ticketId',
  says: {
    en: '{by|staff} supervises {number}; told: {tells|staff}.',
    zh: '工单{number}由{by|staff}督办；已告知：{tells|staff}。',
  },
});
export type TicketSupervised = EventFrom<typeof TicketSupervised>;
