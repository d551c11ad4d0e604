import { spec } from '@shouwen/testkit';
import {
  CREW,
  EAST,
  HEAT,
  SYSTEM,
  TICKET,
  WORK_ORDER,
  aChasePassedOn,
  aPostHeld,
  aWorkFinished,
  aWorkOrderChased,
  aWorkOrderIssued,
  thePosts,
} from '../../test/build.js';
import { chaseWorkOrder } from './chase-work-order.js';
import { passOnChase } from './pass-on-chase.js';

const chasing = { workOrderId: WORK_ORDER, ticketId: TICKET, count: 1 };

describe('chase a work order', () => {
  const given = spec(chaseWorkOrder, { actor: SYSTEM });

  it('shows it to whoever has the job', () =>
    given(aWorkOrderIssued()).when(chasing).records(aWorkOrderChased()));
  it('changes nothing when told twice', () =>
    given(aWorkOrderIssued(), aWorkOrderChased()).when(chasing).changesNothing());
  it('records the next one', () =>
    given(aWorkOrderIssued(), aWorkOrderChased())
      .when({ ...chasing, ...{ count: 2 } })
      .records(aWorkOrderChased({ count: 2 })));
  it('changes nothing when the work is done', () =>
    given(aWorkOrderIssued(), aWorkFinished('15:00')).when(chasing).changesNothing());
});

describe('pass a chase on', () => {
  const given = spec(passOnChase, { actor: SYSTEM });
  const leader = thePosts(CREW, aPostHeld({ post: 'crew-leader', unit: CREW, holder: '3001' }));
  const dispatcher = thePosts(
    HEAT,
    aPostHeld({ post: 'dispatcher', unit: HEAT, holder: '2001', deputy: '2002' }),
  );
  const passing = { ...chasing, ...{ unit: CREW } };
  const passedOn = (...tells: { post: string; staff: string }[]) =>
    aChasePassedOn({ unit: CREW, tells });

  it('names the crew’s leader and the nearest dispatcher', () =>
    given(aWorkOrderIssued(), leader, dispatcher)
      .when(passing)
      .records(
        passedOn({ post: 'crew-leader', staff: '3001' }, { post: 'dispatcher', staff: '2001' }),
      ));
  it('names who stands in where a crew has no leader and a company no dispatcher', () => {
    const desk = thePosts(HEAT, aPostHeld({ post: 'dispatch-desk', unit: HEAT, holder: '2011' }));
    given(aWorkOrderIssued(), thePosts(EAST, aPostHeld()), desk)
      .when(passing)
      .records(
        passedOn(
          { post: 'head-of-station', staff: '2001' },
          { post: 'dispatch-desk', staff: '2011' },
        ),
      );
  });
  it('passes over the person complained about', () =>
    given(aWorkOrderIssued({ aboutStaff: ['2001'] }), dispatcher)
      .when(passing)
      .records(passedOn({ post: 'dispatcher', staff: '2002' })));
  it('changes nothing when told twice', () =>
    given(aWorkOrderIssued(), aChasePassedOn(), dispatcher).when(passing).changesNothing());
  it('changes nothing where nobody holds a post', () =>
    given(aWorkOrderIssued(), thePosts(EAST)).when(passing).changesNothing());
});
