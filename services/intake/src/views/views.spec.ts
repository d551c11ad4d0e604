import {
  ContactRecorded,
  CustomerRegistered,
  FeedbackGiven,
  TicketChased,
  TicketClassified,
  TicketHandedOver,
  TicketJoined,
  TicketPrioritised,
  TicketRouted,
  VerificationRecorded,
} from '@shouwen/contracts';
import type { Event, Recorded, View, ViewTools } from '@shouwen/engine';
import { NOW, plain } from '@shouwen/testkit';
import {
  AFFECTED,
  aCallback,
  aContactRecorded,
  anAnswer,
  aServicePoint,
  aTicketClosed,
  aTicketOpened,
  aTicketReopened,
  aWorkResult,
  CALLER,
  CONTACT,
  LATER,
  NUMBER,
  OTHER_CONTACT,
  recorded,
  TICKET,
  WORK_ORDER,
} from '../../test/build.js';
import { contactsView } from './contacts.view.js';
import { customersView } from './customers.view.js';
import { servicePointsView } from './service-points.view.js';
import { ticketCallersView } from './ticket-callers.view.js';
import { ticketTraitsView } from './ticket-traits.view.js';
import { ticketsView } from './tickets.view.js';

/** Shows what was hashed, so that a spec can say what meets what. */
const tools: ViewTools = { blind: (value) => `blind(${value})` };

const folded = (view: View, id: string, ...events: readonly Recorded<Event>[]): object | null =>
  events.reduce<object | null>((document, event) => {
    const ids = [view.id(event) ?? []].flat();
    return ids.includes(id) ? plain(view.evolve(document, plain(event), id, tools)) : document;
  }, null);

const classified = TicketClassified({
  ticketId: TICKET,
  number: NUMBER,
  receivedAt: NOW,
  utility: 'heat',
  typeCode: 'heat.complaint',
  category: 'complaint',
  needsWorkOrder: false,
  isSafety: false,
  gridCode: 'H-E-02',
  previousTypeCode: 'heat.no-heat',
  by: '1001',
  aboutStaff: ['2007'],
  aboutUnits: [],
  contactIds: [CONTACT],
});
const routed = TicketRouted({ ticketId: TICKET, unit: '/mingcheng/heat/east' });
const opened = recorded(aTicketOpened({ takenIn: '/mingcheng' }), {
  sealed: ['affectedId', 'callerId'],
});
const sealedFor = (subject: string) => ({
  $sealed: `sealed for ${subject}`,
  subject,
  event: 'event-1',
  kinds: {},
});

describe('tickets', () => {
  const open = {
    ticketId: TICKET,
    number: NUMBER,
    status: 'open',
    contactId: CONTACT,
    contactIds: [CONTACT],
    channel: 'phone',
    receivedAt: NOW,
    utility: 'heat',
    typeCode: 'heat.no-heat',
    category: 'repair',
    needsWorkOrder: true,
    isSafety: false,
    unit: '/mingcheng',
    owner: '1001',
    affectedId: AFFECTED,
    isAnonymous: false,
    isConfidential: false,
    isPriority: false,
    isLateEntry: false,
    aboutStaff: [],
    aboutUnits: [],
    chases: 0,
    reopenings: 0,
    verified: {},
    affected: sealedFor('affectedId'),
    notes: [],
    answers: [],
    feedbacks: [],
    workResults: [],
    callbacks: [],
    evidence: [],
    impossible: [],
  };

  it('show an open ticket with the affected person and without the caller', () =>
    expect(folded(ticketsView, TICKET, opened)).toEqual(open));

  it('follow type, unit, owner and chases', () =>
    expect(
      folded(
        ticketsView,
        TICKET,
        opened,
        recorded(classified),
        recorded(routed),
        recorded(TicketChased({ ticketId: TICKET, number: NUMBER, by: '1001', count: 2 })),
        recorded(
          TicketHandedOver({
            ticketId: TICKET,
            from: '1001',
            to: '1002',
            by: '1100',
            because: 'instructed',
            affectedId: AFFECTED,
          }),
        ),
      ),
    ).toEqual({
      ...open,
      typeCode: 'heat.complaint',
      category: 'complaint',
      needsWorkOrder: false,
      gridCode: 'H-E-02',
      aboutStaff: ['2007'],
      unit: '/mingcheng/heat/east',
      chases: 2,
      owner: '1002',
    }));

  it('tell what was said and done', () => {
    const joined = TicketJoined({
      ticketId: TICKET,
      contactId: OTHER_CONTACT,
      by: '1001',
      callerId: CALLER,
    });
    expect(
      folded(
        ticketsView,
        TICKET,
        opened,
        recorded(joined, { at: LATER, sealed: ['callerId'] }),
        recorded(anAnswer(), { at: LATER, sealed: ['affectedId'] }),
        recorded(aWorkResult(), { at: LATER }),
        recorded(aCallback(), { at: LATER }),
      ),
    ).toEqual({
      ...open,
      contactIds: [CONTACT, OTHER_CONTACT],
      notes: [{ contactId: OTHER_CONTACT, at: LATER, said: sealedFor('callerId') }],
      answers: [
        { by: '1001', at: LATER, how: 'phone', isInSubstance: true, said: sealedFor('affectedId') },
      ],
      workResults: [{ workOrderId: WORK_ORDER, by: '2007', at: LATER, outcome: 'restored' }],
      callbacks: [
        {
          at: LATER,
          by: '1001',
          isReached: true,
          isSatisfied: true,
          attitude: 'good',
          workQuality: 'good',
          timeliness: 'good',
          result: 'good',
        },
      ],
    });
  });

  it('show how each person was verified, the newest way of each', () => {
    const verified = (persons: VerificationRecorded['data']['persons'], how: 'voice' | 'on-site') =>
      recorded(VerificationRecorded({ ticketId: TICKET, by: '1001', persons, how }));
    const both = verified(['caller', 'affected'], 'voice');
    expect(folded(ticketsView, TICKET, opened, both, verified(['affected'], 'on-site'))).toEqual({
      ...open,
      verified: { caller: 'voice', affected: 'on-site' },
    });
  });

  it('show that it became a priority, and why', () => {
    const prioritised = TicketPrioritised({
      ...{ ticketId: TICKET, number: NUMBER, by: '1001', affectedId: AFFECTED },
      because: 'priority-registered',
      registeredAs: 'customer-main-C-1',
    });
    const at = LATER;
    const because = 'priority-registered';
    const bySystem = recorded(prioritised, { at });
    expect(folded(ticketsView, TICKET, opened, bySystem)).toEqual({
      ...open,
      isPriority: true,
      priority: { because, by: '1001', at, registeredAs: 'customer-main-C-1' },
    });
    const told = recorded(prioritised, { at, sealed: ['affectedId'] });
    expect(folded(ticketsView, TICKET, opened, told)).toMatchObject({
      priority: { told: sealedFor('affectedId') },
    });
  });

  it('show what whoever answers for it was told', () => {
    const given = FeedbackGiven({
      ...{ ticketId: TICKET, by: '3101', to: '1001', affectedId: AFFECTED },
    });
    const event = recorded(given, { at: LATER, sealed: ['affectedId'] });
    expect(folded(ticketsView, TICKET, opened, event)).toEqual({
      ...open,
      feedbacks: [{ by: '3101', to: '1001', at: LATER, said: sealedFor('affectedId') }],
    });
  });

  it('show how a ticket was closed, and take it back when it is reopened', () => {
    const impossible = [{ evidence: 'callback', because: 'anonymous' as const }];
    const closed = recorded(aTicketClosed({ evidence: ['answer'], impossible }), { at: LATER });
    expect(folded(ticketsView, TICKET, opened, closed)).toEqual({
      ...open,
      status: 'closed',
      closedAt: LATER,
      evidence: ['answer'],
      impossible,
    });
    const reopened = recorded(aTicketReopened(), { at: LATER });
    expect(folded(ticketsView, TICKET, opened, closed, reopened)).toEqual({
      ...open,
      reopenings: 1,
    });
  });

  it('are kept from staff that are named', () => expect(ticketsView.closedTo).toBe('aboutStaff'));
});

describe('contacts', () => {
  const source = { system: 'city-hotline', id: 'MC-7' };
  const contact = recorded(aContactRecorded({ source, aboutStaff: ['2008'] }), {
    sealed: ['callerId'],
  });
  const document = {
    contactId: CONTACT,
    channel: 'phone',
    receivedAt: NOW,
    takenBy: '1001',
    unit: '/mingcheng',
    callerId: CALLER,
    isAnonymous: false,
    isConfidential: false,
    isLateEntry: false,
    disposition: 'matters',
    source,
    matters: [{ ticketId: TICKET, how: 'opened' }],
    aboutStaff: ['2008'],
    caller: sealedFor('callerId'),
  };

  it('show the caller, and what the contact led to', () =>
    expect(folded(contactsView, CONTACT, contact)).toEqual(document));

  it('say how the caller was verified', () =>
    expect(
      folded(
        contactsView,
        CONTACT,
        recorded(aContactRecorded({ callerVerification: 'account-number' })),
      ),
    ).toMatchObject({ callerVerification: 'account-number' }));

  it('keep a confidential caller who was taken for all units to the root', () => {
    const { takenIn: _takenIn, ...data } = aContactRecorded({ isConfidential: true }).data;
    const taken = recorded(ContactRecorded(data));
    expect(folded(contactsView, CONTACT, taken)).toMatchObject({ unit: '/' });
    const open = recorded(ContactRecorded({ ...data, isConfidential: false }));
    expect(folded(contactsView, CONTACT, open)).not.toHaveProperty('unit');
  });

  it('are closed to staff that are named later', () =>
    expect(folded(contactsView, CONTACT, contact, recorded(classified))).toEqual({
      ...document,
      aboutStaff: ['2008', '2007'],
    }));

  it('are not read by those who handle the work', () => {
    expect(contactsView.roles).not.toContain('dispatcher');
    expect(contactsView.roles).not.toContain('crew');
  });
});

describe('traits of tickets', () => {
  const traits = {
    ticketId: TICKET,
    number: NUMBER,
    status: 'open',
    receivedAt: NOW,
    utility: 'heat',
    typeCode: 'heat.no-heat',
    gridCode: 'H-E-01',
    accountId: 'A-1',
    servicePointId: 'SP-1',
    phone: 'blind(phone:13900000001)',
    address: 'blind(address:槐荫路6号2单元301)',
    aboutStaff: [],
  };
  const withTraits = recorded(
    aTicketOpened({
      gridCode: 'H-E-01',
      accountId: 'A-1',
      servicePointId: 'SP-1',
      affectedPhone: '+86 139-0000-0001',
      address: '槐荫路６号 2单元，301',
    }),
  );

  it('hold phones and address as keyed hashes only', () =>
    expect(folded(ticketTraitsView, TICKET, withTraits)).toEqual(traits));

  it('follow type, unit and status', () =>
    expect(
      folded(
        ticketTraitsView,
        TICKET,
        withTraits,
        recorded(classified),
        recorded(routed),
        recorded(aTicketClosed()),
      ),
    ).toEqual({
      ...traits,
      status: 'closed',
      typeCode: 'heat.complaint',
      gridCode: 'H-E-02',
      unit: '/mingcheng/heat/east',
      aboutStaff: ['2007'],
    }));

  it('are open again after a reopening', () =>
    expect(
      folded(
        ticketTraitsView,
        TICKET,
        withTraits,
        recorded(aTicketClosed()),
        recorded(aTicketReopened()),
      ),
    ).toEqual(traits));

  it('leave out what an erased person told', () => {
    const { address: _address, phone: _phone, ...rest } = traits;
    const erased = recorded(
      aTicketOpened({ gridCode: 'H-E-01', accountId: 'A-1', servicePointId: 'SP-1' }),
    );
    expect(folded(ticketTraitsView, TICKET, erased)).toEqual(rest);
  });

  it('are read by nobody over HTTP', () => expect(ticketTraitsView.roles).toEqual([]));
});

describe('callers of tickets', () => {
  const id = `${TICKET}:${CONTACT}`;

  it('hold the line of everybody who called, a confidential caller included', () =>
    expect(
      folded(
        ticketCallersView,
        id,
        recorded(aContactRecorded({ callerPhone: '0086 13900000009', isConfidential: true })),
      ),
    ).toEqual({ ticketId: TICKET, receivedAt: NOW, phone: 'blind(phone:13900000009)' }));

  it('have nobody where no number is known', () =>
    expect(folded(ticketCallersView, id, recorded(aContactRecorded()))).toBeNull());
});

describe('customers and service points', () => {
  it('hold the person sealed and the phone as a keyed hash', () => {
    const registered = CustomerRegistered({
      customerId: 'C-1',
      personId: 'customer-main-C-1',
      accountIds: ['A-1'],
      isPriority: true,
      phone: '139 0000 0002',
    });
    expect(folded(customersView, 'C-1', recorded(registered, { sealed: ['personId'] }))).toEqual({
      customerId: 'C-1',
      personId: 'customer-main-C-1',
      accountIds: ['A-1'],
      isPriority: true,
      phone: 'blind(phone:13900000002)',
      person: sealedFor('personId'),
    });
  });

  it('hold where a service point is and whose', () =>
    expect(
      folded(servicePointsView, 'SP-1', recorded(aServicePoint(), { sealed: ['subjectId'] })),
    ).toEqual({
      servicePointId: 'SP-1',
      utility: 'heat',
      gridCode: 'H-E-01',
      accountId: 'A-1',
      customerId: 'C-1',
      place: sealedFor('subjectId'),
    }));
});
