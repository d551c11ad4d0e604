import {
  DepartureNoted,
  OwnershipBegun,
  OwnershipPassed,
  ReturnNoted,
  SeatNoted,
  StaffLeft,
  StaffRegistered,
} from '@shouwen/contracts';
import { contextFor, past, spec } from '@shouwen/testkit';
import {
  aTicketOpened,
  aTicketReopened,
  OTHER_TICKET,
  recorded,
  TICKET,
} from '../../test/build.js';
import { beginOwnershipWhenOwnerChanges } from '../reactions/begin-ownership-when-owner-changes.js';
import { inheritTicketsWhenOwnershipPassed } from '../reactions/inherit-tickets-when-ownership-passed.js';
import { passOnTicketsWhenSeatNoted } from '../reactions/pass-on-tickets-when-seat-noted.js';
import { passOnTicketsWhenStaffMoves } from '../reactions/pass-on-tickets-when-staff-moves.js';
import { DUTY_LEADER, seatIdOf, seats } from '../seat/seat.js';
import { InheritTicket } from '../ticket/inherit-ticket.js';
import { beginningOf, beginOwnership } from './begin-ownership.js';
import { departures } from './departure.js';
import { noteDeparture } from './note-departure.js';
import { noteReturn } from './note-return.js';
import { LISTS, listOf } from './ownership.js';
import { passOnOwnership } from './pass-on-ownership.js';

const ownershipId = `main:1001:${listOf(TICKET)}`;
const departureId = 'main:1001';
const owner = '1001';
const begun = (ticketId = TICKET) => OwnershipBegun({ ownershipId, owner, ticketId });
const passed = (...ticketIds: string[]) =>
  OwnershipPassed({ ownershipId, owner, successor: '1002', ticketIds });
const gone = DepartureNoted({ departureId, owner, successor: '1002' });
const hasLeft = past(departures, departureId, gone);
const command = { ownershipId, owner, ticketId: TICKET };

describe('begin to answer for a ticket', () => {
  const given = spec(beginOwnership);
  it('is put on the list', () => given().when(command).records(begun()));
  it('changes nothing when told twice', () => given(begun()).when(command).changesNothing());
  it('passes on at once what is given to somebody who has left', () =>
    given(hasLeft).when(command).records(begun(), passed(TICKET)));
  it('passes on again what comes back to them, as by a reopening', () =>
    given(begun(), hasLeft).when(command).records(passed(TICKET)));
  it('passes on at once what falls to a post that is held, by the deputy if need be', () => {
    const byPost = { ...command, owner: DUTY_LEADER };
    const first = OwnershipBegun(byPost);
    const seat = (seated: object) =>
      past(
        seats,
        seatIdOf('main', DUTY_LEADER),
        SeatNoted({ seatId: DUTY_LEADER, unit: '/mingcheng', ...seated }),
      );
    const on = (successor: string) =>
      OwnershipPassed({ ownershipId, owner: DUTY_LEADER, successor, ticketIds: [TICKET] });
    given(seat({ holder: '1021', deputy: '1022' }))
      .when(byPost)
      .records(first, on('1021'));
    given(seat({ deputy: '1022' }))
      .when(byPost)
      .records(first, on('1022'));
    given(seat({})).when(byPost).records(first);
    given().when(byPost).records(first);
  });
  it('stays with them once they are back', () =>
    given(past(departures, departureId, gone, ReturnNoted({ departureId, owner })))
      .when(command)
      .records(begun()));
});

describe('pass on a list', () => {
  const given = spec(passOnOwnership);
  const wish = { ownershipId, owner, successor: '1002' };
  it('names every ticket of it', () =>
    given(begun(), begun(OTHER_TICKET)).when(wish).records(passed(TICKET, OTHER_TICKET)));
  it('changes nothing where there is none', () => given().when(wish).changesNothing());
});

describe('note who has left', () => {
  const wish = { departureId, owner, successor: '1002' };
  it('is noted with the successor', () => spec(noteDeparture)().when(wish).records(gone));
  it('changes nothing when told twice', () =>
    spec(noteDeparture)(gone).when(wish).changesNothing());
  const back = { departureId, owner };
  it('is over when they come back', () => {
    spec(noteReturn)(gone).when(back).records(ReturnNoted({ departureId, owner }));
    spec(noteReturn)().when(back).changesNothing();
  });
});

describe('what ownership follows', () => {
  const context = contextFor();
  it('is the opening and the reopening', () => {
    const beginning = [beginningOf('main', '1001', TICKET)];
    for (const event of [aTicketOpened(), aTicketReopened()])
      expect(beginOwnershipWhenOwnerChanges.react(recorded(event), context)).toEqual(beginning);
  });

  it('is every list of whoever leaves, after the departure itself', () => {
    const left = StaffLeft({ staff: owner, unit: '/mingcheng', successor: '1002', posts: [] });
    const [first, ...lists] = passOnTicketsWhenStaffMoves.react(recorded(left), context);
    expect(first).toMatchObject({ departureId, owner, successor: '1002' });
    expect(lists).toHaveLength(LISTS.length);
    expect(lists).toContainEqual(expect.objectContaining({ ownershipId, successor: '1002' }));
  });

  it('is every list of a post that somebody holds again', () => {
    const noted = (seated: object) =>
      recorded(SeatNoted({ seatId: DUTY_LEADER, unit: '/mingcheng', ...seated }));
    const lists = passOnTicketsWhenSeatNoted.react(noted({ deputy: '1022' }), context);
    expect(lists).toHaveLength(LISTS.length);
    expect(lists[255]).toMatchObject({
      ...{ ownershipId: 'main:duty-leader:ff', owner: DUTY_LEADER, successor: '1022' },
    });
    expect(passOnTicketsWhenSeatNoted.react(noted({}), context)).toEqual([]);
  });

  it('ends with the return', () => {
    const back = StaffRegistered({ staff: owner, staffId: 's', unit: '/mingcheng', grants: [] });
    expect(passOnTicketsWhenStaffMoves.react(recorded(back), context)).toMatchObject([
      { departureId, owner },
    ]);
  });

  it('reaches each ticket of a list that passed', () =>
    expect(
      inheritTicketsWhenOwnershipPassed.react(recorded(passed(TICKET, OTHER_TICKET)), context),
    ).toEqual(
      [TICKET, OTHER_TICKET].map((ticketId) =>
        InheritTicket.of({ ticketId, from: owner, successor: '1002' }),
      ),
    ));
});
