// Which unit answers for a ticket's limits: the one that has the work, before that the one that routing names.
import { ClockMoved, type Zone } from '@shouwen/contracts';
import { at, type Read, type StreamRef } from '@shouwen/engine';
import { grids } from '../grid/grid.js';
import { routings, unitFor } from '../routing/routing.js';
import type { KnownClock } from './clock.js';
import type { Rule } from './verdicts.js';

interface Placed {
  readonly utility: string;
  readonly typeCode: string;
  readonly gridCode?: string;
  readonly aboutUnits: readonly string[];
}

/** What has to be read before `placeOf` can be asked. */
export const placeRefs = ({ utility, gridCode }: Placed): readonly StreamRef[] => [
  at(routings, utility),
  ...(gridCode ? [at(grids, gridCode)] : []),
];

/** The unit by a person's choice, type, grid or utility; `/` where no rule places it. */
export const placeOf = (
  read: Read,
  { utility, typeCode, gridCode, aboutUnits }: Placed,
  { asOf, chosen }: { asOf: string; chosen?: string | undefined },
): string =>
  unitFor(
    { ...{ utility, typeCode, asOf, aboutUnits }, ...(chosen ? { unit: chosen } : {}) },
    read(routings, utility),
    gridCode ? read(grids, gridCode) : null,
  );

/** What sort of place the ticket's grid is, where it is one of its own utility. */
export const zoneOf = (read: Read, { utility, gridCode }: Placed): Zone | undefined => {
  const grid = gridCode ? read(grids, gridCode) : null;
  return grid?.status === 'defined' && grid.utility === utility ? grid.zone : undefined;
};

/** Another unit answers from now on. */
export const moveTo =
  (unit: string): Rule =>
  (clock) =>
    clock.matter.unit === unit
      ? []
      : [
          ClockMoved({
            ...{ ...clock.matter, unit },
            previousUnit: clock.matter.unit,
            ...pendingOf(clock),
          }),
        ];

/** Whose timers have to be set anew: a timer knows the unit it was set for, and one for another unit does nothing. */
const pendingOf = ({ deadlines, ladder }: KnownClock) => ({
  deadlines: deadlines
    .filter((one) => one.status === 'running' || (one.status === 'met' && !one.isOnTime))
    .map(({ deadline, run, dueAt, warnAt }) => ({
      ...{ deadline, run, dueAt },
      ...(warnAt ? { warnAt } : {}),
    })),
  steps: (ladder?.steps ?? [])
    .filter(({ status }) => status === 'scheduled')
    .filter(({ dueAt }) => ladder?.stoppedAt === undefined || dueAt < ladder.stoppedAt)
    .map(({ step, run, dueAt }) => ({ step, run, dueAt })),
});
