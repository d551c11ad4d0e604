import fc from 'fast-check';
import {
  EvidenceRecorded,
  TicketChased,
  TicketClassified,
  TicketHandedOver,
  TicketJoined,
  TicketRouted,
} from '@shouwen/contracts';
import { NOW, plain } from '@shouwen/testkit';
import {
  AFFECTED,
  aCallback,
  anAnswer,
  aTicketClosed,
  aTicketOpened,
  aTicketReopened,
  aWorkResult,
  CALLER,
  NUMBER,
  OTHER_CONTACT,
  TICKET,
} from '../../test/build.js';
import { tickets, type Ticket, type TicketEvent } from './ticket.js';

const { evolve, initial, unit, closedTo, openTo } = tickets;
const after = (...events: readonly TicketEvent[]): Ticket =>
  events.reduce((ticket, event) => plain(evolve(ticket, plain(event))), initial);

const joined = TicketJoined({
  ticketId: TICKET,
  contactId: OTHER_CONTACT,
  by: '1001',
  callerId: CALLER,
});
const classified = TicketClassified({
  ticketId: TICKET,
  number: NUMBER,
  receivedAt: '2030-01-01T00:00:00.000Z',
  utility: 'heat',
  typeCode: 'heat.complaint',
  category: 'complaint',
  needsWorkOrder: false,
  isSafety: false,
  previousTypeCode: 'heat.no-heat',
  by: '1001',
  aboutStaff: ['2007'],
  aboutUnits: [],
});
const handedOver = TicketHandedOver({
  ticketId: TICKET,
  from: '1001',
  to: '1002',
  by: '1100',
  because: 'instructed',
  affectedId: AFFECTED,
});
const others: readonly TicketEvent[] = [
  joined,
  classified,
  TicketRouted({ ticketId: TICKET, unit: '/mingcheng/heat/east' }),
  TicketChased({ ticketId: TICKET, number: NUMBER, by: '1001', count: 1 }),
  handedOver,
  anAnswer(),
  anAnswer({ isInSubstance: false }),
  aWorkResult(),
  aWorkResult({ signature: 'refused' }),
  aCallback(),
  aCallback({ isReached: false, impossibleBecause: 'no-phone' }),
  EvidenceRecorded({ ticketId: TICKET, evidence: 'signature', by: '1001' }),
  aTicketClosed(),
  aTicketReopened(),
];
const anyOf = fc.constantFrom(...others);

describe('a ticket over any course of events', () => {
  it('is read whatever was recorded in whatever order, and stays plain data', () =>
    fc.assert(
      fc.property(fc.array(anyOf, { maxLength: 20 }), (events) => {
        expect(after(aTicketOpened(), ...events).status).not.toBe('none');
        expect(after(...events).status).toBe('none');
      }),
    ));

  it('never changes its receipt, its number and whom it concerns', () =>
    fc.assert(
      fc.property(fc.array(anyOf, { maxLength: 20 }), (events) => {
        expect(after(aTicketOpened(), ...events)).toMatchObject({
          receivedAt: NOW,
          number: NUMBER,
          affectedId: AFFECTED,
        });
      }),
    ));

  it('is open or closed by the last closing or reopening alone', () =>
    fc.assert(
      fc.property(fc.array(anyOf, { maxLength: 20 }), (events) => {
        const last = events.findLast(({ type }) => /-(closed|reopened)$/.test(type));
        const expected = last?.type === 'intake.ticket-closed' ? 'closed' : 'open';
        expect(after(aTicketOpened(), ...events).status).toBe(expected);
      }),
    ));

  it('holds evidence and contacts once, however often and in whatever order they are told', () => {
    const proofs = [joined, anAnswer(), aWorkResult(), aCallback()];
    const told = fc
      .tuple(fc.shuffledSubarray(proofs, { minLength: 4 }), fc.array(fc.constantFrom(...proofs)))
      .map(([all, again]) => [...all, ...again]);
    fc.assert(
      fc.property(told, (events) => {
        const ticket = after(aTicketOpened(), ...events);
        if (ticket.status === 'none') throw new Error('it was opened');
        expect([...ticket.evidence].sort()).toEqual([
          'answer',
          'callback',
          'signature',
          'work-result',
        ]);
        expect(ticket.contacts).toHaveLength(2);
      }),
    );
  });

  it('forgets its evidence when reopened, but not who worked on it', () => {
    const ticket = after(
      aTicketOpened(),
      aWorkResult(),
      aCallback(),
      aTicketClosed(),
      aTicketReopened(),
    );
    expect(ticket).toMatchObject({ evidence: [], impossible: {}, workedBy: ['2007'] });
  });
});

describe('who may see a ticket', () => {
  it('is the unit of whoever took it, until it is routed', () => {
    expect(unit!(after(aTicketOpened({ takenIn: '/mingcheng' })))).toBe('/mingcheng');
    const routed = TicketRouted({ ticketId: TICKET, unit: '/mingcheng/heat/east' });
    expect(unit!(after(aTicketOpened({ takenIn: '/mingcheng' }), routed))).toBe(
      '/mingcheng/heat/east',
    );
    expect(unit!(initial)).toBeNull();
  });

  it('is nobody it complains about, also when that is found later', () => {
    expect(closedTo!(after(aTicketOpened({ aboutStaff: ['2009'] })))).toEqual(['2009']);
    expect(closedTo!(after(aTicketOpened(), classified))).toEqual(['2007']);
    expect(closedTo!(initial)).toEqual([]);
  });

  it('is the first-contact owner, whichever unit it lies in, but not from a unit it is about', () => {
    const aboutUnits = ['/mingcheng/heat'];
    expect(openTo!(after(aTicketOpened({ aboutUnits })))).toEqual({
      staff: ['1001'],
      notFrom: aboutUnits,
    });
    expect(openTo!(after(aTicketOpened(), handedOver))).toEqual({ staff: ['1002'], notFrom: [] });
    expect(openTo!(initial)).toEqual({ staff: [] });
  });
});
