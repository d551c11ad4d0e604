import { spec } from '@shouwen/testkit';
import {
  DISPATCHER,
  WORK_ORDER,
  aWorkFinished,
  aWorkOrderIssued,
  aWorkOrderReturned,
  aWorkOrderWithdrawn,
  at,
} from '../../test/build.js';
import { withdrawWorkOrder } from './withdraw-work-order.js';

const given = spec(withdrawWorkOrder, { actor: DISPATCHER });
const withdrawing = { workOrderId: WORK_ORDER, occurredAt: at('15:00') };

describe('withdraw a work order', () => {
  it('takes the job back', () =>
    given(aWorkOrderIssued()).when(withdrawing).records(aWorkOrderWithdrawn()));
  it('takes a returned one back', () =>
    given(aWorkOrderIssued(), aWorkOrderReturned())
      .when(withdrawing)
      .records(aWorkOrderWithdrawn({ unit: '/mingcheng/heat' })));
  it('changes nothing when told twice', () =>
    given(aWorkOrderIssued(), aWorkOrderWithdrawn()).when(withdrawing).changesNothing());
  it('is refused when the work is done', () =>
    given(aWorkOrderIssued(), aWorkFinished('14:50'))
      .when(withdrawing)
      .isRejected('work-order.already-finished'));
  it('is refused where there is no work order', () =>
    given().when(withdrawing).isRejected('work-order.not-found'));
});
