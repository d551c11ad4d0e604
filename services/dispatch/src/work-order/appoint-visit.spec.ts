import { spec } from '@shouwen/testkit';
import {
  CREW_MEMBER,
  WORK_ORDER,
  aCrewAssigned,
  aNoAccessRecorded,
  aVisitAppointed,
  aWorkFinished,
  aWorkOrderIssued,
  at,
} from '../../test/build.js';
import { appointVisit } from './appoint-visit.js';

const given = spec(appointVisit, { actor: CREW_MEMBER, now: at('16:00') });
const issued = [aWorkOrderIssued(), aCrewAssigned()];
const slot = { workOrderId: WORK_ORDER, from: at('18:00'), to: at('20:00') };

describe('agree on a visit', () => {
  it('records the slot', () =>
    given(...issued)
      .when(slot)
      .records(aVisitAppointed()));
  it('writes the slot in UTC whatever zone it was given in', () =>
    given(...issued)
      .when({ ...slot, ...{ from: '2026-01-15T18:00:00+08:00', to: '2026-01-15T20:00:00+08:00' } })
      .records(aVisitAppointed()));
  it('changes nothing when told twice', () =>
    given(...issued, aVisitAppointed())
      .when(slot)
      .changesNothing());
  it('replaces an earlier choice', () =>
    given(...issued, aVisitAppointed())
      .when({ ...slot, ...{ to: at('21:00') } })
      .records(aVisitAppointed({ to: at('21:00') })));
  it('is made anew after nobody opened', () =>
    given(...issued, aVisitAppointed(), aNoAccessRecorded('15:30'))
      .when(slot)
      .records(aVisitAppointed()));
  it('is refused when it ends before it begins', () =>
    given(...issued)
      .when({ ...slot, ...{ to: at('17:00') } })
      .isRejected('slot.reversed'));
  it('is refused when it has passed', () =>
    given(...issued)
      .when({ ...slot, ...{ from: at('14:00'), to: at('15:00') } })
      .isRejected('slot.past'));
  it('is refused when the work is done', () =>
    given(...issued, aWorkFinished('15:00'))
      .when(slot)
      .isRejected('work-order.already-finished'));
});
