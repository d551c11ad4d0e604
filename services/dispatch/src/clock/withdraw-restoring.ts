import { Command, handles } from '@shouwen/engine';
import { IsUUID } from 'class-validator';
import { clocks } from './clock.js';
import { withdrawUnmet } from './limits.js';
import { decideBy, instant } from './verdicts.js';

/** The crew found nothing of ours to restore: the fault is the customer's, or an explanation was what was needed. */
export class WithdrawRestoring extends Command {
  @IsUUID() ticketId!: string;
}

export const withdrawRestoring = handles(WithdrawRestoring, clocks, (clock, _command, context) =>
  decideBy(
    clock,
    withdrawUnmet(({ stage }) => stage === 'restore', {
      because: 'nothing-to-restore',
      withdrawnAt: instant(context.occurredAt),
    }),
  ),
);
