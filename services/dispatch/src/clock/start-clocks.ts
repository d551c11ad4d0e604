import { aboveNamed, ClockOpened } from '@shouwen/contracts';
import { at, Command, handlesAcross, write } from '@shouwen/engine';
import { standardsOf } from '@shouwen/standards';
import {
  IsArray,
  IsBoolean,
  IsISO8601,
  IsNotEmpty,
  IsOptional,
  IsString,
  IsUUID,
} from 'class-validator';
import { clocks } from './clock.js';
import { replaceArrivalRules, scheduleLadder, settle, startLimits } from './limits.js';
import { placeOf, placeRefs, zoneOf } from './place.js';
import { decideBy, instant } from './verdicts.js';

/** A ticket has come in: its limits run from receipt. Instants that lay before it was recorded are judged in silence. */
export class StartClocks extends Command {
  @IsUUID() ticketId!: string;
  @IsNotEmpty() @IsString() number!: string;
  @IsISO8601({ strict: true }) receivedAt!: string;
  @IsNotEmpty() @IsString() utility!: string;
  @IsNotEmpty() @IsString() typeCode!: string;
  @IsNotEmpty() @IsString() category!: string;
  /** Chosen by a person; absent: routing says. */
  @IsOptional() @IsString() unit?: string;
  /** Where it was taken: answers for it while routing knows no unit. */
  @IsOptional() @IsString() takenIn?: string;
  @IsOptional() @IsString() gridCode?: string;
  @IsNotEmpty() @IsString() affectedId!: string;
  @IsArray() @IsString({ each: true }) aboutStaff!: readonly string[];
  @IsArray() @IsString({ each: true }) aboutUnits!: readonly string[];
  @IsBoolean() isLateEntry!: boolean;
  @IsNotEmpty() @IsString() firstContactOwner!: string;
  /** When the ticket was recorded. */
  @IsISO8601({ strict: true }) knownFrom!: string;
}

export const startClocks = handlesAcross({
  command: StartClocks,
  stream: clocks,
  reads: (command) => [at(clocks, command.ticketId), ...placeRefs(command)],
  decide: (read, command, context) => {
    const { ticketId, number, utility, typeCode, category, takenIn, ...about } = command;
    const clock = read(clocks, ticketId);
    if (clock.status !== 'none') return [];
    const receivedAt = instant(command.receivedAt);
    const knownFrom = instant(command.knownFrom);
    const routed = placeOf(read, command, { asOf: receivedAt, chosen: command.unit });
    const routedOrTaken = routed === '/' && takenIn ? takenIn : routed;
    const unit = aboveNamed(clock.unit ?? routedOrTaken, about.aboutUnits);
    const zone = zoneOf(read, command);
    const opened = ClockOpened(
      {
        ...{ ticketId, number, utility, typeCode, category, unit, receivedAt },
        affectedId: about.affectedId,
        aboutStaff: about.aboutStaff,
        aboutUnits: about.aboutUnits,
        isLateEntry: about.isLateEntry,
        ...(takenIn ? { takenIn } : {}),
        ...(zone ? { zone } : {}),
        firstContactOwner: about.firstContactOwner,
      },
      { occurredAt: receivedAt },
    );
    const standards = standardsOf(context);
    const events = decideBy(
      clocks.evolve(clock, opened),
      startLimits(standards, knownFrom),
      ...(clock.slot ? replaceArrivalRules(standards, clock.slot, knownFrom) : []),
      scheduleLadder(standards, knownFrom),
      ...settle(standards, knownFrom),
    );
    return [write(clocks, ticketId, [opened, ...events])];
  },
});
