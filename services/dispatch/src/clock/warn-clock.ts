import { ClockWarned } from '@shouwen/contracts';
import { at, Command, handlesAcross, write } from '@shouwen/engine';
import { IsInt, IsNotEmpty, IsString, IsUUID, Min } from 'class-validator';
import { postsAbove } from '../post/post.js';
import { clocks } from './clock.js';
import { LINE_POSTS, tellsOf } from './tells.js';
import { about } from './verdicts.js';

/** The instant of a warning has come. After the due instant there is nothing left to warn of. */
export class WarnClock extends Command {
  @IsUUID() ticketId!: string;
  @IsNotEmpty() @IsString() deadline!: string;
  @IsInt() @Min(1) run!: number;
  /** The unit that the timer was set for; when the clock has moved on, another timer was set for the new one. */
  @IsNotEmpty() @IsString() unit!: string;
}

export const warnClock = handlesAcross({
  command: WarnClock,
  stream: clocks,
  reads: ({ ticketId, unit }) => [at(clocks, ticketId), ...postsAbove(unit)],
  decide: (read, { ticketId, deadline, run, unit }, { now }) => {
    const clock = read(clocks, ticketId);
    if (clock.status === 'none' || clock.matter.unit !== unit) return [];
    const one = clock.deadlines.find((it) => it.deadline === deadline && it.run === run);
    if (one?.status !== 'running' || one.isWarned || !one.warnAt) return [];
    if (now < one.warnAt || now >= one.dueAt || one.warnAt < one.knownFrom) return [];
    const tells = tellsOf(read, clock, LINE_POSTS);
    return [
      write(clocks, ticketId, [
        ClockWarned(
          { ...about(clock, one), warnAt: one.warnAt, tells },
          { occurredAt: one.warnAt, pack: one.pack },
        ),
      ]),
    ];
  },
});
