import { WorkOrderRetyped } from '@shouwen/contracts';
import { spec } from '@shouwen/testkit';
import {
  EAST,
  HEAT,
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
  it('is taken from a unit complained about, signed or not, and closed to whom it names', () => {
    const named = { aboutStaff: ['3001'], aboutUnits: [EAST] };
    const closed = retyped({ typeCode: 'heat.no-heat', ...named });
    given(aWorkOrderIssued(), aWorkOrderSigned())
      .when(retyping({ typeCode: 'heat.no-heat', ...named }))
      .records(closed, aWorkOrderReassigned({ unit: HEAT, by: SYSTEM.number }));
    given(aWorkOrderIssued(), aWorkFinished('15:00'))
      .when(retyping({ typeCode: 'heat.no-heat', ...named }))
      .records(closed);
    given(aWorkOrderIssued(), aWorkFinished('15:00'), closed)
      .when(retyping({ ...named }))
      .changesNothing();
  });
  it('changes nothing when the work is done', () =>
    given(aWorkOrderIssued(), aWorkFinished('15:00')).when(retyping()).changesNothing());
});
