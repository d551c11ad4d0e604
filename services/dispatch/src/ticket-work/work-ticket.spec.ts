import { spec } from '@shouwen/testkit';
import {
  AFFECTED,
  EAST,
  GAS,
  GRID,
  HEAT,
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
import { noteTicket } from './note-ticket.js';
import { workTicket } from './work-ticket.js';

const facts = {
  ...{ ticketId: TICKET, isPriority: false, receivedAt: RECEIVED, affectedId: AFFECTED },
  ...{ aboutStaff: [] as string[], aboutUnits: [] as string[] },
};
const working = (override: object = {}) => ({
  ...{ ...facts, workOrderId: WORK_ORDER, utility: 'heat' as const, typeCode: 'heat.no-heat' },
  ...{ category: 'repair', isSafety: false, gridCode: GRID, occurredAt: RECEIVED },
  ...override,
});

describe('work a ticket', () => {
  const given = spec(workTicket, { actor: SYSTEM });

  it('issues a work order to the unit of the grid, with the affected person', () =>
    given(theGrid(), theRouting())
      .when(working({ affectedName: '李梅', affectedPhone: '13800000001', address: '和平路8号' }))
      .records(
        aWorkOrderIssued({
          ...{ affectedName: '李梅', affectedPhone: '13800000001', address: '和平路8号' },
        }),
        aTicketWorkBegun(),
      ));
  it('changes nothing when told twice', () =>
    given(aTicketWorkBegun(), theGrid()).when(working()).changesNothing());
  it('dispatches a gas alarm on an address alone', () => {
    const { gridCode: _gridCode, ...alarm } = working({
      ...{ utility: 'gas', typeCode: 'gas.leak-alarm', category: 'emergency', isSafety: true },
      address: '和平路8号',
    });
    const [issued] = given().when(alarm).events();
    expect(issued).toMatchObject({
      type: 'dispatch.work-order-issued',
      data: { isSafety: true, address: '和平路8号', unit: '/' },
    });
    expect(issued!.data).not.toHaveProperty('affectedPhone');
  });
  it('goes to the unit that intake chose', () =>
    given(theGrid(), theRouting())
      .when(working({ unit: GAS }))
      .records(aWorkOrderIssued({ unit: GAS }), aTicketWorkBegun({ unit: GAS })));
  it('goes above the unit that the customer complains about', () =>
    given(theGrid(), theRouting())
      .when(working({ aboutUnits: [EAST], aboutStaff: ['3001'] }))
      .records(
        aWorkOrderIssued({ unit: HEAT, aboutUnits: [EAST], aboutStaff: ['3001'] }),
        aTicketWorkBegun({ unit: HEAT, aboutUnits: [EAST], aboutStaff: ['3001'] }),
      ));
});

describe('note a ticket', () => {
  const given = spec(noteTicket, { actor: SYSTEM });

  it('keeps what a work order would need', () => given().when(facts).records(aTicketWorkNoted()));
  it('changes nothing when told twice', () =>
    given(aTicketWorkNoted()).when(facts).changesNothing());
});
