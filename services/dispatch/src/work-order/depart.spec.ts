import { spec } from '@shouwen/testkit';
import {
  CREW_MEMBER,
  WORK_ORDER,
  aCrewArrived,
  aCrewAssigned,
  aCrewDeparted,
  aWorkFinished,
  aWorkOrderIssued,
  at,
} from '../../test/build.js';
import { depart } from './depart.js';

const given = spec(depart, { actor: CREW_MEMBER });
const issued = [aWorkOrderIssued(), aCrewAssigned()];
const departing = (time: string) => ({ workOrderId: WORK_ORDER, occurredAt: at(time) });

describe('set out', () => {
  it('records the departure', () =>
    given(...issued)
      .when(departing('14:20'))
      .records(aCrewDeparted('14:20')));
  it('changes nothing when told twice', () =>
    given(...issued, aCrewDeparted('14:20'))
      .when(departing('14:20'))
      .changesNothing());
  it('changes nothing when another instant of the same departure is told', () =>
    given(...issued, aCrewDeparted('14:20'))
      .when(departing('14:10'))
      .changesNothing());
  it('is accepted when it becomes known after the arrival', () =>
    given(...issued, aCrewArrived('14:40'))
      .when(departing('14:20'))
      .records(aCrewDeparted('14:20')));
  it('is refused after the finish', () =>
    given(...issued, aWorkFinished('15:00'))
      .when(departing('15:10'))
      .isRejected('work-order.already-finished'));
  it('is refused before the customer told us', () =>
    given(...issued)
      .when(departing('13:00'))
      .isRejected('occurred-at.before-receipt'));
});
