import { WorkOrderRetyped } from '@shouwen/contracts';
import { spec } from '@shouwen/testkit';
import {
  EAST,
  OTHER_TICKET,
  SYSTEM,
  TICKET,
  WEST,
  WORK_ORDER,
  aWorkFinished,
  aWorkOrderIssued,
  aWorkOrderReassigned,
  aWorkOrderSigned,
  aWorkOrderTicketAdded,
} from '../../test/build.js';
import { retypeWorkOrder } from './retype-work-order.js';

const given = spec(retypeWorkOrder, { actor: SYSTEM });
const retyping = (override: object = {}) => ({
  ...{ workOrderId: WORK_ORDER, ticketId: TICKET, typeCode: 'heat.leak' },
  ...{ category: 'repair', isSafety: false },
  ...override,
});
const retyped = (override: object = {}) =>
  WorkOrderRetyped({
    ...{ workOrderId: WORK_ORDER, ticketIds: [TICKET], typeCode: 'heat.leak' },
    ...{ category: 'repair', isSafety: false, unit: EAST },
    ...override,
  });

describe('retype a work order', () => {
  it('takes the new type', () => given(aWorkOrderIssued()).when(retyping()).records(retyped()));
  it('changes nothing when told twice', () =>
    given(aWorkOrderIssued(), retyped()).when(retyping()).changesNothing());
  it('moves to the unit of the new grid while nobody has it', () =>
    given(aWorkOrderIssued())
      .when(retyping({ unit: WEST }))
      .records(retyped(), aWorkOrderReassigned({ by: SYSTEM.number })));
  it('stays where somebody signed for it', () =>
    given(aWorkOrderIssued(), aWorkOrderSigned())
      .when(retyping({ unit: WEST }))
      .records(retyped()));
  it('keeps the danger that another ticket brought', () =>
    given(aWorkOrderIssued(), aWorkOrderTicketAdded({ isSafety: true }))
      .when(retyping())
      .records(retyped({ ticketIds: [TICKET, OTHER_TICKET], isSafety: true })));
  it('changes nothing when the work is done', () =>
    given(aWorkOrderIssued(), aWorkFinished('15:00')).when(retyping()).changesNothing());
});
