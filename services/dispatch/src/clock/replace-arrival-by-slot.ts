import { ClockAwaited } from '@shouwen/contracts';
import { Command, handles } from '@shouwen/engine';
import { standardsOf } from '@shouwen/standards';
import { IsISO8601, IsUUID } from 'class-validator';
import { clocks } from './clock.js';
import { replaceArrivalRules } from './limits.js';
import { decideBy, instant, judge } from './verdicts.js';

/** The customer chose when somebody shall come. Where the pack allows it, that promise replaces the arrival limit. */
export class ReplaceArrivalBySlot extends Command {
  @IsUUID() ticketId!: string;
  @IsISO8601({ strict: true }) from!: string;
  @IsISO8601({ strict: true }) to!: string;
  /** When the appointment was recorded. */
  @IsISO8601({ strict: true }) knownFrom!: string;
}

export const replaceArrivalBySlot = handles(
  ReplaceArrivalBySlot,
  clocks,
  (clock, command, context) => {
    const { ticketId } = command;
    const slot = {
      from: instant(command.from),
      to: instant(command.to),
      appointedAt: instant(context.occurredAt),
    };
    if (clock.slot && clock.slot.appointedAt >= slot.appointedAt) return [];
    if (clock.status === 'none') return [ClockAwaited({ ticketId, slot })];
    if (clock.status === 'ended') return [];
    const rules = replaceArrivalRules(standardsOf(context), slot, instant(command.knownFrom));
    return decideBy(clock, ...rules, judge);
  },
);
