import { ClockBreached } from '@shouwen/contracts';
import { at, Command, handlesAcross, write } from '@shouwen/engine';
import { IsInt, IsNotEmpty, IsString, IsUUID, Min } from 'class-validator';
import { postsAbove } from '../post/post.js';
import { clocks, type Deadline } from './clock.js';
import { LINE_POSTS, tellsOf } from './tells.js';
import { about } from './verdicts.js';

/** The due instant of a limit has come. Whatever was done by then, the instant included, was done in time. */
export class BreachClock extends Command {
  @IsUUID() ticketId!: string;
  @IsNotEmpty() @IsString() deadline!: string;
  @IsInt() @Min(1) run!: number;
  /** The unit that the timer was set for; when the clock has moved on, another timer was set for the new one. */
  @IsNotEmpty() @IsString() unit!: string;
}

export const breachClock = handlesAcross({
  command: BreachClock,
  stream: clocks,
  reads: ({ ticketId, unit }) => [at(clocks, ticketId), ...postsAbove(unit)],
  decide: (read, { ticketId, deadline, run, unit }, { now }) => {
    const clock = read(clocks, ticketId);
    if (clock.status === 'none' || clock.matter.unit !== unit) return [];
    const one = clock.deadlines.find((it) => it.deadline === deadline && it.run === run);
    if (!one || !isOverdue(one) || now < one.dueAt) return [];
    const isLateEntry = one.dueAt < one.knownFrom;
    const tells = isLateEntry ? [] : tellsOf(read, clock, LINE_POSTS);
    return [
      write(clocks, ticketId, [
        ClockBreached(
          {
            ...{ ...about(clock, one), tells, isLateEntry, isOpen: clock.status === 'open' },
            ...(one.status === 'met' ? { metAt: one.metAt } : {}),
          },
          { occurredAt: one.dueAt, pack: one.pack },
        ),
      ]),
    ];
  },
});

/** Nothing met it, or what met it came too late and was heard of before this timer. */
const isOverdue = (one: Deadline): boolean =>
  one.status === 'running' || (one.status === 'met' && !one.isOnTime);
