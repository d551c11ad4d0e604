// Commands and events with valid defaults. Ids and instants are fixed; what a spec does not name does not matter.
import type { Actor, Event, Recorded, Sealed } from '@shouwen/engine';
import {
  CallbackRecorded,
  ContactRecorded,
  ExternalMatterLinked,
  SeatNoted,
  ServicePointRegistered,
  TicketAnswered,
  TicketClosed,
  TicketOpened,
  TicketReopened,
  WorkResultRecorded,
} from '@shouwen/contracts';
import { loadStandards } from '@shouwen/standards';
import { NOW } from '@shouwen/testkit';
import { ticketIdOf, ticketNumber } from '../src/ticket/number.js';

/** The shipped packs: gates and types in specs are those that customers get. */
export const standards = await loadStandards();

export const CONTACT = '018f4b3c-0000-7000-8000-00000000c001';
export const OTHER_CONTACT = '018f4b3c-0000-7000-8000-00000000c002';
export const TICKET = ticketIdOf(CONTACT, 0);
export const SECOND_TICKET = ticketIdOf(CONTACT, 1);
export const OTHER_TICKET = '018f4b3c-0000-7000-8000-00000000d001';
export const WORK_ORDER = '018f4b3c-0000-7000-8000-00000000e001';
export const NUMBER = ticketNumber(TICKET, 'heat', NOW);
export const LATER = '2026-01-15T09:30:00.000Z';
export const CALLER = 'caller-1';
export const AFFECTED = 'affected-1';
export const SOURCE = { system: 'city-hotline', id: 'MC-7' };
export const EXTERNAL = 'main:city-hotline:MC-7';

export const CALL_TAKER: Actor = {
  number: '1001',
  tenant: 'main',
  grants: [{ role: 'call-taker', unit: '/mingcheng' }],
};
export const CREW_MEMBER: Actor = {
  number: '2007',
  tenant: 'main',
  grants: [{ role: 'crew', unit: '/mingcheng/heat/east/crew-1' }],
};
export const IMPORTER: Actor = {
  number: 'import',
  tenant: 'main',
  grants: [{ role: 'integration', unit: '/mingcheng' }],
};

/** A call about a cold flat. */
export const aContact = (override: object = {}) => ({
  contactId: CONTACT,
  channel: 'phone' as const,
  callerId: CALLER,
  callerName: '林晓青',
  callerPhone: '13900000001',
  matters: [{ opens: anOpening() }],
  ...override,
});

export const anOpening = (override: object = {}) => ({
  utility: 'heat' as const,
  typeCode: 'heat.no-heat',
  description: '客厅暖气从昨晚起是凉的',
  address: '槐荫路6号2单元301',
  ...override,
});

const opened = {
  ticketId: TICKET,
  number: NUMBER,
  contactId: CONTACT,
  channel: 'phone' as const,
  receivedAt: NOW,
  utility: 'heat' as const,
  typeCode: 'heat.no-heat',
  category: 'repair' as const,
  needsWorkOrder: true,
  isSafety: false,
  callerId: CALLER,
  affectedId: AFFECTED,
  firstContactOwner: '1001',
  isByMachine: false,
  isAnonymous: false,
  isConfidential: false,
  isPriority: false,
  aboutStaff: [] as string[],
  aboutUnits: [] as string[],
  isLateEntry: false,
};

export const aTicketOpened = (override: Partial<TicketOpened['data']> = {}) =>
  TicketOpened({ ...opened, ...override });

/** Water enquiries close on an answer alone. */
export const anEnquiryOpened = (override: Partial<TicketOpened['data']> = {}) =>
  aTicketOpened({
    utility: 'water',
    typeCode: 'water.consultation',
    category: 'consultation',
    needsWorkOrder: false,
    ...override,
  });

export const aComplaintOpened = (override: Partial<TicketOpened['data']> = {}) =>
  aTicketOpened({
    typeCode: 'heat.complaint',
    category: 'complaint',
    needsWorkOrder: false,
    aboutStaff: ['2007'],
    ...override,
  });

export const anAnswer = (override: Partial<TicketAnswered['data']> = {}) =>
  TicketAnswered({
    ticketId: TICKET,
    by: '1001',
    how: 'phone',
    isInSubstance: true,
    affectedId: AFFECTED,
    ...override,
  });

export const aWorkResult = (override: Partial<WorkResultRecorded['data']> = {}) =>
  WorkResultRecorded({
    ticketId: TICKET,
    workOrderId: WORK_ORDER,
    outcome: 'restored',
    signature: 'signed',
    by: '2007',
    unit: '/mingcheng/heat/east/crew-1',
    ...override,
  });

export const aCallback = (override: Partial<CallbackRecorded['data']> = {}) =>
  CallbackRecorded({
    ticketId: TICKET,
    by: '1001',
    isReached: true,
    isSatisfied: true,
    attitude: 'good',
    workQuality: 'good',
    timeliness: 'good',
    result: 'good',
    affectedId: AFFECTED,
    ...override,
  });

export const aTicketClosed = (override: Partial<TicketClosed['data']> = {}) =>
  TicketClosed({
    ticketId: TICKET,
    number: NUMBER,
    by: '1001',
    evidence: [],
    impossible: [],
    ...override,
  });

export const aTicketReopened = (override: Partial<TicketReopened['data']> = {}) =>
  TicketReopened({
    ticketId: TICKET,
    number: NUMBER,
    by: '1001',
    count: 1,
    continues: ['restore'],
    restarts: ['arrive'],
    firstContactOwner: '1001',
    affectedId: AFFECTED,
    ...override,
  });

export const aContactRecorded = (override: Partial<ContactRecorded['data']> = {}) =>
  ContactRecorded(
    {
      contactId: CONTACT,
      channel: 'phone',
      receivedAt: NOW,
      takenBy: '1001',
      takenIn: '/mingcheng',
      callerId: CALLER,
      isAnonymous: false,
      isConfidential: false,
      isLateEntry: false,
      disposition: 'matters',
      matters: [{ ticketId: TICKET, how: 'opened' }],
      aboutStaff: [],
      ...override,
    },
    { occurredAt: override.receivedAt ?? NOW },
  );

export const aLink = (ticketId = OTHER_TICKET) =>
  ExternalMatterLinked({ externalMatterId: EXTERNAL, ticketId, contactId: OTHER_CONTACT });

export const aSeat = (override: Partial<SeatNoted['data']> = {}) =>
  SeatNoted({
    seatId: 'supervision-office',
    unit: '/mingcheng/supervision',
    holder: '1300',
    deputy: '1301',
    ...override,
  });

export const aServicePoint = (override: Partial<ServicePointRegistered['data']> = {}) =>
  ServicePointRegistered({
    servicePointId: 'SP-1',
    utility: 'heat',
    gridCode: 'H-E-01',
    accountId: 'A-1',
    customerId: 'C-1',
    subjectId: 'customer-main-C-1',
    ...override,
  });

const sealedAs = (subject: string): Sealed => ({
  $sealed: `sealed for ${subject}`,
  subject,
  event: 'event-1',
  kinds: {},
});

/** The event as a consumer sees it. */
export const recorded = <E extends Event>(
  event: E,
  override: { at?: string; sealed?: readonly string[]; actor?: string } = {},
): Recorded<E> => {
  const { at = NOW, sealed = [], actor = '1001' } = override;
  return {
    ...event,
    id: 'event-1',
    log: 'intake.main',
    g: 1,
    stream: 'stream-1',
    streamVersion: 1,
    key: 'key-1',
    occurredAt: event.occurredAt ?? at,
    recordedAt: at,
    meta: { actor, tenant: 'main', correlation: 'correlation-1' },
    sealed: Object.fromEntries(sealed.map((field) => [field, sealedAs(field)])),
  };
};
