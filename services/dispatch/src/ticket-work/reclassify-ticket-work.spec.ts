import { TicketWorkEnded, TicketWorkRetyped } from '@shouwen/contracts';
import { spec } from '@shouwen/testkit';
import {
  AFFECTED,
  EAST,
  GAS,
  GRID,
  HEAT,
  OTHER_WORK_ORDER,
  RECEIVED,
  SYSTEM,
  TICKET,
  WORK_ORDER,
  aTicketWorkBegun,
  aTicketWorkNoted,
  aWorkOrderIssued,
  theGrid,
  theRouting,
} from '../../test/build.js';
import { reclassifyTicketWork } from './reclassify-ticket-work.js';

const given = spec(reclassifyTicketWork, { actor: SYSTEM });
const classifying = (override: object = {}) => ({
  ...{ ticketId: TICKET, workOrderId: OTHER_WORK_ORDER, utility: 'heat' as const },
  ...{ typeCode: 'heat.no-heat', category: 'repair', needsWorkOrder: true, isSafety: false },
  ...{ receivedAt: RECEIVED, aboutStaff: [] as string[], aboutUnits: [] as string[] },
  ...{ gridCode: GRID, occurredAt: RECEIVED },
  ...override,
});
const ended = TicketWorkEnded({
  ...{ ticketId: TICKET, workOrderIds: [WORK_ORDER], because: 'reclassified' },
});
const retyped = (override: object = {}) =>
  TicketWorkRetyped({
    ...{ ticketId: TICKET, workOrderIds: [WORK_ORDER], typeCode: 'heat.leak' },
    ...{ category: 'repair', isSafety: false },
    ...override,
  });

describe('reclassify the work on a ticket', () => {
  it('issues a work order once the type needs one', () =>
    given(aTicketWorkNoted({ isPriority: true }), theGrid())
      .when(classifying())
      .records(
        aWorkOrderIssued({ workOrderId: OTHER_WORK_ORDER, isPriority: true }),
        aTicketWorkBegun({ workOrderId: OTHER_WORK_ORDER, isPriority: true }),
      ));
  it('issues one for a ticket that it never saw opened', () =>
    given(theGrid())
      .when(classifying())
      .records(
        aWorkOrderIssued({ workOrderId: OTHER_WORK_ORDER, affectedId: TICKET }),
        aTicketWorkBegun({ workOrderId: OTHER_WORK_ORDER, affectedId: TICKET }),
      ));
  it('changes nothing when told twice', () =>
    given(aTicketWorkBegun(), theGrid()).when(classifying()).changesNothing());
  it('closes its jobs to persons and units that it turns out to name', () => {
    const named = { aboutStaff: ['3001'], aboutUnits: [EAST] };
    const closed = retyped({ typeCode: 'heat.no-heat', ...named });
    given(aTicketWorkBegun(), theGrid()).when(classifying(named)).records(closed);
    given(aTicketWorkBegun(), closed, theGrid()).when(classifying(named)).changesNothing();
    const complaint = { category: 'complaint', needsWorkOrder: false, ...named };
    given(aTicketWorkBegun(), theGrid())
      .when(classifying(complaint))
      .records(retyped({ typeCode: 'heat.no-heat', category: 'complaint', ...named }), ended);
  });
  it('goes on under another type of the utility', () =>
    given(aTicketWorkBegun(), theGrid())
      .when(classifying({ typeCode: 'heat.leak' }))
      .records(retyped()));
  it('moves with another grid', () =>
    given(aTicketWorkBegun({ gridCode: 'HE-W9', unit: HEAT }), theGrid())
      .when(classifying())
      .records(retyped({ typeCode: 'heat.no-heat', gridCode: GRID, unit: EAST })));
  it('gives up the work of another utility and begins anew from the same receipt', () => {
    const gas = { utility: 'gas', typeCode: 'gas.leak-alarm', category: 'emergency' } as const;
    const { gridCode: _gridCode, ...command } = classifying({ ...gas, isSafety: true });
    const events = given(aTicketWorkBegun(), theRouting()).when(command).events();
    expect(events.map(({ type }) => type)).toEqual([
      'dispatch.work-order-issued',
      'dispatch.ticket-work-ended',
      'dispatch.ticket-work-begun',
    ]);
    expect(events[0]!.data).toMatchObject({
      ...{ ...gas, isSafety: true, receivedAt: RECEIVED, affectedId: AFFECTED },
    });
    expect(events[1]).toEqual(ended);
  });
  it('ends the work that the new type needs no more', () =>
    given(aTicketWorkBegun(), theGrid())
      .when(classifying({ needsWorkOrder: false, category: 'complaint' }))
      .records(ended));
  it('changes nothing where there was no work and none is needed', () =>
    given(aTicketWorkNoted(), theGrid())
      .when(classifying({ needsWorkOrder: false }))
      .changesNothing());
  it('keeps the unit that intake chose before the ticket was classified', () =>
    given(aTicketWorkNoted({ unit: GAS }), theGrid())
      .when(classifying())
      .records(
        aWorkOrderIssued({ workOrderId: OTHER_WORK_ORDER, unit: GAS }),
        aTicketWorkBegun({ workOrderId: OTHER_WORK_ORDER, unit: GAS }),
      ));
});
