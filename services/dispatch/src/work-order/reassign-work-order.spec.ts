import { spec } from '@shouwen/testkit';
import {
  CREW,
  DISPATCHER,
  EAST,
  GAS,
  HEAT,
  WEST,
  WORK_ORDER,
  aCrewAssigned,
  aWorkFinished,
  aWorkOrderIssued,
  aWorkOrderReassigned,
  aWorkOrderReturned,
  theUnit,
} from '../../test/build.js';
import { reassignWorkOrder } from './reassign-work-order.js';

const given = spec(reassignWorkOrder, { actor: DISPATCHER });
const moving = (unit: string) => ({ workOrderId: WORK_ORDER, unit });

describe('reassign a work order', () => {
  it('moves it to another unit', () =>
    given(aWorkOrderIssued(), theUnit(WEST)).when(moving(WEST)).records(aWorkOrderReassigned()));
  it('changes nothing when told twice', () =>
    given(aWorkOrderIssued(), aWorkOrderReassigned(), theUnit(WEST))
      .when(moving(WEST))
      .changesNothing());
  it('takes it from a crew back to the unit', () =>
    given(aWorkOrderIssued(), aCrewAssigned(), theUnit(EAST))
      .when(moving(EAST))
      .records(aWorkOrderReassigned({ from: CREW, unit: EAST })));
  it('moves a returned one on, also back to who returned it', () =>
    given(aWorkOrderIssued(), aWorkOrderReturned(), theUnit(EAST))
      .when(moving(EAST))
      .records(aWorkOrderReassigned({ from: HEAT, unit: EAST })));
  it('is refused for a company of another utility', () =>
    given(aWorkOrderIssued(), theUnit(GAS)).when(moving(GAS)).isRejected('unit.other-utility'));
  it('is refused for a unit that nobody knows', () =>
    given(aWorkOrderIssued()).when(moving(WEST)).isRejected('unit.not-found'));
  it('is refused for the unit that the customer complains about', () =>
    given(aWorkOrderIssued({ aboutUnits: [WEST] }), theUnit(WEST))
      .when(moving(WEST))
      .isRejected('unit.named'));
  it('is refused when the work is done', () =>
    given(aWorkOrderIssued(), aWorkFinished('15:00'), theUnit(WEST))
      .when(moving(WEST))
      .isRejected('work-order.already-finished'));
});
