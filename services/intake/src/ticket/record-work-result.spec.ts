import { spec } from '@shouwen/testkit';
import { aTicketClosed, aTicketOpened, aWorkResult, TICKET, WORK_ORDER } from '../../test/build.js';
import { recordWorkResult } from './record-work-result.js';

const given = spec(recordWorkResult);
const asked = (override: object = {}) => ({
  ticketId: TICKET,
  workOrderId: WORK_ORDER,
  outcome: 'restored' as const,
  signature: 'signed' as const,
  by: '2007',
  unit: '/mingcheng/heat/east/crew-1',
  ...override,
});

describe('record the result of work on site', () => {
  it('records it', () => given(aTicketOpened()).when(asked()).records(aWorkResult()));

  it('changes nothing when told twice', () =>
    given(aTicketOpened(), aWorkResult()).when(asked()).changesNothing());

  it('records a second job on the same ticket', () => {
    const workOrderId = '018f4b3c-0000-7000-8000-00000000e002';
    given(aTicketOpened(), aWorkResult())
      .when(asked({ workOrderId }))
      .records(aWorkResult({ workOrderId }));
  });

  it('records what a crew without network reports after the ticket was closed', () =>
    given(aTicketOpened(), aTicketClosed()).when(asked()).records(aWorkResult()));

  it('is refused when there is no such ticket', () =>
    given().when(asked()).isRejected('ticket.not-found'));
});
