import { spec } from '@shouwen/testkit';
import {
  CREW,
  DISPATCHER,
  EAST,
  GAS,
  OTHER_CREW,
  WEST,
  WORK_ORDER,
  aCrewAssigned,
  aWorkFinished,
  aWorkOrderIssued,
  aWorkOrderReturned,
  theUnit,
} from '../../test/build.js';
import { assignCrew } from './assign-crew.js';

const given = spec(assignCrew, { actor: DISPATCHER });
const assigning = (crew: string) => ({ workOrderId: WORK_ORDER, crew });

describe('assign a crew', () => {
  it('records which crew goes', () =>
    given(aWorkOrderIssued(), theUnit(CREW)).when(assigning(CREW)).records(aCrewAssigned()));
  it('changes nothing when told twice', () =>
    given(aWorkOrderIssued(), aCrewAssigned(), theUnit(CREW))
      .when(assigning(CREW))
      .changesNothing());
  it('passes it to another crew of the unit', () =>
    given(aWorkOrderIssued(), aCrewAssigned(), theUnit(OTHER_CREW))
      .when(assigning(OTHER_CREW))
      .records(aCrewAssigned({ from: CREW, crew: OTHER_CREW })));
  it('takes up a returned work order again', () =>
    given(
      aWorkOrderIssued(),
      aCrewAssigned(),
      aWorkOrderReturned({ from: CREW, unit: EAST }),
      theUnit(CREW),
    )
      .when(assigning(CREW))
      .records(aCrewAssigned()));
  it('is refused for a crew of another unit', () =>
    given(aWorkOrderIssued({ unit: WEST }), theUnit(CREW))
      .when(assigning(CREW))
      .isRejected('crew.other-unit'));
  it('is refused for a unit that is no crew', () =>
    given(aWorkOrderIssued(), theUnit(GAS)).when(assigning(GAS)).isRejected('crew.not-found'));
  it('is refused for the crew that the customer complains about', () =>
    given(aWorkOrderIssued({ aboutUnits: [CREW] }), theUnit(CREW))
      .when(assigning(CREW))
      .isRejected('unit.named'));
  it('is refused when the work is done', () =>
    given(aWorkOrderIssued(), aWorkFinished('15:00'), theUnit(CREW))
      .when(assigning(CREW))
      .isRejected('work-order.already-finished'));
});
