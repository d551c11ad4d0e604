import { TicketWorkJoined } from '@shouwen/contracts';
import { spec } from '@shouwen/testkit';
import {
  AFFECTED,
  DISPATCHER,
  EAST,
  GRID,
  HEAT,
  OTHER_TICKET,
  OTHER_WORK_ORDER,
  RECEIVED,
  TICKET,
  WEST,
  WORK_ORDER,
  aWorkOrderIssued,
  at,
  standards,
  theGrid,
  theRouting,
  theTicket,
  theUnit,
} from '../../test/build.js';
import { issueWorkOrder } from './issue-work-order.js';

const given = spec(issueWorkOrder, { actor: DISPATCHER, standards, now: at('15:00') });
const issuing = (override: object = {}) => ({
  ...{ workOrderId: WORK_ORDER, ticketIds: [TICKET], utility: 'heat' as const },
  ...{ typeCode: 'heat.no-heat', gridCode: GRID },
  ...override,
});
const ticket = theTicket(TICKET, OTHER_WORK_ORDER);
const joined = (ticketId: string) =>
  TicketWorkJoined({ ticketId, workOrderId: WORK_ORDER, instead: [] });

describe('issue a work order', () => {
  it('gives a ticket one more job, at the unit of its grid', () =>
    given(ticket, theGrid(), theRouting())
      .when(issuing())
      .records(aWorkOrderIssued({ issuedAt: at('15:00') }), joined(TICKET)));
  it('changes nothing when told twice', () =>
    given(aWorkOrderIssued(), ticket, theGrid()).when(issuing()).changesNothing());
  it('serves several tickets, from the earliest receipt', () =>
    given(
      ticket,
      theTicket(OTHER_TICKET, OTHER_WORK_ORDER, { receivedAt: at('13:00'), isPriority: true }),
      theGrid(),
    )
      .when(issuing({ ticketIds: [TICKET, OTHER_TICKET] }))
      .records(
        aWorkOrderIssued({
          ticketIds: [TICKET, OTHER_TICKET],
          ...{ receivedAt: at('13:00'), issuedAt: at('15:00'), isPriority: true },
        }),
        joined(TICKET),
        joined(OTHER_TICKET),
      ));
  it('needs no ticket at all', () =>
    given(theGrid())
      .when(issuing({ ticketIds: [], address: '和平路8号' }))
      .records(
        aWorkOrderIssued({
          ...{ ticketIds: [], receivedAt: at('15:00'), issuedAt: at('15:00') },
          ...{ affectedId: `site-${WORK_ORDER}`, address: '和平路8号' },
        }),
      ));
  it('goes where a dispatcher says', () =>
    given(ticket, theGrid(), theUnit(WEST))
      .when(issuing({ unit: WEST }))
      .records(aWorkOrderIssued({ unit: WEST, issuedAt: at('15:00') }), joined(TICKET)));
  it('is refused for a unit that nobody knows', () =>
    given(ticket, theGrid())
      .when(issuing({ unit: WEST }))
      .isRejected('unit.not-found'));
  it('is refused for a ticket that dispatch does not know', () =>
    given(theGrid()).when(issuing()).isRejected('ticket.not-found'));
  it('is refused for a type of another utility', () =>
    given(ticket, theGrid())
      .when(issuing({ typeCode: 'gas.leak-alarm' }))
      .isRejected('type.not-found'));
});

describe('where work goes', () => {
  it.each([
    ['the unit of the grid', [theGrid(), theRouting()], {}, EAST],
    ["the company's dispatchers without a grid", [theRouting()], { gridCode: undefined }, HEAT],
    ["the company's dispatchers for a grid nobody drew", [theRouting()], {}, HEAT],
    [
      'the unit of the type before the grid',
      [theGrid(), theRouting({ typeCode: 'heat.no-heat', unit: WEST })],
      {},
      WEST,
    ],
    ['the top of the tree where no rule holds', [], { gridCode: undefined }, '/'],
  ] as const)('is %s', (_title, history, override, unit) => {
    const fields = Object.fromEntries(
      Object.entries(override).filter(([, value]) => value !== undefined),
    );
    const { gridCode: _gridCode, ...without } = issuing();
    const command = 'gridCode' in override ? without : issuing(fields);
    const [only] = given(...history)
      .when({ ...command, ...{ ticketIds: [] } })
      .events();
    expect((only!.data as { unit: string }).unit).toBe(unit);
  });
  it('is the unit above the one that the customer complains about', () => {
    const named = theTicket(TICKET, OTHER_WORK_ORDER, { aboutUnits: [EAST] });
    const [issued] = given(named, theGrid()).when(issuing()).events();
    expect(issued!.data).toMatchObject({ unit: HEAT });
  });
  it('keeps the affected person of the first ticket as subject', () => {
    const [issued] = given(ticket, theGrid()).when(issuing()).events();
    expect(issued!.data).toMatchObject({ affectedId: AFFECTED, receivedAt: RECEIVED });
  });
});
