import { Type } from 'class-transformer';
import {
  IsArray,
  IsBoolean,
  IsIn,
  IsInt,
  IsISO8601,
  IsNotEmpty,
  IsOptional,
  IsString,
  IsUUID,
  Matches,
  Min,
  ValidateNested,
} from 'class-validator';
import { defineEvent, type EventFrom } from '@shouwen/engine';
import { ClockFact, DeadlineFact, Told } from './deadline-fact.js';
import { ZONES, type Zone } from './grid-defined.js';
import { UNIT_PATH } from './unit-path.js';

/** The clock of a ticket exists: what it is about, whom it may not tell. Sent once per ticket, before its deadlines. */
class ClockOpenedV1 extends ClockFact {
  @IsISO8601({ strict: true }) receivedAt!: string;
  /** Data subject of what is said about the matter later. */
  @IsOptional() @IsNotEmpty() @IsString() affectedId?: string;
  /** Unit paths that the matter complains about. */
  @IsArray() @IsString({ each: true }) aboutUnits!: readonly string[];
  @IsBoolean() isLateEntry!: boolean;
  /** Where it was taken down: a unit of another company passed it on. */
  @IsOptional() @Matches(UNIT_PATH) takenIn?: string;
  /** What sort of place its grid is, where somebody said. */
  @IsOptional() @IsIn(ZONES) zone?: Zone;
  /** Who answers for the ticket, and sees its limits in whichever company they run. */
  @IsOptional() @IsNotEmpty() @IsString() firstContactOwner?: string;
}

export const ClockOpened = defineEvent({
  type: 'dispatch.clock-opened',
  version: 1,
  visibility: 'public',
  data: ClockOpenedV1,
  key: 'ticketId',
  says: {
    en: 'The clocks of {number} run from {receivedAt|date}.',
    zh: '工单{number}的时限自{receivedAt|date}起算。',
  },
});
export type ClockOpened = EventFrom<typeof ClockOpened>;

/** Another person answers for the ticket, and is let in to its clock instead of the one before. */
class ClockHandedOverV1 {
  @IsUUID() ticketId!: string;
  @IsNotEmpty() @IsString() firstContactOwner!: string;
}

export const ClockHandedOver = defineEvent({
  type: 'dispatch.clock-handed-over',
  version: 1,
  visibility: 'service',
  data: ClockHandedOverV1,
  key: 'ticketId',
  says: {
    en: 'The limits are shown to {firstContactOwner|staff}, who answers for the ticket now.',
    zh: '时限改由现首问责任人 {firstContactOwner|staff} 查看。',
  },
});
export type ClockHandedOver = EventFrom<typeof ClockHandedOver>;

/** The matter has become another type, utility or category: later deadlines are those of the new one. */
/** One run of a limit, and one step of a ladder, as lists know them. */
export class NamedLimit {
  @IsNotEmpty() @IsString() deadline!: string;
  @IsInt() @Min(1) run!: number;
}
export class NamedStep {
  @IsNotEmpty() @IsString() step!: string;
  @IsInt() @Min(1) run!: number;
}

class ClockReclassifiedV1 extends ClockFact {
  @IsNotEmpty() @IsString() previousTypeCode!: string;
  @IsISO8601({ strict: true }) reclassifiedAt!: string;
  @IsArray() @IsString({ each: true }) aboutUnits!: readonly string[];
  /** What sort of place its grid is; absent: that of no grid that anybody told apart. */
  @IsOptional() @IsIn(ZONES) zone?: Zone;
  /** Present where the ticket names more persons or units than before: what they must not see any more. */
  @IsOptional()
  @IsArray()
  @ValidateNested({ each: true })
  @Type(() => NamedLimit)
  limits?: readonly NamedLimit[];
  @IsOptional()
  @IsArray()
  @ValidateNested({ each: true })
  @Type(() => NamedStep)
  steps?: readonly NamedStep[];
}

export const ClockReclassified = defineEvent({
  type: 'dispatch.clock-reclassified',
  version: 1,
  visibility: 'public',
  data: ClockReclassifiedV1,
  key: 'ticketId',
  says: {
    en: 'The limits of {number} are now those of {typeCode|type}, from the same receipt.',
    zh: '工单{number}改按“{typeCode|type}”计时，受理时间不变。',
  },
});
export type ClockReclassified = EventFrom<typeof ClockReclassified>;

/** The time that the customer chose for a visit. */
export class ChosenSlot {
  @IsISO8601({ strict: true }) from!: string;
  @IsISO8601({ strict: true }) to!: string;
  @IsISO8601({ strict: true }) appointedAt!: string;
}

/** A deadline runs. Sent once per deadline and run; the due instants are computed and never change. */
class ClockStartedV1 extends DeadlineFact {
  @IsISO8601({ strict: true }) startAt!: string;
  /** From when on what happens counts for this run: receipt, the making of an appointment, the reopening. */
  @IsISO8601({ strict: true }) countsFrom!: string;
  /** When the post is warned; absent where the standard gives no warning. */
  @IsOptional() @IsISO8601({ strict: true }) warnAt?: string;
  /** Name of the calendar that the limit was counted in. */
  @IsNotEmpty() @IsString() calendar!: string;
  /** Present: this run stands for the slot that the customer chose. */
  @IsOptional() @ValidateNested() @Type(() => ChosenSlot) slot?: ChosenSlot;
  /** A day it counted lies in a year that the calendar has no data for; plain weekdays stood in. */
  @IsBoolean() isCalendarGuessed!: boolean;
  /** When the fact that started it was recorded. Instants before it are judged, but nobody is told. */
  @IsISO8601({ strict: true }) knownFrom!: string;
  /** The limit had passed before anybody could know of it. */
  @IsBoolean() isLateEntry!: boolean;
}

export const ClockStarted = defineEvent({
  type: 'dispatch.clock-started',
  version: 1,
  visibility: 'public',
  data: ClockStartedV1,
  key: 'ticketId',
  says: {
    en: 'Limit “{stage}” runs until {dueAt|date}.',
    zh: '“{stage}”时限开始计时，{dueAt|date}前完成。',
  },
});
export type ClockStarted = EventFrom<typeof ClockStarted>;

/** A deadline comes near and nothing has met it. Sent at most once per run, never for a late entry. */
class ClockWarnedV1 extends DeadlineFact {
  @IsISO8601({ strict: true }) warnAt!: string;
  @IsArray() @ValidateNested({ each: true }) @Type(() => Told) tells!: readonly Told[];
}

export const ClockWarned = defineEvent({
  type: 'dispatch.clock-warned',
  version: 1,
  visibility: 'public',
  data: ClockWarnedV1,
  key: 'ticketId',
  says: {
    en: 'Limit “{stage}” ends at {dueAt|date} and is not met yet; told: {tells|staff}.',
    zh: '“{stage}”时限将于{dueAt|date}到期，尚未完成；已提醒：{tells|staff}。',
  },
});
export type ClockWarned = EventFrom<typeof ClockWarned>;

/** A limit passed unmet. Sent at most once per run. For a late entry `tells` is empty. */
class ClockBreachedV1 extends DeadlineFact {
  @IsArray() @ValidateNested({ each: true }) @Type(() => Told) tells!: readonly Told[];
  /** The limit had passed before anybody could know of it: judged and listed, nobody told. */
  @IsBoolean() isLateEntry!: boolean;
  /** When it was done after all, where that was heard of before the limit's own timer came. */
  @IsOptional() @IsISO8601({ strict: true }) metAt?: string;
  /** The ticket was still open when this was recorded. */
  @IsOptional() @IsBoolean() isOpen?: boolean;
}

export const ClockBreached = defineEvent({
  type: 'dispatch.clock-breached',
  version: 1,
  visibility: 'public',
  data: ClockBreachedV1,
  key: 'ticketId',
  says: {
    en: 'Limit “{stage}” passed unmet at {dueAt|date}; told: {tells|staff}.',
    zh: '“{stage}”时限于{dueAt|date}超期；已告知：{tells|staff}。',
  },
});
export type ClockBreached = EventFrom<typeof ClockBreached>;

/** What the deadline asks for has happened, in time or too late. Judged by when it happened, not when we heard. */
class ClockMetV1 extends DeadlineFact {
  @IsISO8601({ strict: true }) metAt!: string;
  @IsBoolean() isOnTime!: boolean;
}

export const ClockMet = defineEvent({
  type: 'dispatch.clock-met',
  version: 1,
  visibility: 'public',
  data: ClockMetV1,
  key: 'ticketId',
  says: {
    en: '“{stage}” done at {metAt|date}; the limit was {dueAt|date}.',
    zh: '“{stage}”于{metAt|date}完成，时限为{dueAt|date}。',
  },
});
export type ClockMet = EventFrom<typeof ClockMet>;

export const WITHDRAWALS = [
  'reclassified',
  'slot-chosen',
  'nothing-to-restore',
  'ticket-closed',
] as const;

/** A deadline ends without a verdict: it is counted neither on time nor late. */
class ClockWithdrawnV1 extends DeadlineFact {
  @IsIn(WITHDRAWALS) because!: (typeof WITHDRAWALS)[number];
  @IsISO8601({ strict: true }) withdrawnAt!: string;
  /** Who had been told that it was breached; a correction goes to them. */
  @IsArray() @ValidateNested({ each: true }) @Type(() => Told) tells!: readonly Told[];
}

export const ClockWithdrawn = defineEvent({
  type: 'dispatch.clock-withdrawn',
  version: 1,
  visibility: 'public',
  data: ClockWithdrawnV1,
  key: 'ticketId',
  says: {
    en: 'Limit “{stage}” no longer applies ({because}).',
    zh: '“{stage}”时限不再适用（{because}）。',
  },
});
export type ClockWithdrawn = EventFrom<typeof ClockWithdrawn>;

/** Late evidence shows that the limit was kept. Counted on time, listed; those told of the breach get a correction. */
class ClockBreachWithdrawnV1 extends DeadlineFact {
  @IsISO8601({ strict: true }) metAt!: string;
  /** Those who had been told of the breach. */
  @IsArray() @ValidateNested({ each: true }) @Type(() => Told) tells!: readonly Told[];
}

export const ClockBreachWithdrawn = defineEvent({
  type: 'dispatch.clock-breach-withdrawn',
  version: 1,
  visibility: 'public',
  data: ClockBreachWithdrawnV1,
  key: 'ticketId',
  says: {
    en: 'Limit “{stage}” was kept after all, at {metAt|date}; the breach is withdrawn, corrected: {tells|staff}.',
    zh: '补报证实“{stage}”已于{metAt|date}按时完成，撤销超期；已更正：{tells|staff}。',
  },
});
export type ClockBreachWithdrawn = EventFrom<typeof ClockBreachWithdrawn>;

/** Something happened that a deadline may ask for, and no deadline asks for it now. Kept for one that starts later. */
class ClockStageReachedV1 {
  @IsUUID() ticketId!: string;
  @IsNotEmpty() @IsString() stage!: string;
  @IsISO8601({ strict: true }) reachedAt!: string;
}

export const ClockStageReached = defineEvent({
  type: 'dispatch.clock-stage-reached',
  version: 1,
  visibility: 'service',
  data: ClockStageReachedV1,
  key: 'ticketId',
  says: {
    en: '“{stage}” done at {reachedAt|date}; no limit asked for it.',
    zh: '“{stage}”于{reachedAt|date}完成，无对应时限。',
  },
});
export type ClockStageReached = EventFrom<typeof ClockStageReached>;

/** Unit or slot of a ticket whose clock has not been opened yet: kept until it is. */
class ClockAwaitedV1 {
  @IsUUID() ticketId!: string;
  @IsOptional() @Matches(UNIT_PATH) unit?: string;
  @IsOptional() @ValidateNested() @Type(() => ChosenSlot) slot?: ChosenSlot;
}

export const ClockAwaited = defineEvent({
  type: 'dispatch.clock-awaited',
  version: 1,
  visibility: 'service',
  data: ClockAwaitedV1,
  key: 'ticketId',
  says: {
    en: 'Work on the ticket is known before its limits are.',
    zh: '工单时限建立前已有派工信息。',
  },
});
export type ClockAwaited = EventFrom<typeof ClockAwaited>;

/** A deadline whose timers are set anew for the unit that now answers for it. */
export class PendingDeadline {
  @IsNotEmpty() @IsString() deadline!: string;
  @IsInt() @Min(1) run!: number;
  @IsISO8601({ strict: true }) dueAt!: string;
  @IsOptional() @IsISO8601({ strict: true }) warnAt?: string;
}

/** A step of the ladder whose timer is set anew for the unit that now answers for it. */
export class PendingStep {
  @IsNotEmpty() @IsString() step!: string;
  @IsInt() @Min(1) run!: number;
  @IsISO8601({ strict: true }) dueAt!: string;
}

/** Another unit answers for the ticket: from now on its posts are warned and told. Limits do not move. */
class ClockMovedV1 extends ClockFact {
  @Matches(UNIT_PATH) previousUnit!: string;
  @IsArray()
  @ValidateNested({ each: true })
  @Type(() => PendingDeadline)
  deadlines!: readonly PendingDeadline[];
  @IsArray()
  @ValidateNested({ each: true })
  @Type(() => PendingStep)
  steps!: readonly PendingStep[];
}

export const ClockMoved = defineEvent({
  type: 'dispatch.clock-moved',
  version: 1,
  visibility: 'public',
  data: ClockMovedV1,
  key: 'ticketId',
  says: {
    en: '{unit|unit} now answers for the limits of {number}.',
    zh: '工单{number}的时限改由{unit|unit}负责。',
  },
});
export type ClockMoved = EventFrom<typeof ClockMoved>;

/** The ticket is closed: nothing is due any more. Limits that passed before the closing are still judged. */
class ClockEndedV1 extends ClockFact {
  @IsISO8601({ strict: true }) endedAt!: string;
}

export const ClockEnded = defineEvent({
  type: 'dispatch.clock-ended',
  version: 1,
  visibility: 'public',
  data: ClockEndedV1,
  key: 'ticketId',
  says: {
    en: 'The clocks of {number} ended with its closing at {endedAt|date}.',
    zh: '工单{number}于{endedAt|date}办结，计时结束。',
  },
});
export type ClockEnded = EventFrom<typeof ClockEnded>;

/** The ticket is open again: which limits go on as they were and which start again is in the events that follow. */
class ClockReopenedV1 extends ClockFact {
  @IsISO8601({ strict: true }) reopenedAt!: string;
  /** How often the ticket has been reopened. */
  @IsInt() @Min(1) count!: number;
  /** Stages whose limits go on as they were. */
  @IsArray() @IsString({ each: true }) continues!: readonly string[];
  /** Stages whose limits start again at the reopening. */
  @IsArray() @IsString({ each: true }) restarts!: readonly string[];
}

export const ClockReopened = defineEvent({
  type: 'dispatch.clock-reopened',
  version: 1,
  visibility: 'public',
  data: ClockReopenedV1,
  key: 'ticketId',
  says: {
    en: 'The clocks of {number} run again since {reopenedAt|date}.',
    zh: '工单{number}于{reopenedAt|date}重新打开，恢复计时。',
  },
});
export type ClockReopened = EventFrom<typeof ClockReopened>;
