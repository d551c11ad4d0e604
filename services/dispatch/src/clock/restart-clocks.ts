import { ClockReopened } from '@shouwen/contracts';
import { Command, handles } from '@shouwen/engine';
import { standardsOf } from '@shouwen/standards';
import { IsArray, IsInt, IsISO8601, IsString, IsUUID, Min } from 'class-validator';
import { clocks } from './clock.js';
import { continueLimits, restartLimits, scheduleLadder, settle } from './limits.js';
import { decideBy, instant } from './verdicts.js';

/** A closed ticket is open again. The reopening says which limits go on from the first receipt and which start again. */
export class RestartClocks extends Command {
  @IsUUID() ticketId!: string;
  @IsInt() @Min(1) count!: number;
  @IsArray() @IsString({ each: true }) continues!: readonly string[];
  @IsArray() @IsString({ each: true }) restarts!: readonly string[];
  /** When the reopening was recorded. */
  @IsISO8601({ strict: true }) knownFrom!: string;
}

export const restartClocks = handles(RestartClocks, clocks, (clock, command, context) => {
  if (clock.status === 'none' || clock.reopenings >= command.count) return [];
  const { count, continues, restarts } = command;
  const reopenedAt = instant(context.occurredAt);
  const knownFrom = instant(command.knownFrom);
  const standards = standardsOf(context);
  return decideBy(
    clock,
    ({ matter }) => [
      ClockReopened(
        { ...matter, reopenedAt, count, continues, restarts },
        { occurredAt: reopenedAt },
      ),
    ],
    continueLimits(knownFrom),
    restartLimits(standards, knownFrom),
    scheduleLadder(standards, knownFrom),
    ...settle(standards, knownFrom),
  );
});
