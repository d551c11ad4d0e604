import { spec } from '@shouwen/testkit';
import {
  CREW_MEMBER,
  SYSTEM,
  WORK_ORDER,
  aCrewAssigned,
  aWorkFinished,
  aWorkOrderIssued,
  aWorkOrderReassigned,
  aWorkOrderSigned,
  aWorkOrderWithdrawn,
  at,
} from '../../test/build.js';
import { signFor } from './sign-for.js';

const given = spec(signFor, { actor: CREW_MEMBER });
const issued = [aWorkOrderIssued(), aCrewAssigned()];
const signing = (time: string) => ({ workOrderId: WORK_ORDER, occurredAt: at(time) });

describe('sign for a work order', () => {
  it('records who took it on, and when', () =>
    given(...issued)
      .when(signing('14:10'))
      .records(aWorkOrderSigned()));
  it('changes nothing when told twice', () =>
    given(...issued, aWorkOrderSigned())
      .when(signing('14:12'))
      .changesNothing());
  it('is never the act of a machine', () =>
    given(...issued)
      .when(signing('14:10'), { actor: SYSTEM })
      .isRejected('sign-for.not-a-person'));
  it('is due again after the work order was moved', () =>
    given(...issued, aWorkOrderSigned(), aWorkOrderReassigned({ unit: '/mingcheng/heat/west' }))
      .when(signing('14:30'))
      .records(aWorkOrderSigned({ unit: '/mingcheng/heat/west', signedAt: at('14:30') })));
  it('is accepted after the finish when it happened before', () =>
    given(...issued, aWorkFinished('15:00'))
      .when(signing('14:10'))
      .records(aWorkOrderSigned()));
  it('is refused on a withdrawn work order after that', () =>
    given(...issued, aWorkOrderWithdrawn())
      .when(signing('15:10'))
      .isRejected('work-order.withdrawn'));
});
