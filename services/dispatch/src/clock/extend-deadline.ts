import { Command, handles, Rejected } from '@shouwen/engine';
import { IsISO8601, IsNotEmpty, IsString, IsUUID, MaxLength } from 'class-validator';
import { clocks, refuseNotRunning } from './clock.js';

/** Somebody asks for a later limit, with a plan. Only a layer above the source documents could grant one. */
export class ExtendDeadline extends Command {
  @IsUUID() ticketId!: string;
  @IsNotEmpty() @IsString() deadline!: string;
  @IsISO8601({ strict: true }) until!: string;
  @IsNotEmpty() @IsString() @MaxLength(2000) plan!: string;
}

export const extendDeadline = handles(ExtendDeadline, clocks, (clock, { deadline }) => {
  const { pack } = refuseNotRunning(clock, deadline);
  throw new Rejected(
    'extension.not-allowed',
    `The service standard ${pack.pack} allows no later limit for “${deadline}”. Tell the customer the plan and the ` +
      'expected date before the limit passes; the limit itself stays.',
    'until',
  );
});
