import {
  PostVacated,
  StaffLeft,
  TicketWorkChased,
  TicketWorkEnded,
  TicketWorkJoined,
  TicketWorkPrioritised,
  TicketWorkRetyped,
} from '@shouwen/contracts';
import type { Event, Reaction } from '@shouwen/engine';
import { contextFor } from '@shouwen/testkit';
import {
  EAST,
  OTHER_WORK_ORDER,
  TICKET,
  WEST,
  WORK_ORDER,
  aPostHeld,
  aWorkOrderChased,
  aWorkOrderWithdrawn,
  recorded,
} from '../../test/build.js';
import { HandOverPost } from '../post/hand-over-post.js';
import { RelieveStaff } from '../staff/relieve-staff.js';
import { EndTicketWork } from '../ticket-work/end-ticket-work.js';
import { ChaseWorkOrder } from '../work-order/chase-work-order.js';
import { PassOnChase } from '../work-order/pass-on-chase.js';
import { PrioritiseWorkOrder } from '../work-order/prioritise-work-order.js';
import { RemoveTicket } from '../work-order/remove-ticket.js';
import { RetypeWorkOrder } from '../work-order/retype-work-order.js';
import { changeWorkOrdersWhenTicketWorkChanges } from './change-work-orders-when-ticket-work-changes.js';
import { forgetWorkOrderWhenWithdrawn } from './forget-work-order-when-withdrawn.js';
import { handOverPostsWhenStaffLeft } from './hand-over-posts-when-staff-left.js';
import { passOnChaseWhenWorkOrderChased } from './pass-on-chase-when-work-order-chased.js';
import { relieveStaffWhenPostPasses } from './relieve-staff-when-post-passes.js';

const sent = (reaction: Reaction, event: Event) => reaction.react(recorded(event), contextFor());
const both = { ticketId: TICKET, workOrderIds: [WORK_ORDER, OTHER_WORK_ORDER] };
const typeCode = 'heat.leak';

describe('change work orders when the work on a ticket changes', () => {
  const carried = (event: Event) => sent(changeWorkOrdersWhenTicketWorkChanges, event);

  it('removes an ended ticket from each', () =>
    expect(carried(TicketWorkEnded({ ...both, because: 'ticket-closed' }))).toEqual(
      both.workOrderIds.map((workOrderId) =>
        RemoveTicket.of({ workOrderId, ticketId: TICKET, because: 'ticket-closed' }),
      ),
    ));
  it('removes a ticket from the job it had before it joined another', () =>
    expect(
      carried(
        TicketWorkJoined({
          ...{ ticketId: TICKET, workOrderId: OTHER_WORK_ORDER, instead: [WORK_ORDER] },
        }),
      ),
    ).toEqual([RemoveTicket.of({ workOrderId: WORK_ORDER, ticketId: TICKET, because: 'merged' })]));
  it('chases each', () =>
    expect(carried(TicketWorkChased({ ...both, count: 3 }))).toEqual(
      both.workOrderIds.map((workOrderId) =>
        ChaseWorkOrder.of({ workOrderId, ticketId: TICKET, count: 3 }),
      ),
    ));
  it('prioritises each', () =>
    expect(carried(TicketWorkPrioritised(both))).toEqual(
      both.workOrderIds.map((workOrderId) =>
        PrioritiseWorkOrder.of({ workOrderId, ticketId: TICKET }),
      ),
    ));
  it('retypes each', () =>
    expect(
      carried(
        TicketWorkRetyped({
          ...{ ...both, typeCode, category: 'repair', isSafety: false, unit: WEST },
        }),
      ),
    ).toEqual(
      both.workOrderIds.map((workOrderId) =>
        RetypeWorkOrder.of({
          ...{ workOrderId, ticketId: TICKET, typeCode, category: 'repair' },
          ...{ isSafety: false, unit: WEST },
        }),
      ),
    ));
});

describe('forget a work order when it was withdrawn', () => {
  it('tells its tickets when a dispatcher took it back', () =>
    expect(sent(forgetWorkOrderWhenWithdrawn, aWorkOrderWithdrawn())).toEqual([
      EndTicketWork.of({ ticketId: TICKET, workOrderId: WORK_ORDER, because: 'not-needed' }),
    ]));
  it('says nothing where the ticket itself was the cause', () =>
    expect(
      sent(forgetWorkOrderWhenWithdrawn, aWorkOrderWithdrawn({ because: 'ticket-closed' })),
    ).toEqual([]));
});

describe('pass a chase on when a work order was chased', () => {
  it('looks for posts where the job lies', () =>
    expect(sent(passOnChaseWhenWorkOrderChased, aWorkOrderChased())).toEqual([
      PassOnChase.of({ workOrderId: WORK_ORDER, ticketId: TICKET, unit: EAST, count: 1 }),
    ]));
});

describe('hand posts over when staff left', () => {
  const seat = { unit: EAST, post: 'head-of-station', as: 'holder' as const };

  it('passes every seat to the successor', () =>
    expect(
      sent(
        handOverPostsWhenStaffLeft,
        StaffLeft({ staff: '2001', unit: EAST, successor: '2005', posts: [seat] }),
      ),
    ).toEqual([HandOverPost.of({ ...seat, from: '2001', to: '2005' })]));
  it('says nothing where no post was held', () =>
    expect(
      sent(handOverPostsWhenStaffLeft, StaffLeft({ staff: '2001', unit: EAST, posts: [] })),
    ).toEqual([]));
});

describe('relieve staff when a post passes', () => {
  const post = { unit: EAST, post: 'head-of-station' };

  it('tells whoever sat there before', () =>
    expect(
      sent(
        relieveStaffWhenPostPasses,
        aPostHeld({ previousHolder: '2003', previousDeputy: '2004' }),
      ),
    ).toEqual([
      RelieveStaff.of({ ...post, staff: '2003', as: 'holder' }),
      RelieveStaff.of({ ...post, staff: '2004', as: 'deputy' }),
    ]));
  it('tells whoever vacated it', () =>
    expect(
      sent(relieveStaffWhenPostPasses, PostVacated({ ...post, previousHolder: '2003' })),
    ).toEqual([RelieveStaff.of({ ...post, staff: '2003', as: 'holder' })]));
  it('says nothing where the seat was empty', () =>
    expect(sent(relieveStaffWhenPostPasses, aPostHeld())).toEqual([]));
});
