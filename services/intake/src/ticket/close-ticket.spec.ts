import { EvidenceRecorded, type TicketClosed } from '@shouwen/contracts';
import { NOW, spec } from '@shouwen/testkit';
import {
  aCallback,
  aComplaintOpened,
  anAnswer,
  anEnquiryOpened,
  aTicketClosed,
  aTicketOpened,
  aTicketReopened,
  aWorkResult,
  CREW_MEMBER,
  standards,
  TICKET,
} from '../../test/build.js';
import { closeTicket } from './close-ticket.js';

const given = spec(closeTicket, { standards });
const asked = (override: object = {}) => ({ ticketId: TICKET, ...override });
const closed = (when: { events: () => readonly { data: object; pack?: object }[] }) =>
  when.events()[0] as ReturnType<typeof aTicketClosed>;
const messageOf = (run: () => unknown): string => {
  try {
    run();
  } catch (error) {
    return (error as Error).message;
  }
  return '';
};

describe('close a ticket', () => {
  it('closes an enquiry that was answered in substance, by the clauses of the gate', () => {
    const event = closed(given(anEnquiryOpened(), anAnswer()).when(asked()));
    expect(event.data.evidence).toEqual(['answer']);
    const gate = standards.closingEvidence({
      utility: 'water',
      typeCode: 'water.consultation',
      category: 'consultation',
      asOf: NOW,
    });
    expect(gate.length).toBeGreaterThan(0);
    expect(event.pack).toEqual({
      ...gate[0]!.pack,
      clauses: [...new Set(gate.flatMap(({ pack }) => pack.clauses))],
    });
  });

  it('closes a heat repair with work result, signature and callback', () => {
    const event = closed(given(aTicketOpened(), aWorkResult(), aCallback()).when(asked()));
    expect([...event.data.evidence].sort()).toEqual(['callback', 'signature', 'work-result']);
    expect(event.data.impossible).toEqual([]);
  });

  it('changes nothing when it is closed already', () =>
    given(anEnquiryOpened(), anAnswer(), aTicketClosed()).when(asked()).changesNothing());

  it('is refused and says what is missing', () => {
    const when = given(aTicketOpened(), aWorkResult({ signature: 'not-asked' })).when(asked());
    when.isRejected('ticket.evidence-missing');
    expect(messageOf(when.events)).toMatch(/signature/);
    expect(messageOf(when.events)).toMatch(/callback/);
    expect(messageOf(when.events)).not.toMatch(/work-result/);
  });

  it('is refused when there is only a progress note', () =>
    given(anEnquiryOpened(), anAnswer({ isInSubstance: false }))
      .when(asked())
      .isRejected('ticket.evidence-missing'));

  it('is refused while nobody has classified it', () =>
    given(aTicketOpened({ typeCode: 'unclassified', category: 'unclassified' }))
      .when(asked())
      .isRejected('ticket.unclassified'));

  it('is refused when only what was done before the reopening is there', () =>
    given(anEnquiryOpened(), anAnswer(), aTicketClosed(), aTicketReopened())
      .when(asked())
      .isRejected('ticket.evidence-missing'));

  it('is refused to those the complaint names', () =>
    given(aComplaintOpened(), anAnswer(), aCallback())
      .when(asked(), { actor: CREW_MEMBER })
      .isRejected('ticket.names-you'));

  it('is refused when there is no such ticket', () =>
    given().when(asked()).isRejected('ticket.not-found'));
});

describe('close a ticket whose evidence cannot exist', () => {
  const anonymous = aComplaintOpened({ isAnonymous: true });
  const because = (...names: string[]) => ({
    impossible: names.map((evidence) => ({ evidence, because: 'anonymous' as const })),
  });

  it('counts what an anonymous caller makes impossible apart', () => {
    const event = closed(given(anonymous).when(asked(because('answer', 'callback'))));
    expect(event.data).toMatchObject<Partial<TicketClosed['data']>>({
      evidence: [],
      impossible: [
        { evidence: 'answer', because: 'anonymous' },
        { evidence: 'callback', because: 'anonymous' },
      ],
    });
  });

  it('is refused when nobody says that it was impossible', () =>
    given(anonymous).when(asked()).isRejected('ticket.evidence-missing'));

  it('is refused when the caller is known', () =>
    given(aComplaintOpened(), anAnswer())
      .when(asked(because('callback')))
      .isRejected('ticket.evidence-possible'));

  it('is refused when work on site is called impossible', () =>
    given(aTicketOpened({ isAnonymous: true }))
      .when(asked(because('work-result', 'callback', 'signature')))
      .isRejected('ticket.evidence-possible'));

  it('accepts a callback that an attempt on record found impossible', () => {
    const attempt = aCallback({ isReached: false, impossibleBecause: 'not-reached' });
    const event = closed(given(aComplaintOpened(), anAnswer(), attempt).when(asked()));
    expect(event.data).toMatchObject({
      evidence: ['answer'],
      impossible: [{ evidence: 'callback', because: 'not-reached' }],
    });
  });

  it('is refused when the customer was merely not reached once', () =>
    given(aComplaintOpened(), anAnswer(), aCallback({ isReached: false }))
      .when(asked())
      .isRejected('ticket.evidence-missing'));

  it('accepts a signature that the customer refused before a witness', () => {
    const work = aWorkResult({ signature: 'refused' });
    const event = closed(given(aTicketOpened(), work, aCallback()).when(asked()));
    expect(event.data.impossible).toEqual([{ evidence: 'signature', because: 'refused' }]);
  });

  it('lists what is there after all as there', () => {
    const signed = EvidenceRecorded({ ticketId: TICKET, evidence: 'signature', by: '1001' });
    const work = aWorkResult({ signature: 'refused' });
    const event = closed(given(aTicketOpened(), work, signed, aCallback()).when(asked()));
    expect(event.data.impossible).toEqual([]);
    expect(event.data.evidence).toContain('signature');
  });
});
