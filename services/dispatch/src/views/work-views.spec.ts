import {
  CustomerRegistered,
  PasswordSet,
  StaffLeft,
  TicketClassified,
  TicketHandedOver,
  TicketPrioritised,
  WorkOrderPrioritised,
  WorkOrderRetyped,
} from '@shouwen/contracts';
import type { Event, View } from '@shouwen/engine';
import { plain } from '@shouwen/testkit';
import fc from 'fast-check';
import {
  AFFECTED,
  CREW,
  EAST,
  GRID,
  HEAT,
  OTHER_TICKET,
  RECEIVED,
  TICKET,
  WEST,
  WORK_ORDER,
  aCrewArrived,
  aCrewAssigned,
  aGridDefined,
  aNoAccessRecorded,
  aPostHeld,
  aStaffAppointed,
  aStaffRegistered,
  aTicketOpened,
  aUnitRegistered,
  aVisitAppointed,
  aWorkFinished,
  aWorkOrderIssued,
  aWorkOrderReassigned,
  aWorkOrderReturned,
  aWorkOrderSigned,
  aWorkOrderTicketAdded,
  aWorkOrderWithdrawn,
  at,
  recorded,
  sealedOf,
} from '../../test/build.js';
import { credentialsView } from './credentials.view.js';
import { crewBoardView } from './crew-board.view.js';
import { gridsView } from './grids.view.js';
import { postsView } from './posts.view.js';
import { priorityCustomersView } from './priority-customers.view.js';
import { staffView } from './staff.view.js';
import { unitsView } from './units.view.js';
import { workOrderTicketsView } from './work-order-tickets.view.js';
import { workOrdersView } from './work-orders.view.js';

/** Every document after the events, by id; inputs are frozen and what comes out is plain JSON. */
function documents(view: View, ...events: readonly Event[]): Record<string, object> {
  const kept = new Map<string, object>();
  for (const event of events.map((one) => plain(recorded(one)))) {
    const ids = [view.id(event) ?? []].flat();
    for (const id of ids) {
      const next = view.evolve(kept.get(id) ?? null, event, id, { blind: (value) => value });
      if (next) kept.set(id, plain(next));
      else kept.delete(id);
    }
  }
  return Object.fromEntries(kept);
}
const only = (view: View, ...events: readonly Event[]) =>
  Object.values(documents(view, ...events))[0];

describe('work orders', () => {
  const issued = [aWorkOrderIssued(), aCrewAssigned(), aWorkOrderSigned()];

  it('shows where the job lies, how far it is, and whom it is for', () =>
    expect(only(workOrdersView, ...issued, aCrewArrived('14:40'))).toEqual({
      ...{ workOrderId: WORK_ORDER, ticketIds: [TICKET], status: 'open', stage: 'arrived' },
      ...{ utility: 'heat', typeCode: 'heat.no-heat', category: 'repair' },
      ...{ isSafety: false, isPriority: false, queue: `2-${RECEIVED}` },
      ...{ unit: CREW, crew: CREW, gridCode: GRID, receivedAt: RECEIVED, issuedAt: RECEIVED },
      ...{ signedBy: '3001', signedAt: at('14:10'), chases: 0, firstArrivedAt: at('14:40') },
      visits: [{ what: 'arrived', at: at('14:40') }],
      ...{ affected: sealedOf(AFFECTED), aboutStaff: [] },
    }));
  it('puts danger first, then priority customers, then the longest wait', () => {
    const queueOf = (override: object) =>
      (only(workOrdersView, aWorkOrderIssued(override)) as { queue: string }).queue;
    const inOrder = [
      { isSafety: true, receivedAt: at('14:30') },
      { isSafety: false, isPriority: true, receivedAt: at('14:20') },
      { receivedAt: at('14:00') },
      { receivedAt: at('14:10') },
    ].map(queueOf);
    expect(inOrder).toEqual([...inOrder].sort());
  });
  it('moves up in the queue when a priority customer turns out to be behind it', () => {
    const known = { workOrderId: WORK_ORDER, ticketIds: [TICKET], unit: CREW };
    expect(only(workOrdersView, ...issued, WorkOrderPrioritised(known))).toMatchObject({
      ...{ isPriority: true, queue: `1-${RECEIVED}` },
    });
    const danger = [aWorkOrderIssued({ isSafety: true }), WorkOrderPrioritised(known)];
    expect(only(workOrdersView, ...danger)).toMatchObject({ queue: `0-${RECEIVED}` });
  });
  it('keeps a fact that comes late in its place', () =>
    expect(
      only(workOrdersView, ...issued, aWorkFinished('15:30'), aCrewArrived('14:40')),
    ).toMatchObject({ status: 'finished', stage: 'done', firstArrivedAt: at('14:40') }));
  it('forgets the slot when nobody opened', () =>
    expect(
      only(workOrdersView, ...issued, aVisitAppointed(), aNoAccessRecorded('14:50')),
    ).not.toHaveProperty('slot'));
  it('forgets crew and signature when it moves on', () => {
    const moved = only(workOrdersView, ...issued, aWorkOrderReturned(), aWorkOrderReassigned());
    expect(moved).toMatchObject({ status: 'open', stage: 'issued', unit: WEST });
    expect(moved).not.toHaveProperty('crew');
    expect(moved).not.toHaveProperty('signedBy');
    expect(moved).not.toHaveProperty('returnedBecause');
  });
  it('shows why it came back, and to whom', () =>
    expect(only(workOrdersView, ...issued, aWorkOrderReturned())).toMatchObject({
      ...{ status: 'returned', unit: HEAT, returnedBecause: 'not-ours' },
    }));
});

describe('the customers behind a work order', () => {
  const opened = aTicketOpened();

  it('are shown where the job lies', () =>
    expect(only(workOrderTicketsView, opened, aWorkOrderIssued(), aCrewAssigned())).toEqual({
      ...{ ticketId: TICKET, number: 'H260115-0000B001', isPriority: false, isSafety: false },
      ...{ owner: '1001', aboutStaff: [], aboutUnits: [], affected: sealedOf(AFFECTED) },
      ...{ workOrderIds: [WORK_ORDER], unit: CREW },
    }));
  it('are open to whoever answers for the ticket now, whichever log is read first', () => {
    const handedOver = TicketHandedOver({
      ...{ ticketId: TICKET, from: '1001', to: '1002', by: '1100' },
      ...{ because: 'instructed', affectedId: AFFECTED },
    });
    const issued = aWorkOrderIssued();
    for (const story of [
      [opened, handedOver, issued],
      [issued, opened, handedOver],
    ])
      expect(only(workOrderTicketsView, ...story)).toMatchObject({ owner: '1002', unit: EAST });
    expect(workOrderTicketsView.openTo).toEqual({ staff: 'owner', notFrom: 'aboutUnits' });
  });
  it('are hidden from crews while there is no job', () =>
    expect(only(workOrderTicketsView, opened)).toMatchObject({ unit: '/', workOrderIds: [] }));
  it('include everybody who shares the job', () =>
    expect(
      documents(workOrderTicketsView, aWorkOrderIssued(), aWorkOrderTicketAdded()),
    ).toMatchObject({
      [TICKET]: { workOrderIds: [WORK_ORDER] },
      [OTHER_TICKET]: { workOrderIds: [WORK_ORDER] },
    }));
  it('are marked once they turn out to be priority customers', () => {
    const told = { affectedId: AFFECTED, reason: '家中有新生儿' };
    const prioritised = (override: object) =>
      TicketPrioritised({
        ...{ ticketId: TICKET, number: 'H260115-0000B001', by: '1001', affectedId: AFFECTED },
        because: 'priority-told',
        ...override,
      });
    expect(only(workOrderTicketsView, opened, prioritised(told))).toMatchObject({
      ...{ isPriority: true, priority: { because: 'priority-told', told: sealedOf(AFFECTED) } },
    });
    const registered = { because: 'priority-registered', registeredAs: 'customer-main-C-1' };
    expect(only(workOrderTicketsView, opened, prioritised(registered))).toMatchObject({
      ...{ isPriority: true, priority: registered },
    });
  });
  it('read the same however the two logs interleave', () => {
    const dispatched = [aWorkOrderIssued(), aCrewAssigned(), aWorkOrderWithdrawn()];
    const inOrder = documents(workOrderTicketsView, opened, ...dispatched);
    fc.assert(
      fc.property(fc.integer({ min: 0, max: dispatched.length }), (place) => {
        const events = [...dispatched.slice(0, place), opened, ...dispatched.slice(place)];
        expect(documents(workOrderTicketsView, ...events)).toEqual(inOrder);
      }),
    );
  });
});

describe('priority customers', () => {
  const registered = (isPriority: boolean) =>
    CustomerRegistered({
      ...{ customerId: 'C-1', personId: 'customer-main-C-1', accountIds: ['A-1'], isPriority },
    });

  it('are kept while they are registered as such, and listed to nobody', () => {
    expect(only(priorityCustomersView, registered(true))).toEqual({
      personId: 'customer-main-C-1',
    });
    expect(documents(priorityCustomersView, registered(true), registered(false))).toEqual({});
    expect(priorityCustomersView.roles).toEqual([]);
  });
  it('leave out everybody else', () =>
    expect(documents(priorityCustomersView, registered(false))).toEqual({}));
});

describe('a unit that is complained about later', () => {
  const named = { aboutStaff: ['3001'], aboutUnits: [EAST] };

  it('sees neither the job nor the customer any more, whichever log is faster', () => {
    const classified = TicketClassified({
      ...{ ticketId: TICKET, number: 'H260115-0000B001', receivedAt: RECEIVED, by: '1001' },
      ...{ utility: 'heat', typeCode: 'heat.no-heat', category: 'repair', isSafety: false },
      ...{ needsWorkOrder: true, previousTypeCode: 'heat.no-heat', ...named },
    });
    const ours = [aTicketOpened(), aWorkOrderIssued(), aCrewAssigned()];
    for (const place of [1, 2, 3])
      expect(
        only(workOrderTicketsView, ...ours.slice(0, place), classified, ...ours.slice(place)),
      ).toMatchObject({ unit: HEAT, aboutStaff: ['3001'] });
    const retyped = WorkOrderRetyped({
      ...{ workOrderId: WORK_ORDER, ticketIds: [TICKET], unit: CREW, ...named },
      ...{ typeCode: 'heat.no-heat', category: 'repair', isSafety: false },
    });
    for (const done of [[], [aWorkFinished('15:00')]])
      expect(
        only(workOrdersView, aWorkOrderIssued(), aCrewAssigned(), ...done, retyped),
      ).toMatchObject({ unit: HEAT, aboutStaff: ['3001'] });
  });
});

describe('the board of crews', () => {
  it('counts what lies with whom', () =>
    expect(documents(crewBoardView, aWorkOrderIssued(), aCrewAssigned())).toEqual({
      [EAST]: { unit: EAST, workOrderIds: [], open: 0, finished: 0 },
      [CREW]: { unit: CREW, workOrderIds: [WORK_ORDER], open: 1, finished: 0 },
    }));
  it('counts what was done', () =>
    expect(
      documents(crewBoardView, aWorkOrderIssued(), aCrewAssigned(), aWorkFinished('15:30')),
    ).toMatchObject({ [CREW]: { open: 0, finished: 1, lastFinishedAt: at('15:30') } }));
  it('never counts a job twice', () => {
    const anyMoves = fc.shuffledSubarray([
      aCrewAssigned(),
      aWorkOrderReturned(),
      aWorkOrderReassigned({ from: HEAT }),
      aWorkOrderWithdrawn({ unit: WEST }),
    ]);
    fc.assert(
      fc.property(anyMoves, (moves) => {
        const boards = Object.values(documents(crewBoardView, aWorkOrderIssued(), ...moves));
        for (const board of boards as { open: number; workOrderIds: string[] }[]) {
          expect(board.open).toBe(board.workOrderIds.length);
          expect(board.open).toBeLessThanOrEqual(1);
        }
      }),
    );
  });
});

describe('organisation', () => {
  it('shows the tree', () =>
    expect(only(unitsView, aUnitRegistered(EAST))).toMatchObject({ unit: EAST, parent: HEAT }));
  it('shows posts by unit', () =>
    expect(only(postsView, aPostHeld({ deputy: '2002' }))).toEqual({
      ...{ unit: EAST, post: 'head-of-station', holder: '2001', deputy: '2002' },
      ...{ isVacant: false, since: RECEIVED },
    }));
  it('shows grids with their streets', () =>
    expect(only(gridsView, aGridDefined())).toMatchObject({ unit: EAST, streets: ['和平路'] }));
  it('shows the zone of a grid, as it was told last', () => {
    const rural = aGridDefined({ zone: 'rural' });
    expect(only(gridsView, aGridDefined(), rural)).toMatchObject({ unit: EAST, zone: 'rural' });
    expect(only(gridsView, rural, aGridDefined())).not.toHaveProperty('zone');
  });
  it('shows staff with their posts until they leave', () => {
    const joined = [aStaffRegistered('2001'), aStaffAppointed('2001')];
    expect(only(staffView, ...joined)).toMatchObject({
      ...{ staff: '2001', person: sealedOf('staff-2001'), isActive: true },
      posts: [{ unit: EAST, post: 'head-of-station', as: 'holder' }],
    });
    const left = StaffLeft({ staff: '2001', unit: EAST, successor: '2002', posts: [] });
    expect(only(staffView, ...joined, left)).toMatchObject({ isActive: false, posts: [] });
  });
});

describe('credentials', () => {
  const joined = aStaffRegistered('2001', EAST, { grants: [{ role: 'crew', unit: EAST }] });
  const set = PasswordSet({ staff: '2001', staffId: 'staff-2001', passwordHash: 'scrypt$…' });

  it('hold the sealed hash, never the hash, and are served to nobody', () => {
    expect(only(credentialsView, joined, set)).toEqual({
      ...{ staff: '2001', unit: EAST, grants: [{ role: 'crew', unit: EAST }] },
      ...{ person: sealedOf('staff-2001'), passwordSetAt: RECEIVED, knownTo: 1 },
    });
    expect(credentialsView.roles).toEqual([]);
  });
  it('open nothing for somebody who left', () =>
    expect(
      only(credentialsView, joined, set, StaffLeft({ staff: '2001', unit: EAST, posts: [] })),
    ).toEqual({ staff: '2001', unit: EAST, grants: [], hasLeft: true, knownTo: 1 }));
});
