import { aboveNamed, ClockReclassified, type Zone } from '@shouwen/contracts';
import { at, Command, type Context, handlesAcross, write } from '@shouwen/engine';
import { standardsOf } from '@shouwen/standards';
import { IsArray, IsISO8601, IsNotEmpty, IsOptional, IsString, IsUUID } from 'class-validator';
import { type ClockEvent, clocks, type KnownClock } from './clock.js';
import { climbOtherLadder, settle, startLimits, withdraw } from './limits.js';
import { moveTo, placeOf, placeRefs, zoneOf } from './place.js';
import { decideBy, instant, type Rule } from './verdicts.js';

/** The ticket is another matter than was thought: the old limits never held, those of the new type run from receipt. */
export class ReclassifyClocks extends Command {
  @IsUUID() ticketId!: string;
  @IsNotEmpty() @IsString() utility!: string;
  @IsNotEmpty() @IsString() typeCode!: string;
  @IsNotEmpty() @IsString() category!: string;
  @IsOptional() @IsString() gridCode?: string;
  @IsArray() @IsString({ each: true }) aboutStaff!: readonly string[];
  @IsArray() @IsString({ each: true }) aboutUnits!: readonly string[];
  /** When the classification was recorded. */
  @IsISO8601({ strict: true }) knownFrom!: string;
}

export const reclassifyClocks = handlesAcross({
  command: ReclassifyClocks,
  stream: clocks,
  reads: (command) => [at(clocks, command.ticketId), ...placeRefs(command)],
  decide: (read, command, context) => {
    const clock = read(clocks, command.ticketId);
    if (clock.status === 'none') return [];
    const place = placeOf(read, command, { asOf: clock.receivedAt });
    const isSameUtility = clock.matter.utility === command.utility;
    // Without a grid nothing new is known of the place; the grid of another utility says nothing of this one's ways.
    const isPlaceKept = isSameUtility && command.gridCode === undefined;
    const zone = isPlaceKept ? clock.zone : zoneOf(read, command);
    const known = { ...context, place, zone };
    return [write(clocks, command.ticketId, reclassify(clock, command, known))];
  },
});

function reclassify(
  clock: KnownClock,
  command: ReclassifyClocks,
  context: Context & { readonly place: string; readonly zone: Zone | undefined },
): ClockEvent[] {
  const { utility, typeCode, category, aboutStaff, aboutUnits } = command;
  const isSameUtility = clock.matter.utility === utility;
  const { zone } = context;
  const isSameType = clock.matter.typeCode === typeCode && clock.matter.category === category;
  const isSameMatter = isSameUtility && isSameType && clock.zone === zone;
  if (isSameMatter && isSame(clock.aboutStaff, aboutStaff) && isSame(clock.aboutUnits, aboutUnits))
    return [];
  const withdrawnAt = instant(context.occurredAt);
  const reclassified: Rule = (now) => [
    ClockReclassified({
      ...{ ...now.matter, utility, typeCode, category },
      previousTypeCode: now.matter.typeCode,
      reclassifiedAt: withdrawnAt,
      ...{ aboutStaff, aboutUnits },
      ...(zone ? { zone } : {}),
      ...(namesMore(clock, command) ? everythingOf(now) : {}),
    }),
  ];
  const away = moveTo(aboveNamed(clock.matter.unit, aboutUnits));
  if (isSameMatter || clock.status === 'ended') return decideBy(clock, away, reclassified);
  const knownFrom = instant(command.knownFrom);
  const standards = standardsOf(context);
  return decideBy(
    clock,
    withdrawAll(withdrawnAt),
    isSameUtility || context.place === '/' ? away : moveTo(context.place),
    reclassified,
    startLimits(standards, knownFrom),
    ...climbOtherLadder(standards, { stoppedAt: withdrawnAt, knownFrom }),
    ...settle(standards, knownFrom),
  );
}

/** Met and breached ones too: what was promised for another type was never owed. */
const withdrawAll =
  (withdrawnAt: string): Rule =>
  (clock) =>
    clock.deadlines
      .filter(({ status }) => status !== 'withdrawn')
      .map((one) => withdraw(clock, one, { because: 'reclassified', withdrawnAt }));

const namesMore = (clock: KnownClock, { aboutStaff, aboutUnits }: ReclassifyClocks): boolean =>
  aboutStaff.some((one) => !clock.aboutStaff.includes(one)) ||
  aboutUnits.some((one) => !clock.aboutUnits.includes(one));

/** Lists hold every limit and step as a line of its own; whoever is named now must lose sight of all of them. */
const everythingOf = ({ deadlines, ladder }: KnownClock) => ({
  limits: deadlines.map(({ deadline, run }) => ({ deadline, run })),
  steps: (ladder?.steps ?? [])
    .filter(({ status }) => status !== 'scheduled')
    .map(({ step, run }) => ({ step, run })),
});

const isSame = (some: readonly string[], others: readonly string[]): boolean =>
  some.length === others.length && some.every((one) => others.includes(one));
