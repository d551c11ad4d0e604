import { TicketEscalated } from '@shouwen/contracts';
import { at, Command, handlesAcross, write } from '@shouwen/engine';
import { IsInt, IsNotEmpty, IsString, IsUUID, Min } from 'class-validator';
import { postsAbove } from '../post/post.js';
import { clocks } from './clock.js';
import { tellsOf } from './tells.js';
import { aboutStep } from './verdicts.js';

/** A step of the ladder has come. It is taken unless the ticket was handled by then. */
export class EscalateTicket extends Command {
  @IsUUID() ticketId!: string;
  @IsNotEmpty() @IsString() step!: string;
  @IsInt() @Min(1) run!: number;
  /** The unit that the timer was set for; when the clock has moved on, another timer was set for the new one. */
  @IsNotEmpty() @IsString() unit!: string;
}

export const escalateTicket = handlesAcross({
  command: EscalateTicket,
  stream: clocks,
  reads: ({ ticketId, unit }) => [at(clocks, ticketId), ...postsAbove(unit)],
  decide: (read, { ticketId, run, unit, ...asked }, { now }) => {
    const clock = read(clocks, ticketId);
    if (clock.status === 'none' || clock.matter.unit !== unit) return [];
    const { ladder } = clock;
    const step = ladder?.steps.find((one) => one.step === asked.step && one.run === run);
    if (step?.status !== 'scheduled' || now < step.dueAt) return [];
    if (ladder?.stoppedAt !== undefined && ladder.stoppedAt <= step.dueAt) return [];
    const isLateEntry = step.dueAt < step.knownFrom;
    const tells = isLateEntry ? [] : tellsOf(read, clock, [step.post]);
    return [
      write(clocks, ticketId, [
        TicketEscalated(
          { ...aboutStep(clock, step), tells, isLateEntry },
          { occurredAt: step.dueAt, pack: step.pack },
        ),
      ]),
    ];
  },
});
