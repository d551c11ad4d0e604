import { spec } from '@shouwen/testkit';
import {
  CREW,
  DISPATCHER,
  EAST,
  WORK_ORDER,
  aCrewArrived,
  aCrewAssigned,
  aCrewDeparted,
  aWorkFinished,
  aWorkOrderIssued,
  aWorkOrderReturned,
  at,
} from '../../test/build.js';
import { returnWorkOrder } from './return-work-order.js';

const given = spec(returnWorkOrder, { actor: DISPATCHER });
const returning = {
  ...{ workOrderId: WORK_ORDER, reason: 'not-ours' as const, occurredAt: at('14:20') },
};

describe('return a work order', () => {
  it('goes from the unit to the next one up', () =>
    given(aWorkOrderIssued()).when(returning).records(aWorkOrderReturned()));
  it('goes from the crew to its unit', () =>
    given(aWorkOrderIssued(), aCrewAssigned())
      .when({ ...returning, ...{ note: '不属本队' } })
      .records(aWorkOrderReturned({ from: CREW, unit: EAST, note: '不属本队' })));
  it('changes nothing when told twice', () =>
    given(aWorkOrderIssued(), aWorkOrderReturned()).when(returning).changesNothing());
  it('is still possible on the way', () =>
    given(aWorkOrderIssued(), aCrewAssigned(), aCrewDeparted('14:10'))
      .when(returning)
      .records(aWorkOrderReturned({ from: CREW, unit: EAST })));
  it('is refused once somebody arrived', () =>
    given(aWorkOrderIssued(), aCrewAssigned(), aCrewArrived('14:10'))
      .when(returning)
      .isRejected('work-order.already-arrived'));
  it('is refused when the work is done', () =>
    given(aWorkOrderIssued(), aWorkFinished('14:10'))
      .when(returning)
      .isRejected('work-order.already-finished'));
  it('is refused at the top of the tree', () =>
    given(aWorkOrderIssued({ unit: '/' }))
      .when(returning)
      .isRejected('work-order.nobody-above'));
});
