import { TicketRouted } from '@shouwen/contracts';
import { spec } from '@shouwen/testkit';
import { aComplaintOpened, aTicketOpened, TICKET } from '../../test/build.js';
import { isRouted, routeTicket } from './route-ticket.js';

const given = spec(routeTicket);
const asked = (override: object = {}) => ({
  ticketId: TICKET,
  unit: '/mingcheng/heat/east',
  ...override,
});
const routed = TicketRouted(asked());

describe('route a ticket', () => {
  it('shows it to the unit that works on it', () =>
    given(aTicketOpened()).when(asked()).records(routed));

  it('changes nothing when the unit has it', () =>
    given(aTicketOpened(), routed).when(asked()).changesNothing());

  it('follows the work to another unit', () => {
    const unit = '/mingcheng/heat/west';
    given(aTicketOpened(), routed)
      .when(asked({ unit }))
      .records(TicketRouted({ ticketId: TICKET, unit }));
  });

  it('never shows a unit the complaint about itself', () =>
    given(aComplaintOpened({ aboutUnits: ['/mingcheng/heat'] }))
      .when(asked())
      .changesNothing());

  it('lets the word of the opening be overtaken, and never overtake', () => {
    const west = TicketRouted({ ticketId: TICKET, unit: '/mingcheng/heat/west' });
    const first = asked({ isFirst: true });
    given(aTicketOpened({ takenIn: '/mingcheng' }))
      .when(first)
      .records(routed);
    given(aTicketOpened(), west).when(first).changesNothing();
    given(aTicketOpened(), routed).when(west.data).records(west);
  });

  it('is refused when there is no such ticket', () =>
    given().when(asked()).isRejected('ticket.not-found'));

  it('takes the root for no unit at all', () => {
    expect(isRouted('/')).toBe(false);
    expect(isRouted('/mingcheng')).toBe(true);
  });
});
