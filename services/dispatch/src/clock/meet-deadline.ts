import { ClockStageReached } from '@shouwen/contracts';
import { Command, handles } from '@shouwen/engine';
import { standardsOf } from '@shouwen/standards';
import { IsISO8601, IsNotEmpty, IsString, IsUUID } from 'class-validator';
import { type ClockEvent, clocks, notBefore } from './clock.js';
import { settle } from './limits.js';
import { decideBy, instant } from './verdicts.js';

/** Something happened that a limit asks for. Judged by when it happened, however late we hear of it. */
export class MeetDeadline extends Command {
  @IsUUID() ticketId!: string;
  /** What happened, as the standards call it: `arrive`, `answer`, `restore`, … */
  @IsNotEmpty() @IsString() stage!: string;
  /** When the fact was recorded. */
  @IsISO8601({ strict: true }) knownFrom!: string;
}

export const meetDeadline = handles(MeetDeadline, clocks, (clock, command, context) => {
  const { ticketId, stage } = command;
  const happenedAt = instant(context.occurredAt);
  const reachedAt = clock.status === 'none' ? happenedAt : notBefore(clock.receivedAt, happenedAt);
  if (clock.evidence.some((one) => one.stage === stage && one.at === reachedAt)) return [];
  const reached = ClockStageReached({ ticketId, stage, reachedAt }, { occurredAt: reachedAt });
  if (clock.status === 'none') return [reached];
  const events = decideBy(
    clocks.evolve(clock, reached),
    ...settle(standardsOf(context), instant(command.knownFrom)),
  );
  return events.some((event) => saysSo(event, stage, reachedAt)) ? events : [reached, ...events];
});

/** Whether a verdict records the evidence already, so that it need not be kept apart. */
const saysSo = ({ type, data }: ClockEvent, stage: string, reachedAt: string): boolean =>
  (type === 'dispatch.clock-met' || type === 'dispatch.clock-breach-withdrawn') &&
  data.stage === stage &&
  data.metAt === reachedAt;
