import { WorkOrderPrioritised } from '@shouwen/contracts';
import { spec } from '@shouwen/testkit';
import {
  CREW,
  EAST,
  HEAT,
  OTHER_TICKET,
  SYSTEM,
  TICKET,
  WORK_ORDER,
  aCrewAssigned,
  aWorkFinished,
  aWorkOrderIssued,
  aWorkOrderReturned,
  aWorkOrderWithdrawn,
} from '../../test/build.js';
import { prioritiseWorkOrder } from './prioritise-work-order.js';

const given = spec(prioritiseWorkOrder, { actor: SYSTEM });
const asked = { workOrderId: WORK_ORDER, ticketId: TICKET };
const prioritised = (unit: string) =>
  WorkOrderPrioritised({ workOrderId: WORK_ORDER, ticketIds: [TICKET], unit });

describe('prioritise a work order', () => {
  it('goes before others where it lies', () =>
    given(aWorkOrderIssued()).when(asked).records(prioritised(EAST)));
  it('goes before others with the crew that has it', () =>
    given(aWorkOrderIssued(), aCrewAssigned()).when(asked).records(prioritised(CREW)));
  it('goes before others when it came back', () =>
    given(aWorkOrderIssued(), aWorkOrderReturned()).when(asked).records(prioritised(HEAT)));
  it('changes nothing when told twice', () =>
    given(aWorkOrderIssued(), prioritised(EAST)).when(asked).changesNothing());
  it.each([
    ['finished', aWorkFinished('15:30')],
    ['withdrawn', aWorkOrderWithdrawn()],
  ])('changes nothing once it is %s', (_, end) =>
    given(aWorkOrderIssued(), end).when(asked).changesNothing(),
  );
  it('changes nothing for a ticket that has another job by now', () =>
    given(aWorkOrderIssued({ ticketIds: [OTHER_TICKET] }))
      .when(asked)
      .changesNothing());
  it('changes nothing for a job that is not there', () => given().when(asked).changesNothing());
});
