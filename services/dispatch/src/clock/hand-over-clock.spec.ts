import { ClockHandedOver } from '@shouwen/contracts';
import { spec } from '@shouwen/testkit';
import { aClockEnded, aClockOpened, after, TICKET } from '../../test/build-clock.js';
import { handOverClock } from './hand-over-clock.js';

const given = spec(handOverClock);
const wish = { ticketId: TICKET, firstContactOwner: '1002' };
const handedOver = ClockHandedOver(wish);

describe('hand a clock over', () => {
  it('says who answers for the ticket now', () =>
    given(aClockOpened({ firstContactOwner: '1001' }))
      .when(wish)
      .records(handedOver));

  it('says so after the end too, because a closed ticket still has an owner', () =>
    given(aClockOpened(), aClockEnded(after(30)))
      .when(wish)
      .records(handedOver));

  it('changes nothing when told twice', () => {
    given(aClockOpened({ firstContactOwner: '1002' }))
      .when(wish)
      .changesNothing();
    given(aClockOpened(), handedOver).when(wish).changesNothing();
  });

  it('changes nothing before the ticket is known', () => given().when(wish).changesNothing());
});
