import { past, spec } from '@shouwen/testkit';
import {
  aComplaintOpened,
  anAnswer,
  aSeat,
  aTicketClosed,
  aTicketOpened,
  CREW_MEMBER,
  TICKET,
} from '../../test/build.js';
import { DUTY_LEADER, seatIdOf, seats } from '../seat/seat.js';
import { answerTicket } from './answer-ticket.js';

const given = spec(answerTicket);
const asked = (override: object = {}) => ({
  ticketId: TICKET,
  how: 'phone' as const,
  isInSubstance: true,
  answer: '阀门已修好',
  ...override,
});

describe('answer a ticket', () => {
  it('records an answer in substance', () =>
    given(aTicketOpened())
      .when(asked())
      .records(anAnswer({ answer: '阀门已修好' })));

  it('records a progress note as what it is', () =>
    given(aTicketOpened())
      .when(asked({ isInSubstance: false, answer: '师傅已出发' }))
      .records(anAnswer({ isInSubstance: false, answer: '师傅已出发' })));

  it('records a second answer as a fact of its own', () =>
    given(aTicketOpened(), anAnswer())
      .when(asked({ how: 'letter', answer: '书面答复' }))
      .records(anAnswer({ how: 'letter', answer: '书面答复' })));

  const seat = aSeat({ seatId: DUTY_LEADER, unit: '/mingcheng', holder: '1021', deputy: '1022' });
  const dutySeat = past(seats, seatIdOf('main', DUTY_LEADER), seat);
  const as = (number: string) => ({
    actor: { number, tenant: 'main', grants: [{ role: 'duty-leader', unit: '/mingcheng' }] },
  });

  it.each(['1021', '1022'])("is in the owner's name where %s of the duty seat answers", (by) =>
    given(aTicketOpened(), dutySeat)
      .when(asked(), as(by))
      .records(anAnswer({ by, inNameOf: '1001', answer: '阀门已修好' })),
  );

  it('is in nobody’s name where anybody else answers, or the duty leader for their own', () => {
    given(aTicketOpened(), dutySeat)
      .when(asked(), as('1100'))
      .records(anAnswer({ by: '1100', answer: '阀门已修好' }));
    for (const firstContactOwner of ['1021', DUTY_LEADER])
      given(aTicketOpened({ firstContactOwner }), dutySeat)
        .when(asked(), as('1021'))
        .records(anAnswer({ by: '1021', answer: '阀门已修好' }));
  });

  it('is refused to those the complaint names', () =>
    given(aComplaintOpened()).when(asked(), { actor: CREW_MEMBER }).isRejected('ticket.names-you'));

  it('is refused when the ticket is closed', () =>
    given(aTicketOpened(), aTicketClosed()).when(asked()).isRejected('ticket.closed'));
});
