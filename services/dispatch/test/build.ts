// Commands and events with valid defaults. Ids and instants are fixed; what a spec does not name does not matter.
import {
  ChasePassedOn,
  CrewArrived,
  CrewAssigned,
  CrewDeparted,
  GridDefined,
  NoAccessRecorded,
  PostHeld,
  StaffAppointed,
  StaffRegistered,
  TicketOpened,
  TicketWorkBegun,
  TicketWorkNoted,
  UnitRegistered,
  UtilityRouted,
  VisitAppointed,
  WorkFinished,
  WorkOrderChased,
  WorkOrderIssued,
  WorkOrderReassigned,
  WorkOrderReturned,
  WorkOrderSigned,
  WorkOrderTicketAdded,
  WorkOrderWithdrawn,
} from '@shouwen/contracts';
import type { Actor, Event, Recorded, Sealed } from '@shouwen/engine';
import { loadStandards } from '@shouwen/standards';
import { past } from '@shouwen/testkit';
import { grids } from '../src/grid/grid.js';
import { posts } from '../src/post/post.js';
import { routings } from '../src/routing/routing.js';
import { staff } from '../src/staff/staff.js';
import { ticketWorks } from '../src/ticket-work/ticket-work.js';
import { units } from '../src/unit/unit.js';
import { workOrders } from '../src/work-order/work-order.js';

/** The shipped packs: waits and gates in specs are those that crews meet. */
export const standards = await loadStandards();

export const GROUP = '/mingcheng';
export const HEAT = '/mingcheng/heat';
export const EAST = '/mingcheng/heat/east';
export const WEST = '/mingcheng/heat/west';
export const CREW = '/mingcheng/heat/east/crew-1';
export const OTHER_CREW = '/mingcheng/heat/east/crew-2';
export const GAS = '/mingcheng/gas';
export const GRID = 'HE-E1';
export const TICKET = '018f4b3c-0000-7000-8000-00000000b001';
export const OTHER_TICKET = '018f4b3c-0000-7000-8000-00000000b002';
export const WORK_ORDER = '018f4b3c-0000-7000-8000-00000000a001';
export const OTHER_WORK_ORDER = '018f4b3c-0000-7000-8000-00000000a002';
export const AFFECTED = 'affected-1';
export const RECEIVED = '2026-01-15T06:00:00.000Z';

/** An instant on the day of receipt, by local clock: `at('14:30')`. */
export const at = (local: string): string =>
  new Date(`2026-01-15T${local}:00.000+08:00`).toISOString();

const actor = (number: string, role: string, unit: string): Actor => ({
  number,
  tenant: 'main',
  grants: [{ role, unit }],
});
export const ADMINISTRATOR = actor('1000', 'administrator', GROUP);
export const HEAT_ADMINISTRATOR = actor('1009', 'administrator', HEAT);
export const DISPATCHER = actor('2001', 'dispatcher', HEAT);
export const CREW_MEMBER = actor('3001', 'crew', CREW);
export const SYSTEM: Actor = { number: 'system:dispatch.test', tenant: 'main', grants: [] };

export const aUnitRegistered = (unit: string, override: object = {}) => {
  const parent = unit.slice(0, unit.lastIndexOf('/'));
  const kinds = ['group', 'company', 'station', 'crew'] as const;
  const depth = unit.split('/').length - 2;
  return UnitRegistered({
    unit,
    ...(parent ? { parent } : {}),
    name: `单位${unit.split('/').length}`,
    nameEn: unit.slice(unit.lastIndexOf('/') + 1),
    kind: kinds[depth]!,
    ...(unit.startsWith(HEAT) ? { utility: 'heat' as const } : {}),
    ...(unit.startsWith(GAS) ? { utility: 'gas' as const } : {}),
    ...override,
  });
};
/** A unit that is there, as history of its own stream. */
export const theUnit = (unit: string) => past(units, unit, aUnitRegistered(unit));

export const aStaffRegistered = (number: string, unit: string = EAST, override: object = {}) =>
  StaffRegistered({ staff: number, staffId: `staff-${number}`, unit, grants: [], ...override });
export const aStaffAppointed = (number: string, override: object = {}) =>
  StaffAppointed({ staff: number, post: 'head-of-station', unit: EAST, as: 'holder', ...override });
/** Somebody who works here. */
export const theStaff = (number: string, unit: string = EAST) =>
  past(staff, number, aStaffRegistered(number, unit));

export const aPostHeld = (override: object = {}) =>
  PostHeld({ post: 'head-of-station', unit: EAST, holder: '2001', ...override });
export const thePosts = (unit: string, ...events: readonly PostHeld[]) =>
  past(posts, unit, ...events);

export const aGridDefined = (override: object = {}) =>
  GridDefined({
    ...{ gridCode: GRID, utility: 'heat', name: '城东一片', unit: EAST },
    streets: ['和平路'],
    ...override,
  });
export const theGrid = () => past(grids, GRID, aGridDefined());
export const theRouting = (override: object = {}) =>
  past(routings, 'heat', UtilityRouted({ utility: 'heat', unit: HEAT, ...override }));

const matter = {
  ...{ utility: 'heat' as const, typeCode: 'heat.no-heat', category: 'repair' },
  ...{ isSafety: false, isPriority: false, unit: EAST, gridCode: GRID },
  ...{ receivedAt: RECEIVED, affectedId: AFFECTED },
};

export const aWorkOrderIssued = (override: object = {}) =>
  WorkOrderIssued({
    ...{ workOrderId: WORK_ORDER, ticketIds: [TICKET] },
    ...{ ...matter, issuedAt: RECEIVED, aboutStaff: [], aboutUnits: [] },
    ...override,
  });
export const aTicketWorkBegun = (override: object = {}) =>
  TicketWorkBegun({
    ...{ ticketId: TICKET, workOrderId: WORK_ORDER },
    ...{ ...matter, aboutStaff: [], aboutUnits: [] },
    ...override,
  });
export const aTicketWorkNoted = (override: object = {}) =>
  TicketWorkNoted({
    ...{ ticketId: TICKET, isPriority: false, receivedAt: RECEIVED, affectedId: AFFECTED },
    ...{ aboutStaff: [], aboutUnits: [] },
    ...override,
  });
/** A ticket that dispatch knows, with a work order of its own. */
export const theTicket = (ticketId: string, workOrderId: string, override: object = {}) =>
  past(ticketWorks, ticketId, aTicketWorkBegun({ ticketId, workOrderId, ...override }));
export const theWorkOrder = (workOrderId: string, override: object = {}) =>
  past(workOrders, workOrderId, aWorkOrderIssued({ workOrderId, ...override }));

const job = { workOrderId: WORK_ORDER, ticketIds: [TICKET] };
const onSite = { ...job, unit: CREW, by: '3001' };
export const aCrewAssigned = (override: object = {}) =>
  CrewAssigned({ ...job, unit: EAST, from: EAST, crew: CREW, by: '2001', ...override });
export const aWorkOrderSigned = (override: object = {}) =>
  WorkOrderSigned({ ...job, unit: CREW, signedBy: '3001', signedAt: at('14:10'), ...override });
export const aCrewDeparted = (time: string) => CrewDeparted({ ...onSite, departedAt: at(time) });
export const aCrewArrived = (time: string) => CrewArrived({ ...onSite, arrivedAt: at(time) });
export const aNoAccessRecorded = (time: string, override: object = {}) =>
  NoAccessRecorded({
    ...{ ...onSite, leftAt: at(time), waitedMinutes: 15, cardPlace: 'letterbox' },
    ...{ contactId: 'staff-3001', contactPerson: '陈工', contactPhone: '13900000001' },
    ...override,
  });
export const aVisitAppointed = (override: object = {}) =>
  VisitAppointed({ ...onSite, from: at('18:00'), to: at('20:00'), ...override });
export const aWorkFinished = (time: string, override: object = {}) =>
  WorkFinished({
    ...{ ...onSite, finishedAt: at(time), outcome: 'restored', signature: 'signed' },
    ...{ affectedId: AFFECTED, result: '更换阀门' },
    ...override,
  });
export const aWorkOrderReturned = (override: object = {}) =>
  WorkOrderReturned({
    ...{ ...job, from: EAST, unit: HEAT, by: '2001', returnedAt: at('14:20') },
    ...{ reason: 'not-ours', affectedId: AFFECTED },
    ...override,
  });
export const aWorkOrderReassigned = (override: object = {}) =>
  WorkOrderReassigned({
    ...{ ...job, from: EAST, unit: WEST, by: '2001', affectedId: AFFECTED },
    ...override,
  });
export const aWorkOrderWithdrawn = (override: object = {}) =>
  WorkOrderWithdrawn({
    ...{ ...job, unit: EAST, because: 'not-needed', withdrawnAt: at('15:00') },
    ...override,
  });
export const aWorkOrderChased = (override: object = {}) =>
  WorkOrderChased({ ...job, ticketId: TICKET, unit: EAST, count: 1, ...override });
export const aChasePassedOn = (override: object = {}) =>
  ChasePassedOn({
    ...{ ...job, ticketId: TICKET, unit: EAST, count: 1 },
    tells: [{ post: 'dispatcher', staff: '2001' }],
    ...override,
  });
export const aWorkOrderTicketAdded = (override: object = {}) =>
  WorkOrderTicketAdded({
    ...{ workOrderId: WORK_ORDER, ticketIds: [TICKET, OTHER_TICKET], ticketId: OTHER_TICKET },
    ...{ isSafety: false, isPriority: false, receivedAt: RECEIVED, aboutStaff: [], unit: EAST },
    ...override,
  });

export const aTicketOpened = (override: object = {}) =>
  TicketOpened({
    ...{ ticketId: TICKET, number: 'H260115-0000B001', channel: 'phone', receivedAt: RECEIVED },
    contactId: '018f4b3c-0000-7000-8000-00000000c001',
    ...{ utility: 'heat', typeCode: 'heat.no-heat', category: 'repair' },
    ...{ needsWorkOrder: true, isSafety: false, gridCode: GRID },
    ...{ callerId: 'caller-1', affectedId: AFFECTED, firstContactOwner: '1001' },
    ...{ isByMachine: false, isAnonymous: false, isConfidential: false, isPriority: false },
    ...{ aboutStaff: [], aboutUnits: [], isLateEntry: false },
    ...{ affectedName: '李梅', affectedPhone: '13800000001', address: '和平路8号' },
    ...{ description: '暖气不热', callerName: '林晓青', callerPhone: '13900000009' },
    ...override,
  });

export const sealedOf = (subject: string): Sealed => ({
  $sealed: `sealed text of ${subject}`,
  subject,
  event: 'event-1',
  kinds: {},
});

/** An event as consumers see it: personal fields sealed by the fields that name their subjects. */
export const recorded = <E extends Event>(event: E, override: object = {}): Recorded<E> => {
  const subjects = ['affectedId', 'staffId', 'contactId'];
  const data = event.data as Record<string, unknown>;
  const sealed = subjects.flatMap((field) =>
    typeof data[field] === 'string' ? [[field, sealedOf(data[field])]] : [],
  );
  return {
    ...event,
    ...{
      id: 'event-1',
      log: 'dispatch.main',
      g: 1,
      stream: 'stream',
      streamVersion: 1,
      key: 'key',
    },
    ...{ occurredAt: RECEIVED, recordedAt: RECEIVED },
    meta: { actor: '1001', tenant: 'main', correlation: 'commit-1' },
    sealed: Object.fromEntries(sealed) as Record<string, Sealed>,
    ...override,
  };
};
