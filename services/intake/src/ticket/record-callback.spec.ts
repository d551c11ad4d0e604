import { CallbackRecorded } from '@shouwen/contracts';
import { spec } from '@shouwen/testkit';
import {
  AFFECTED,
  aCallback,
  aComplaintOpened,
  aTicketClosed,
  aTicketOpened,
  aWorkResult,
  CALL_TAKER,
  CREW_MEMBER,
  TICKET,
} from '../../test/build.js';
import { recordCallback } from './record-callback.js';

const given = spec(recordCallback, { actor: CALL_TAKER });
const answers = {
  attitude: 'good' as const,
  workQuality: 'good' as const,
  timeliness: 'good' as const,
  result: 'good' as const,
};
const asked = (override: object = {}) => ({
  ticketId: TICKET,
  isReached: true,
  isSatisfied: true,
  ...answers,
  ...override,
});
const notReached = (override: object = {}) => ({ ticketId: TICKET, isReached: false, ...override });
const anAttempt = (override: Partial<CallbackRecorded['data']> = {}) =>
  CallbackRecorded({
    ticketId: TICKET,
    by: '1001',
    isReached: false,
    affectedId: AFFECTED,
    ...override,
  });

describe('record a callback', () => {
  it('records five answers and whether the customer is satisfied', () =>
    given(aTicketOpened(), aWorkResult())
      .when(asked({ suggestions: '上门前先打电话' }))
      .records(aCallback({ suggestions: '上门前先打电话' })));

  it('records an attempt that reached nobody', () =>
    given(aTicketOpened()).when(notReached()).records(anAttempt()));

  it('records that there can be none, and why', () =>
    given(aTicketOpened())
      .when(notReached({ impossibleBecause: 'no-phone' }))
      .records(anAttempt({ impossibleBecause: 'no-phone' })));

  it('changes nothing when it was found impossible for that reason before', () =>
    given(aTicketOpened(), anAttempt({ impossibleBecause: 'no-phone' }))
      .when(notReached({ impossibleBecause: 'no-phone' }))
      .changesNothing());

  it('is refused when an answer is missing', () =>
    given(aTicketOpened())
      .when(asked({ timeliness: undefined }))
      .isRejected('callback.incomplete'));

  it('is refused when nobody asked whether the customer is satisfied', () =>
    given(aTicketOpened())
      .when(asked({ isSatisfied: undefined }))
      .isRejected('callback.incomplete'));

  it('is refused when it has answers though nobody was reached', () =>
    given(aTicketOpened())
      .when(notReached({ isSatisfied: true }))
      .isRejected('callback.not-reached'));

  it('is refused when the customer was reached and it is called impossible', () =>
    given(aTicketOpened())
      .when(asked({ impossibleBecause: 'refused' }))
      .isRejected('callback.reached-and-impossible'));

  it('is refused when a known caller is called anonymous', () =>
    given(aTicketOpened())
      .when(notReached({ impossibleBecause: 'anonymous' }))
      .isRejected('callback.not-anonymous'));

  it('is refused to whoever did the work', () =>
    given(aTicketOpened(), aWorkResult({ unit: '/mingcheng/heat/west' }))
      .when(asked(), { actor: CREW_MEMBER })
      .isRejected('callback.by-those-who-worked'));

  it('is refused to others of the crew that did the work', () =>
    given(aTicketOpened(), aWorkResult())
      .when(asked(), { actor: { ...CREW_MEMBER, number: '2008' } })
      .isRejected('callback.by-those-who-worked'));

  it('is refused to those the complaint names', () =>
    given(aComplaintOpened()).when(asked(), { actor: CREW_MEMBER }).isRejected('ticket.names-you'));

  it('is refused when the ticket is closed', () =>
    given(aTicketOpened(), aTicketClosed()).when(asked()).isRejected('ticket.closed'));
});
