import { describe, it } from '@jest/globals';
import { spec } from '@shouwen/testkit';
import {
  aClockBreached,
  aClockEnded,
  aClockOpened,
  aClockReopened,
  aClockStarted,
  aClockWithdrawn,
  after,
  anEscalationScheduled,
  anEscalationStopped,
  HOUR,
  TICKET,
} from '../../test/build-clock.js';
import { endClocks } from './end-clocks.js';

const given = spec(endClocks);
const closed = (at: string) => ({ ticketId: TICKET, occurredAt: at });
const running = [aClockOpened(), aClockStarted()];

describe('end the clocks of a closed ticket', () => {
  it('withdraws what is not due yet and stops the ladder', () =>
    given(...running, anEscalationScheduled())
      .when(closed(after(30)))
      .records(aClockWithdrawn(), anEscalationStopped(after(30)), aClockEnded(after(30))));

  it('leaves a limit that had passed to its timer', () =>
    given(...running)
      .when(closed(after(61)))
      .records(aClockEnded(after(61))));

  it('leaves a breach standing', () =>
    given(...running, aClockBreached())
      .when(closed(after(90)))
      .records(aClockEnded(after(90))));

  it('changes nothing when told twice', () =>
    given(...running, aClockWithdrawn(), aClockEnded(after(30)))
      .when(closed(after(30)))
      .changesNothing());

  it('changes nothing for a closing before the last reopening', () =>
    given(...running, aClockReopened({ reopenedAt: after(2 * HOUR) }))
      .when(closed(after(HOUR)))
      .changesNothing());

  it('changes nothing before the ticket is known', () =>
    given()
      .when(closed(after(30)))
      .changesNothing());
});
