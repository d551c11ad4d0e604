import { DepartureNoted, SeatNoted, TicketHandedOver } from '@shouwen/contracts';
import { NOW, past, spec } from '@shouwen/testkit';
import {
  AFFECTED,
  aComplaintOpened,
  aSeat,
  aTicketClosed,
  aTicketOpened,
  LATER,
  TICKET,
} from '../../test/build.js';
import { departures } from '../ownership/departure.js';
import { DUTY_LEADER, seats, SUPERVISION_OFFICE } from '../seat/seat.js';
import { inheritTicket } from './inherit-ticket.js';

const SYSTEM = { number: 'system:intake.inherit', tenant: 'main', grants: [] };
const given = spec(inheritTicket, { now: LATER, actor: SYSTEM });
const left = (override: object = {}) => ({ ticketId: TICKET, from: '1001', ...override });
const passed = (to: string, at = LATER) =>
  TicketHandedOver(
    {
      ...{ ticketId: TICKET, from: '1001', to, by: SYSTEM.number },
      ...{ because: 'owner-left', affectedId: AFFECTED },
    },
    { occurredAt: at },
  );
const duty = (holder = '1021') =>
  past(
    seats,
    'main:duty-leader',
    SeatNoted({ seatId: DUTY_LEADER, unit: '/mingcheng', holder, deputy: '1022' }),
  );
const office = past(seats, 'main:supervision-office', aSeat());

describe('inherit a ticket', () => {
  it('goes to the successor', () =>
    given(aTicketOpened(), duty())
      .when(left({ successor: '1002' }))
      .records(passed('1002')));

  it('goes to the duty leader where nobody was named', () =>
    given(aTicketOpened(), duty()).when(left()).records(passed('1021')));

  it('goes past a duty leader who is the one that left', () =>
    given(aTicketOpened(), duty('1001')).when(left()).records(passed('1022')));

  it('goes to the post itself where nobody is known to hold it', () =>
    given(aTicketOpened()).when(left()).records(passed('duty-leader')));

  it('goes to the supervision office where the successor is complained about', () =>
    given(aComplaintOpened({ aboutStaff: ['1002'] }), duty(), office)
      .when(left({ successor: '1002' }))
      .records(passed('1300')));

  describe('from a post that somebody holds again', () => {
    const held = (post: string, successor: string) => ({ ticketId: TICKET, from: post, successor });
    const taken = (from: string, to: string) =>
      TicketHandedOver(
        {
          ...{ ticketId: TICKET, from, to, by: SYSTEM.number },
          ...{ because: 'post-held', affectedId: AFFECTED },
        },
        { occurredAt: LATER },
      );
    const fallen = aTicketOpened({ firstContactOwner: DUTY_LEADER });

    it('goes to the holder', () =>
      given(fallen, duty()).when(held(DUTY_LEADER, '1021')).records(taken(DUTY_LEADER, '1021')));

    it('goes to the supervision office where the holder is complained about', () =>
      given(
        aComplaintOpened({ firstContactOwner: DUTY_LEADER, aboutStaff: ['1021'] }),
        duty(),
        office,
      )
        .when(held(DUTY_LEADER, '1021'))
        .records(taken(DUTY_LEADER, '1300')));

    it('stays where the matter names everybody of the office', () => {
      const aboutStaff = ['1300', '1301'];
      given(aComplaintOpened({ firstContactOwner: SUPERVISION_OFFICE, aboutStaff }), office)
        .when(held(SUPERVISION_OFFICE, '1300'))
        .changesNothing();
    });

    it('stays where the holder has left and the next one is not told yet', () => {
      const gone = DepartureNoted({ departureId: 'main:1021', owner: '1021' });
      given(fallen, duty(), past(departures, 'main:1021', gone))
        .when(held(DUTY_LEADER, '1021'))
        .changesNothing();
    });

    it('changes nothing when told twice', () =>
      given(fallen, taken(DUTY_LEADER, '1021'), duty())
        .when(held(DUTY_LEADER, '1021'))
        .changesNothing());
  });

  it('changes nothing when told twice, or when it has another owner by now', () => {
    given(aTicketOpened(), passed('1002'))
      .when(left({ successor: '1002' }))
      .changesNothing();
    given(aTicketOpened({ firstContactOwner: '1005' }))
      .when(left())
      .changesNothing();
  });

  it('lets a closed ticket rest', () =>
    given(aTicketOpened(), aTicketClosed()).when(left()).changesNothing());

  it('happens at the receipt of a ticket that came after the leaving', () =>
    given(aTicketOpened(), duty())
      .when(left(), { occurredAt: '2026-01-14T00:00:00.000Z' })
      .records(passed('1021', NOW)));
});
