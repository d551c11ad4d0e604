import { Command, handles, Rejected } from '@shouwen/engine';
import { IsNotEmpty, IsString, IsUUID, MaxLength } from 'class-validator';
import { clocks, refuseNotRunning } from './clock.js';

/** Somebody asks that time does not count for a while. Only a layer above the source documents could grant it. */
export class PauseDeadline extends Command {
  @IsUUID() ticketId!: string;
  @IsNotEmpty() @IsString() deadline!: string;
  @IsNotEmpty() @IsString() @MaxLength(200) reason!: string;
}

export const pauseDeadline = handles(PauseDeadline, clocks, (clock, { deadline }) => {
  const { pack } = refuseNotRunning(clock, deadline);
  throw new Rejected(
    'pause.not-allowed',
    `The service standard ${pack.pack} lets no time of “${deadline}” go uncounted, whatever the reason. Record the ` +
      'reason on the ticket; the clock runs on.',
  );
});
