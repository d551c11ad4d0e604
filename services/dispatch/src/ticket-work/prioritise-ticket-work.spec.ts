import { TicketWorkPrioritised } from '@shouwen/contracts';
import { spec } from '@shouwen/testkit';
import {
  OTHER_WORK_ORDER,
  RECEIVED,
  SYSTEM,
  TICKET,
  WORK_ORDER,
  aTicketWorkBegun,
  aTicketWorkNoted,
  aWorkOrderIssued,
  theRouting,
} from '../../test/build.js';
import { prioritiseTicketWork } from './prioritise-ticket-work.js';
import { reclassifyTicketWork } from './reclassify-ticket-work.js';

const given = spec(prioritiseTicketWork, { actor: SYSTEM });
const prioritised = (workOrderIds: string[]) =>
  TicketWorkPrioritised({ ticketId: TICKET, workOrderIds });
const asked = { ticketId: TICKET };

describe('prioritise the work on a ticket', () => {
  it('names every work order of the ticket', () =>
    given(aTicketWorkBegun())
      .when(asked)
      .records(prioritised([WORK_ORDER])));
  it('is kept for work that is still to come', () => {
    const later = spec(reclassifyTicketWork, { actor: SYSTEM });
    const [issued] = later(theRouting(), aTicketWorkNoted(), prioritised([]))
      .when({
        ...{ ticketId: TICKET, workOrderId: OTHER_WORK_ORDER, utility: 'heat' as const },
        ...{ typeCode: 'heat.no-heat', category: 'repair', needsWorkOrder: true, isSafety: false },
        ...{ receivedAt: RECEIVED, aboutStaff: [], aboutUnits: [] },
      })
      .events();
    expect(issued).toMatchObject({ type: aWorkOrderIssued().type, data: { isPriority: true } });
  });
  it('changes nothing when told twice', () =>
    given(aTicketWorkBegun(), prioritised([WORK_ORDER]))
      .when(asked)
      .changesNothing());
  it('changes nothing where the ticket was a priority from the start', () =>
    given(aTicketWorkBegun({ isPriority: true }))
      .when(asked)
      .changesNothing());
  it('changes nothing for a ticket that nobody opened', () => given().when(asked).changesNothing());
});
