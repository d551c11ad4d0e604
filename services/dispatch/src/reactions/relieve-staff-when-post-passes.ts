import { PostHeld, PostVacated } from '@shouwen/contracts';
import { when } from '@shouwen/engine';
import { RelieveStaff } from '../staff/relieve-staff.js';

/** Whoever sat there before may leave again without naming a successor for it. */
export const relieveStaffWhenPostPasses = when(
  [PostHeld, PostVacated],
  'relieve-staff-when-post-passes',
  ({ data: { unit, post, previousHolder, previousDeputy } }) => [
    ...(previousHolder
      ? [RelieveStaff.of({ staff: previousHolder, unit, post, as: 'holder' })]
      : []),
    ...(previousDeputy
      ? [RelieveStaff.of({ staff: previousDeputy, unit, post, as: 'deputy' })]
      : []),
  ],
);
