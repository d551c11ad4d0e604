import { aboveNamed, ClockAwaited } from '@shouwen/contracts';
import { Command, handles } from '@shouwen/engine';
import { IsNotEmpty, IsString, IsUUID } from 'class-validator';
import { clocks } from './clock.js';
import { moveTo } from './place.js';

/** Another unit has the work: its posts are warned and told from now on. The limits stay where they are. */
export class MoveClock extends Command {
  @IsUUID() ticketId!: string;
  @IsNotEmpty() @IsString() unit!: string;
}

export const moveClock = handles(MoveClock, clocks, (clock, { ticketId, unit }) => {
  if (clock.status === 'none') return clock.unit === unit ? [] : [ClockAwaited({ ticketId, unit })];
  // Work that is still being taken from a unit complained about must not bring the clock back there.
  return moveTo(aboveNamed(unit, clock.aboutUnits))(clock);
});
