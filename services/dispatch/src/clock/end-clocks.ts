import { ClockEnded } from '@shouwen/contracts';
import { Command, handles } from '@shouwen/engine';
import { IsUUID } from 'class-validator';
import { clocks } from './clock.js';
import { withdrawUnmet } from './limits.js';
import { decideBy, instant, stopLadder } from './verdicts.js';

/** The ticket is closed: nothing is due any more. */
export class EndClocks extends Command {
  @IsUUID() ticketId!: string;
}

export const endClocks = handles(EndClocks, clocks, (clock, _command, context) => {
  const endedAt = instant(context.occurredAt);
  if (clock.status !== 'open' || (clock.reopenedAt && endedAt < clock.reopenedAt)) return [];
  return decideBy(
    clock,
    withdrawUnmet(() => true, { because: 'ticket-closed', withdrawnAt: endedAt }),
    stopLadder(endedAt),
    ({ matter }) => [ClockEnded({ ...matter, endedAt }, { occurredAt: endedAt })],
  );
});
