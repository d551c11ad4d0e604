import { spec } from '@shouwen/testkit';
import {
  CREW_MEMBER,
  WORK_ORDER,
  aCrewArrived,
  aCrewAssigned,
  aCrewDeparted,
  aNoAccessRecorded,
  aWorkFinished,
  aWorkOrderIssued,
  aWorkOrderReturned,
  aWorkOrderWithdrawn,
  at,
} from '../../test/build.js';
import { arrive } from './arrive.js';

const given = spec(arrive, { actor: CREW_MEMBER });
const issued = [aWorkOrderIssued(), aCrewAssigned()];
const arriving = (time: string) => ({ workOrderId: WORK_ORDER, occurredAt: at(time) });

describe('arrive on site', () => {
  it('records the arrival at the instant that the crew names', () =>
    given(...issued)
      .when(arriving('14:40'))
      .records(aCrewArrived('14:40')));
  it('changes nothing when told twice', () =>
    given(...issued, aCrewArrived('14:40'))
      .when(arriving('14:40'))
      .changesNothing());
  it('changes nothing when told again with a later instant in the same visit', () =>
    given(...issued, aCrewArrived('14:40'))
      .when(arriving('14:50'))
      .changesNothing());
  it('takes late evidence of an earlier arrival', () =>
    given(...issued, aCrewArrived('14:40'))
      .when(arriving('14:20'))
      .records(aCrewArrived('14:20')));
  it('is accepted after the work was finished, when it happened before', () =>
    given(...issued, aWorkFinished('15:30'))
      .when(arriving('14:40'))
      .records(aCrewArrived('14:40')));
  it('is refused when it would lie after the finish', () =>
    given(...issued, aWorkFinished('15:30'))
      .when(arriving('15:40'))
      .isRejected('work-order.already-finished'));
  it('is accepted on a withdrawn work order, when it happened before', () =>
    given(...issued, aWorkOrderWithdrawn())
      .when(arriving('14:40'))
      .records(aCrewArrived('14:40')));
  it('is refused on a withdrawn work order after that', () =>
    given(...issued, aWorkOrderWithdrawn())
      .when(arriving('15:20'))
      .isRejected('work-order.withdrawn'));
  it('is a new visit after nobody let the crew in', () =>
    given(...issued, aCrewArrived('14:10'), aNoAccessRecorded('14:30'))
      .when(arriving('15:20'))
      .records(aCrewArrived('15:20')));
  it('is a new visit after the crew set out again', () =>
    given(...issued, aCrewArrived('14:10'), aCrewDeparted('14:30'))
      .when(arriving('15:20'))
      .records(aCrewArrived('15:20')));
  it('is refused before the customer told us', () =>
    given(...issued)
      .when(arriving('13:59'))
      .isRejected('occurred-at.before-receipt'));
  it('is refused while the work order waits to be assigned again', () =>
    given(...issued, aWorkOrderReturned())
      .when(arriving('14:40'))
      .isRejected('work-order.returned'));
  it('is refused where there is no work order', () =>
    given().when(arriving('14:40')).isRejected('work-order.not-found'));
});
