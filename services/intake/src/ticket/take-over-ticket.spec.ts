import { TicketHandedOver } from '@shouwen/contracts';
import { NOW, spec } from '@shouwen/testkit';
import {
  AFFECTED,
  anAnswer,
  aTicketOpened,
  CALL_TAKER,
  IMPORTER,
  LATER,
  NUMBER,
  standards,
  TICKET,
} from '../../test/build.js';
import { answerTicket } from './answer-ticket.js';
import { classifyTicket } from './classify-ticket.js';
import { takeOverTicket } from './take-over-ticket.js';

const DUTY = '1021';
const byMachine = (override: object = {}) =>
  aTicketOpened({ isByMachine: true, firstContactOwner: DUTY, ...override });
const given = spec(takeOverTicket, { now: LATER });
const signed = (by = '2007') => ({ ticketId: TICKET, by });
const taken = (by: string, at = LATER) =>
  TicketHandedOver(
    { ticketId: TICKET, from: DUTY, to: by, by, because: 'signed-for', affectedId: AFFECTED },
    { occurredAt: at },
  );

describe('take over what came by machine', () => {
  it('makes the first who signs its owner', () =>
    given(byMachine()).when(signed()).records(taken('2007')));

  it('leaves it to the first of two', () => {
    given(byMachine(), taken('2007')).when(signed()).changesNothing();
    given(byMachine(), taken('2007')).when(signed('2008')).changesNothing();
  });

  it('leaves what a person took down to that person', () =>
    given(aTicketOpened()).when(signed()).changesNothing());

  it('never makes an owner of whom it complains about, nor of the system', () => {
    given(byMachine({ aboutStaff: ['2007'] }))
      .when(signed())
      .changesNothing();
    given(byMachine()).when(signed('system:dispatch.x')).changesNothing();
  });

  it('happens at the receipt where the job was signed for before the ticket came', () =>
    given(byMachine())
      .when(signed(), { occurredAt: '2026-01-15T07:00:00.000Z' })
      .records(taken('2007', NOW)));

  it.each<['owner-left' | 'post-held', string]>([
    ['owner-left', '1020'],
    ['post-held', 'duty-leader'],
  ])('still waits for a person after it passed on by itself: %s', (because, from) => {
    const passed = TicketHandedOver({
      ...{ ticketId: TICKET, from, to: DUTY, by: 'system:intake.x' },
      ...{ because, affectedId: AFFECTED },
    });
    given(byMachine({ firstContactOwner: from }), passed)
      .when(signed())
      .records(taken('2007'));
  });

  it('is refused where there is no ticket', () =>
    given().when(signed()).isRejected('ticket.not-found'));
});

describe('the first who answers or classifies', () => {
  const answer = { ticketId: TICKET, how: 'phone', isInSubstance: false, answer: '已派人' };
  const type = { ticketId: TICKET, typeCode: 'heat.leak' };
  const answering = spec(answerTicket, { now: LATER, actor: CALL_TAKER });
  const classifying = spec(classifyTicket, { now: LATER, actor: CALL_TAKER, standards });

  it('answers for it from then on', () => {
    const [first] = answering(byMachine()).when(answer).events();
    expect(first).toEqual(taken('1001'));
    expect(classifying(byMachine()).when(type).events().at(-1)).toEqual(taken('1001'));
  });

  it('is never a machine', () => {
    const by = { actor: IMPORTER };
    expect(answering(byMachine()).when(answer, by).events()).toHaveLength(1);
    expect(classifying(byMachine()).when(type, by).events()).toHaveLength(1);
  });

  it('is the duty leader where they do it themselves', () => {
    const own = anAnswer({ by: DUTY, isInSubstance: false });
    given(byMachine(), own).when(signed()).changesNothing();
  });

  it('names its type and number as ever', () =>
    expect(classifying(byMachine()).when(type).events()[0]).toMatchObject({
      data: { number: NUMBER, typeCode: 'heat.leak' },
    }));
});
