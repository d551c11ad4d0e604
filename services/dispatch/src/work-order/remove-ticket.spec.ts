import { WorkOrderTicketRemoved } from '@shouwen/contracts';
import { spec } from '@shouwen/testkit';
import {
  EAST,
  OTHER_TICKET,
  SYSTEM,
  TICKET,
  WORK_ORDER,
  aWorkFinished,
  aWorkOrderIssued,
  aWorkOrderTicketAdded,
  aWorkOrderWithdrawn,
  at,
} from '../../test/build.js';
import { removeTicket } from './remove-ticket.js';

const given = spec(removeTicket, { actor: SYSTEM });
const removing = {
  ...{ workOrderId: WORK_ORDER, ticketId: TICKET, occurredAt: at('15:00') },
  because: 'ticket-closed' as const,
};

describe('remove a ticket from a work order', () => {
  it('leaves the job to the tickets that stay', () =>
    given(aWorkOrderIssued(), aWorkOrderTicketAdded())
      .when(removing)
      .records(
        WorkOrderTicketRemoved({
          ...{ workOrderId: WORK_ORDER, ticketIds: [OTHER_TICKET], ticketId: TICKET },
          ...{ because: 'ticket-closed', unit: EAST },
        }),
      ));
  it('withdraws the job with its last ticket', () =>
    given(aWorkOrderIssued())
      .when(removing)
      .records(aWorkOrderWithdrawn({ because: 'ticket-closed' })));
  it('changes nothing when told twice', () =>
    given(aWorkOrderIssued(), aWorkOrderWithdrawn()).when(removing).changesNothing());
  it('changes nothing when the work is done', () =>
    given(aWorkOrderIssued(), aWorkFinished('14:50')).when(removing).changesNothing());
  it('changes nothing for a ticket that the job does not serve', () =>
    given(aWorkOrderIssued())
      .when({ ...removing, ...{ ticketId: OTHER_TICKET } })
      .changesNothing());
});
