import { TicketWorkJoined } from '@shouwen/contracts';
import { past, spec } from '@shouwen/testkit';
import { ticketWorks } from '../ticket-work/ticket-work.js';
import {
  DISPATCHER,
  OTHER_TICKET,
  OTHER_WORK_ORDER,
  WORK_ORDER,
  aCrewArrived,
  aTicketWorkNoted,
  aWorkFinished,
  aWorkOrderIssued,
  aWorkOrderTicketAdded,
  at,
  theTicket,
} from '../../test/build.js';
import { addTicket } from './add-ticket.js';

const given = spec(addTicket, { actor: DISPATCHER });
const adding = { workOrderId: WORK_ORDER, ticketId: OTHER_TICKET };
const joined = (instead: string[]) =>
  TicketWorkJoined({ ticketId: OTHER_TICKET, workOrderId: WORK_ORDER, instead });

describe('add a ticket to a work order', () => {
  it('shares the job, and gives up the one the ticket had of its own', () =>
    given(aWorkOrderIssued(), theTicket(OTHER_TICKET, OTHER_WORK_ORDER))
      .when(adding)
      .records(aWorkOrderTicketAdded(), joined([OTHER_WORK_ORDER])));
  it('changes nothing when told twice', () =>
    given(aWorkOrderIssued(), aWorkOrderTicketAdded(), theTicket(OTHER_TICKET, OTHER_WORK_ORDER))
      .when(adding)
      .changesNothing());
  it('brings its danger, its priority and its earlier receipt along', () =>
    given(
      aWorkOrderIssued(),
      theTicket(OTHER_TICKET, OTHER_WORK_ORDER, {
        ...{ isSafety: true, isPriority: true, receivedAt: at('13:00'), aboutStaff: ['3007'] },
      }),
    )
      .when(adding)
      .records(
        aWorkOrderTicketAdded({
          ...{ isSafety: true, isPriority: true, receivedAt: at('13:00'), aboutStaff: ['3007'] },
        }),
        joined([OTHER_WORK_ORDER]),
      ));
  it('takes a ticket that had no work order yet', () =>
    given(
      aWorkOrderIssued(),
      past(ticketWorks, OTHER_TICKET, aTicketWorkNoted({ ticketId: OTHER_TICKET })),
    )
      .when(adding)
      .records(aWorkOrderTicketAdded(), joined([])));
  it('says when the crew came that is on site already', () =>
    given(aWorkOrderIssued(), aCrewArrived('14:40'), theTicket(OTHER_TICKET, OTHER_WORK_ORDER))
      .when(adding)
      .records(aWorkOrderTicketAdded({ arrivedAt: at('14:40') }), joined([OTHER_WORK_ORDER])));
  it('is refused for a ticket that dispatch does not know', () =>
    given(aWorkOrderIssued()).when(adding).isRejected('ticket.not-found'));
  it('is refused when the work is done', () =>
    given(aWorkOrderIssued(), aWorkFinished('15:00'), theTicket(OTHER_TICKET, OTHER_WORK_ORDER))
      .when(adding)
      .isRejected('work-order.already-finished'));
});
