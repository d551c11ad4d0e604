import type { ContactRecorded, TicketOpened } from '@shouwen/contracts';
import { NOW, past, spec } from '@shouwen/testkit';
import {
  aComplaintOpened,
  aContact,
  aContactRecorded,
  aLink,
  anOpening,
  aSeat,
  aServicePoint,
  aTicketClosed,
  aTicketOpened,
  CALL_TAKER,
  CALLER,
  CONTACT,
  CREW_MEMBER,
  EXTERNAL,
  IMPORTER,
  NUMBER,
  OTHER_TICKET,
  SECOND_TICKET,
  SOURCE,
  standards,
  TICKET,
} from '../../test/build.js';
import { externalMatters } from '../external-matter/external-matter.js';
import { seats } from '../seat/seat.js';
import { servicePoints } from '../service-point/service-point.js';
import { tickets } from '../ticket/ticket.js';
import { recordContact } from './record-contact.js';

const given = spec(recordContact, { standards, actor: CALL_TAKER });
const supervision = past(seats, 'main:supervision-office', aSeat());
const dutyLeader = past(
  seats,
  'main:duty-leader',
  aSeat({ seatId: 'duty-leader', holder: '1200' }),
);
const known = past(tickets, OTHER_TICKET, aTicketOpened({ ticketId: OTHER_TICKET }));

const ticketOf = (...[events]: [ReturnType<ReturnType<typeof given>['when']>]) =>
  events.events().find(({ type }) => type === 'intake.ticket-opened')?.data as TicketOpened['data'];
const contactOf = (...[events]: [ReturnType<ReturnType<typeof given>['when']>]) =>
  events.events().at(-1)?.data as ContactRecorded['data'];
const opens = (override: object) => ({ matters: [{ opens: anOpening(override) }] });

describe('record a contact', () => {
  it('opens a ticket for a matter, owned by whoever took it', () => {
    const { pack } = standards.type('heat.no-heat', NOW)!;
    given()
      .when(aContact())
      .records(
        {
          ...aTicketOpened({
            affectedId: CALLER,
            takenIn: '/mingcheng',
            affectedName: '林晓青',
            affectedPhone: '13900000001',
            callerName: '林晓青',
            callerPhone: '13900000001',
            address: '槐荫路6号2单元301',
            description: '客厅暖气从昨晚起是凉的',
          }),
          occurredAt: NOW,
          pack,
        },
        aContactRecorded({ callerName: '林晓青', callerPhone: '13900000001' }),
      );
  });

  it('changes nothing when told twice', () =>
    given(aContactRecorded()).when(aContact()).changesNothing());

  it('leaves three tickets for a caller with three matters', () => {
    const matters = [
      { opens: anOpening() },
      { opens: anOpening({ utility: 'water', typeCode: 'water.no-water' }) },
      { opens: anOpening({ typeCode: undefined, utility: undefined }) },
    ];
    const events = given().when(aContact({ matters })).events();
    const numbers = events.slice(0, 3).map(({ data }) => (data as TicketOpened['data']).number[0]);
    expect(numbers).toEqual(['H', 'W', 'X']);
    expect((events[3]!.data as ContactRecorded['data']).matters).toHaveLength(3);
  });

  it('leaves no ticket for an enquiry answered on the spot', () =>
    given()
      .when(aContact({ matters: [], note: '营业厅几点开门' }))
      .records(
        aContactRecorded({
          callerName: '林晓青',
          callerPhone: '13900000001',
          disposition: 'answered',
          matters: [],
          message: '营业厅几点开门',
        }),
      ));

  it.each(['wrong-number', 'harassment', 'dead-line', 'inaudible'])(
    'leaves a disposition for %s',
    (disposition) => {
      const asked = aContact({ matters: [], disposition, callerName: undefined });
      expect(contactOf(given().when(asked))).toMatchObject({ disposition, matters: [] });
    },
  );

  it('is refused when the disposition does not fit the matters', () =>
    given()
      .when(aContact({ disposition: 'wrong-number' }))
      .isRejected('request.invalid'));

  it('is refused when a matter both opens and joins', () =>
    given()
      .when(aContact({ matters: [{ opens: anOpening(), joins: OTHER_TICKET }] }))
      .isRejected('request.invalid'));

  it('is refused when it names a ticket twice', () =>
    given(known)
      .when(aContact({ matters: [{ joins: OTHER_TICKET }, { chases: OTHER_TICKET }] }))
      .isRejected('request.invalid'));

  it('is refused when the type is unknown', () =>
    given()
      .when(aContact(opens({ typeCode: 'heat.miracle' })))
      .isRejected('type.unknown'));

  it('is refused when the type belongs to another utility', () =>
    given()
      .when(aContact(opens({ utility: 'gas' })))
      .isRejected('type.other-utility'));

  it('is refused when nothing is said', () =>
    given()
      .when(aContact({ matters: [{ opens: { utility: 'heat' } }] }))
      .isRejected('ticket.says-nothing'));

  it('is refused when a priority has no reason', () =>
    given()
      .when(aContact(opens({ isPriority: true })))
      .isRejected('ticket.priority-reason-missing'));
});

describe('when the clock starts', () => {
  it('counts from the moment the call was answered', () => {
    const answeredAt = '2026-01-15T15:58:00+08:00';
    const events = given().when(aContact({ answeredAt })).events();
    const receivedAt = '2026-01-15T07:58:00.000Z';
    expect(events[0]).toMatchObject({ occurredAt: receivedAt, data: { receivedAt } });
    expect(events[1]!.data).toMatchObject({
      receivedAt,
      answeredAt: receivedAt,
      isLateEntry: false,
    });
  });

  it('is refused when the call was answered in the future', () =>
    given()
      .when(aContact({ answeredAt: '2026-01-15T08:00:01.000Z' }))
      .isRejected('answered-at.future'));

  it.each([
    ['2026-01-15T07:55:00.000Z', false],
    ['2026-01-15T07:54:59.999Z', true],
  ])('takes what happened at %s for a late entry: %s', (occurredAt, isLateEntry) =>
    expect(ticketOf(given().when(aContact({ occurredAt })))).toMatchObject({
      receivedAt: occurredAt,
      isLateEntry,
    }),
  );
});

describe('gas alarm', () => {
  const alarm = { typeCode: 'gas.leak-alarm', address: '杏林巷3号' };
  const call = (override: object = {}) => ({
    contactId: CONTACT,
    channel: 'phone',
    matters: [{ opens: alarm }],
    ...override,
  });

  it('needs nothing but an address', () =>
    expect(ticketOf(given().when(call()))).toMatchObject({
      utility: 'gas',
      category: 'emergency',
      isSafety: true,
      address: '杏林巷3号',
    }));

  it('tells the safety words in the language of the caller', () => {
    const zh = standards.safetyWords('gas.leak-alarm', 'zh', NOW);
    const en = standards.safetyWords('gas.leak-alarm', 'en', NOW);
    expect(zh.length).toBeGreaterThan(2);
    expect(ticketOf(given().when(call())).safetyWords).toEqual(zh);
    expect(ticketOf(given().when(call({ language: 'en' }))).safetyWords).toEqual(en);
  });

  it('answers the safety words before anything else', () => {
    const answer = recordContact.fullAnswer!(given().when(call()).events());
    expect(Object.keys(answer)[0]).toBe('safetyWords');
    expect(answer).toEqual({
      safetyWords: standards.safetyWords('gas.leak-alarm', 'zh', NOW),
      matters: [{ ticketId: TICKET, number: NUMBER.replace('H', 'G'), how: 'opened' }],
    });
  });

  it('is taken even where the priority has no reason yet', () => {
    const matters = [{ opens: { ...alarm, isPriority: true } }];
    expect(ticketOf(given().when(call({ matters })))).toMatchObject({ isPriority: true });
  });
});

describe('join and chase by a contact', () => {
  it('joins a known ticket in the same commit', () => {
    const events = given(known)
      .when(aContact({ matters: [{ joins: OTHER_TICKET, note: '楼上也不热' }] }))
      .events();
    expect(events[0]).toMatchObject({
      type: 'intake.ticket-joined',
      data: { ticketId: OTHER_TICKET, contactId: CONTACT, by: '1001', note: '楼上也不热' },
    });
    expect(events[1]!.data).toMatchObject({ matters: [{ ticketId: OTHER_TICKET, how: 'joined' }] });
  });

  it('chases one ticket and opens another at once', () => {
    const matters = [{ chases: OTHER_TICKET, note: '还没来人' }, { opens: anOpening() }];
    const events = given(known).when(aContact({ matters })).events();
    expect(events.map(({ type }) => type)).toEqual([
      'intake.ticket-chased',
      'intake.ticket-opened',
      'intake.contact-recorded',
    ]);
    expect(events[0]!.data).toMatchObject({ count: 1, contactId: CONTACT });
    expect(events[1]!.data).toMatchObject({ ticketId: SECOND_TICKET });
    expect(events[2]!.data).toMatchObject({ message: '还没来人' });
  });

  it('is refused when the ticket to join does not exist', () =>
    given()
      .when(aContact({ matters: [{ joins: OTHER_TICKET }] }))
      .isRejected('ticket.not-found'));

  it('is refused when the ticket to chase is closed', () => {
    const closed = past(
      tickets,
      OTHER_TICKET,
      aTicketOpened({ ticketId: OTHER_TICKET }),
      aTicketClosed({ ticketId: OTHER_TICKET }),
    );
    given(closed)
      .when(aContact({ matters: [{ chases: OTHER_TICKET }] }))
      .isRejected('ticket.closed');
  });

  it('is refused when the ticket to join names the one who takes the call', () => {
    const complaint = past(
      tickets,
      OTHER_TICKET,
      aComplaintOpened({ ticketId: OTHER_TICKET, aboutStaff: ['1001'] }),
    );
    given(complaint)
      .when(aContact({ matters: [{ joins: OTHER_TICKET }] }))
      .isRejected('ticket.names-you');
  });
});

describe('an outside number', () => {
  it('is linked to the ticket it opens', () =>
    expect(
      given()
        .when(aContact({ source: SOURCE }))
        .events()[1],
    ).toMatchObject({
      type: 'intake.external-matter-linked',
      data: { externalMatterId: EXTERNAL, ticketId: TICKET, contactId: CONTACT },
    }));

  it('that came before joins its ticket instead of opening another', () => {
    const events = given(past(externalMatters, EXTERNAL, aLink()))
      .when(aContact({ source: SOURCE }))
      .events();
    expect(events).toHaveLength(1);
    expect(events[0]!.data).toMatchObject({
      matters: [{ ticketId: OTHER_TICKET, how: 'joined' }],
      message: '客厅暖气从昨晚起是凉的',
    });
    expect(recordContact.fullAnswer!(events)).toEqual({
      matters: [{ ticketId: OTHER_TICKET, how: 'joined' }],
    });
  });

  it('that came before opens a ticket for a matter it did not have then', () => {
    const matters = [{ opens: anOpening() }, { opens: anOpening({ typeCode: 'heat.leak' }) }];
    const events = given(past(externalMatters, EXTERNAL, aLink()))
      .when(aContact({ source: SOURCE, matters }))
      .events();
    expect(events.map(({ type }) => type)).toEqual([
      'intake.ticket-opened',
      'intake.external-matter-linked',
      'intake.contact-recorded',
    ]);
    expect(events[0]!.data).toMatchObject({ ticketId: SECOND_TICKET });
  });

  it('is linked to a ticket that it joins by hand', () =>
    expect(
      given(known)
        .when(aContact({ source: SOURCE, matters: [{ joins: OTHER_TICKET }] }))
        .events()[1],
    ).toMatchObject({ data: { externalMatterId: EXTERNAL, ticketId: OTHER_TICKET } }));

  it('does not meet one whose parts only look the same when written together', () => {
    const told = aContact({ source: { system: 'city-hotline:MC', id: '7' } });
    const id = given().when(told).events()[1]!.data;
    expect(id).not.toMatchObject({ externalMatterId: 'main:city-hotline:MC:7' });
  });
});

describe('people in a contact', () => {
  it('keeps caller and affected person apart', () => {
    const ticket = ticketOf(
      given().when(aContact(opens({ affectedName: '林守成', affectedPhone: '13900000002' }))),
    );
    expect(ticket).toMatchObject({
      affectedName: '林守成',
      callerName: '林晓青',
      callerId: CALLER,
    });
    expect(ticket.affectedId).not.toBe(CALLER);
  });

  it('keeps no name and number of an anonymous caller', () => {
    const events = given()
      .when(aContact({ isAnonymous: true }))
      .events();
    expect(JSON.stringify(events)).not.toMatch(/林晓青|13900000001/);
    expect(events[0]!.data).toMatchObject({ isAnonymous: true, affectedId: CALLER });
  });

  it('keeps a confidential caller out of the ticket, the id included', () => {
    const [ticket, contact] = given()
      .when(aContact({ isConfidential: true }))
      .events();
    expect(JSON.stringify(ticket)).not.toMatch(/林晓青|13900000001|caller-1/);
    expect(contact!.data).toMatchObject({ callerId: CALLER, callerName: '林晓青' });
  });

  it('finds grid, account and holder by the service point', () =>
    expect(
      ticketOf(
        given(past(servicePoints, 'main:SP-1', aServicePoint())).when(
          aContact(opens({ servicePointId: 'SP-1', utility: undefined })),
        ),
      ),
    ).toMatchObject({
      servicePointId: 'SP-1',
      gridCode: 'H-E-01',
      accountId: 'A-1',
      accountHolderId: 'customer-main-C-1',
    }));

  it('is refused when the service point is unknown', () =>
    given()
      .when(aContact(opens({ servicePointId: 'SP-9' })))
      .isRejected('service-point.not-registered'));
});

describe('first-contact owner', () => {
  it('is whoever talked to the customer, where somebody else enters it', () =>
    expect(ticketOf(given().when(aContact({ takenBy: '1002' })))).toMatchObject({
      firstContactOwner: '1002',
    }));

  it('is the duty leader for what comes by machine', () =>
    expect(
      ticketOf(given(dutyLeader).when(aContact(), { actor: IMPORTER })).firstContactOwner,
    ).toBe('1200'));

  it('is the duty leader for a web message that another system numbered', () => {
    const asked = aContact({ channel: 'web', source: SOURCE });
    expect(ticketOf(given(dutyLeader).when(asked)).firstContactOwner).toBe('1200');
    const taken = { ...asked, takenBy: '1002' };
    expect(ticketOf(given(dutyLeader).when(taken)).firstContactOwner).toBe('1002');
  });

  it('is the supervision office where the complaint names whoever took it', () => {
    const ticket = ticketOf(
      given(supervision).when(
        aContact(opens({ typeCode: 'heat.complaint', aboutStaff: ['1001'] })),
      ),
    );
    expect(ticket).toMatchObject({ firstContactOwner: '1300', unit: '/mingcheng/supervision' });
  });

  it('is the deputy where the complaint names the holder too', () =>
    expect(
      ticketOf(given(supervision).when(aContact(opens({ aboutStaff: ['1001', '1300'] })))),
    ).toMatchObject({ firstContactOwner: '1301' }));

  it('is the office itself where nobody is known to sit there', () =>
    expect(ticketOf(given().when(aContact(opens({ aboutStaff: ['1001'] }))))).toMatchObject({
      firstContactOwner: 'supervision-office',
    }));

  it('stays with whoever took a complaint about others, and the contact is closed to those', () => {
    const asked = aContact(opens({ aboutStaff: ['2007'] }));
    expect(ticketOf(given(supervision).when(asked)).firstContactOwner).toBe('1001');
    expect(contactOf(given(supervision).when(asked)).aboutStaff).toEqual(['2007']);
  });

  it('sees the ticket from the widest unit they take contacts for', () => {
    const grants = [
      { role: 'analyst', unit: '/' },
      { role: 'call-taker', unit: '/mingcheng/centre' },
    ];
    const asked = given().when(aContact(), { actor: { ...CALL_TAKER, grants } });
    expect(ticketOf(asked).takenIn).toBe('/mingcheng/centre');
    expect(ticketOf(given().when(aContact(), { actor: CREW_MEMBER })).takenIn).toBeUndefined();
    const everywhere = { ...CALL_TAKER, grants: [{ role: 'call-taker', unit: '/' }] };
    expect(ticketOf(given().when(aContact(), { actor: everywhere })).takenIn).toBeUndefined();
  });
});
