import { describe, it } from '@jest/globals';
import { spec } from '@shouwen/testkit';
import {
  aClockBreached,
  aClockOpened,
  aClockStarted,
  aClockWithdrawn,
  after,
  aRestoring,
  aRestoringStarted,
  HEAD,
  HOUR,
  TICKET,
} from '../../test/build-clock.js';
import { withdrawRestoring } from './withdraw-restoring.js';

const given = spec(withdrawRestoring);
const found = (at: string) => ({ ticketId: TICKET, occurredAt: at });
const running = [aClockOpened(), aClockStarted(), aRestoringStarted()];
const withdrawn = aClockWithdrawn({
  ...aRestoring,
  because: 'nothing-to-restore',
  withdrawnAt: after(90),
});

describe('withdraw the limit for restoring', () => {
  it('ends it when the crew finds nothing of ours to restore', () =>
    given(...running)
      .when(found(after(90)))
      .records(withdrawn));

  it('changes nothing when told twice', () =>
    given(...running, withdrawn)
      .when(found(after(90)))
      .changesNothing());

  it('leaves it to its timer when it had passed by then', () =>
    given(...running)
      .when(found(after(25 * HOUR)))
      .changesNothing());

  it('takes the breach with it when it is heard late', () =>
    given(...running, aClockBreached(aRestoring))
      .when(found(after(90)))
      .records(aClockWithdrawn({ ...withdrawn.data, tells: [HEAD] })));
});
