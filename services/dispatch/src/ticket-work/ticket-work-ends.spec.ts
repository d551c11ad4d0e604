import { TicketWorkChased, TicketWorkEnded, TicketWorkJoined } from '@shouwen/contracts';
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
} from '../../test/build.js';
import { chaseTicketWork } from './chase-ticket-work.js';
import { endTicketWork } from './end-ticket-work.js';
import { reworkTicket } from './rework-ticket.js';

const joined = TicketWorkJoined({
  ...{ ticketId: TICKET, workOrderId: OTHER_WORK_ORDER, instead: [] },
});
const ended = (workOrderIds: string[]) =>
  TicketWorkEnded({ ticketId: TICKET, workOrderIds, because: 'ticket-closed' });

describe('end the work on a ticket', () => {
  const given = spec(endTicketWork, { actor: SYSTEM });
  const ending = { ticketId: TICKET, because: 'ticket-closed' as const };

  it('ends all of its work orders', () =>
    given(aTicketWorkBegun(), joined)
      .when(ending)
      .records(ended([WORK_ORDER, OTHER_WORK_ORDER])));
  it('ends one of them', () =>
    given(aTicketWorkBegun(), joined)
      .when({ ...ending, ...{ workOrderId: WORK_ORDER } })
      .records(ended([WORK_ORDER])));
  it('changes nothing when told twice', () =>
    given(aTicketWorkBegun(), ended([WORK_ORDER]))
      .when(ending)
      .changesNothing());
  it('changes nothing for a ticket that nobody opened', () =>
    given().when(ending).changesNothing());
});

describe('rework a reopened ticket', () => {
  const given = spec(reworkTicket, { actor: SYSTEM });
  const reworking = {
    ...{ ticketId: TICKET, workOrderId: OTHER_WORK_ORDER, occurredAt: RECEIVED },
  };

  it('issues a new work order to the unit that had it', () =>
    given(aTicketWorkBegun(), ended([WORK_ORDER]))
      .when(reworking)
      .records(
        aWorkOrderIssued({ workOrderId: OTHER_WORK_ORDER }),
        aTicketWorkBegun({ workOrderId: OTHER_WORK_ORDER }),
      ));
  it('changes nothing when told twice', () =>
    given(
      aTicketWorkBegun(),
      ended([WORK_ORDER]),
      aTicketWorkBegun({ workOrderId: OTHER_WORK_ORDER }),
    )
      .when(reworking)
      .changesNothing());
  it('changes nothing where no crew was ever needed', () =>
    given(aTicketWorkNoted()).when(reworking).changesNothing());
});

describe('chase the work on a ticket', () => {
  const given = spec(chaseTicketWork, { actor: SYSTEM });
  const chasing = { ticketId: TICKET, count: 1 };
  const chased = TicketWorkChased({ ticketId: TICKET, workOrderIds: [WORK_ORDER], count: 1 });

  it('reaches every work order', () => given(aTicketWorkBegun()).when(chasing).records(chased));
  it('changes nothing when told twice', () =>
    given(aTicketWorkBegun(), chased).when(chasing).changesNothing());
  it('changes nothing where nobody works on it', () =>
    given(aTicketWorkNoted()).when(chasing).changesNothing());
});
