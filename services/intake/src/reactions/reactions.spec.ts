import { ClockMoved, ClockOpened, PostHeld, PostVacated, WorkFinished } from '@shouwen/contracts';
import { contextFor, NOW } from '@shouwen/testkit';
import {
  aContactRecorded,
  aTicketOpened,
  CALLER,
  CONTACT,
  NUMBER,
  OTHER_TICKET,
  recorded,
  SECOND_TICKET,
  TICKET,
  WORK_ORDER,
} from '../../test/build.js';
import { NoteSeat } from '../seat/note-seat.js';
import { JoinTicket } from '../ticket/join-ticket.js';
import { RecordWorkResult } from '../ticket/record-work-result.js';
import { RouteTicket } from '../ticket/route-ticket.js';
import { emptySeatWhenPostVacated } from './empty-seat-when-post-vacated.js';
import { joinTicketWhenContactRecorded } from './join-ticket-when-contact-recorded.js';
import { noteSeatWhenPostHeld } from './note-seat-when-post-held.js';
import { recordWorkResultWhenWorkFinished } from './record-work-result-when-work-finished.js';
import { routeTicketWhenClockOpened } from './route-ticket-when-clock-opened.js';
import { routeTicketWhenTicketOpened } from './route-ticket-when-ticket-opened.js';

const EAST = '/mingcheng/heat/east';
const context = contextFor();
const job = {
  workOrderId: WORK_ORDER,
  ticketIds: [TICKET, OTHER_TICKET],
  affectedId: 'affected-1',
};
describe('join the ticket that an outside number found', () => {
  const matters = [
    { ticketId: OTHER_TICKET, how: 'joined' as const },
    { ticketId: TICKET, how: 'opened' as const },
    { ticketId: SECOND_TICKET, how: 'chased' as const },
  ];

  it('joins what the contact joined, with what was said', () =>
    expect(
      joinTicketWhenContactRecorded.react(
        recorded(aContactRecorded({ matters, message: '还是不热' })),
        context,
      ),
    ).toEqual([
      JoinTicket.of({
        ticketId: OTHER_TICKET,
        contactId: CONTACT,
        by: '1001',
        callerId: CALLER,
        note: '还是不热',
      }),
    ]));

  it('does not show the handling unit the id of a confidential caller', () => {
    const event = recorded(aContactRecorded({ matters, isConfidential: true }));
    const [command] = joinTicketWhenContactRecorded.react(event, contextFor());
    expect(command).toMatchObject({ callerId: '018f4b3c-0000-7000-8000-000000000001' });
  });

  it('does the same when the event comes again', () => {
    const event = recorded(aContactRecorded({ matters, isConfidential: true }));
    expect(joinTicketWhenContactRecorded.react(event, contextFor())).toEqual(
      joinTicketWhenContactRecorded.react(event, contextFor()),
    );
  });
});

describe('record the result of finished work', () => {
  it('makes it the result of every ticket of the job', () => {
    const finished = WorkFinished({
      ...job,
      unit: EAST,
      by: '2007',
      finishedAt: NOW,
      outcome: 'restored',
      signature: 'signed',
    });
    const result = {
      workOrderId: WORK_ORDER,
      outcome: 'restored' as const,
      signature: 'signed' as const,
      by: '2007',
      unit: EAST,
    };
    expect(recordWorkResultWhenWorkFinished.react(recorded(finished), context)).toEqual([
      RecordWorkResult.of({ ticketId: TICKET, ...result }),
      RecordWorkResult.of({ ticketId: OTHER_TICKET, ...result }),
    ]);
  });
});

describe('route a ticket where it is answered for', () => {
  const matter = {
    ...{ ticketId: TICKET, number: NUMBER, utility: 'heat', typeCode: 'heat.no-heat' },
    ...{ category: 'repair' as const, aboutStaff: [] as string[] },
  };
  const toUnit = (unit: string, override: object = {}) => [
    RouteTicket.of({ ticketId: TICKET, unit, ...override }),
  ];

  it('goes at once to a unit that was named at opening, unless it has one by then', () => {
    const named = recorded(aTicketOpened({ unit: EAST }));
    expect(routeTicketWhenTicketOpened.react(named, context)).toEqual(
      toUnit(EAST, { isFirst: true }),
    );
    expect(routeTicketWhenTicketOpened.react(recorded(aTicketOpened()), context)).toEqual([]);
  });

  it.each([
    [EAST, toUnit(EAST)],
    ['/', []],
  ])('follows the unit that answers for its limits, %s', (unit, commands) => {
    const opened = ClockOpened({
      ...{ ...matter, unit, receivedAt: NOW, aboutUnits: [], isLateEntry: false },
    });
    expect(routeTicketWhenClockOpened.react(recorded(opened), context)).toEqual(commands);
    const from = { previousUnit: '/mingcheng/heat/west', deadlines: [], steps: [] };
    const moved = ClockMoved({ ...matter, unit, ...from });
    expect(routeTicketWhenClockOpened.react(recorded(moved), context)).toEqual(commands);
  });
});

describe('note who sits where', () => {
  const held = { post: 'supervision-office', unit: '/mingcheng/supervision', holder: '1300' };

  it('notes the posts that intake decides by, and no other', () => {
    expect(noteSeatWhenPostHeld.react(recorded(PostHeld(held)), context)).toEqual([
      NoteSeat.of({ seatId: 'supervision-office', unit: held.unit, holder: '1300' }),
    ]);
    const other = PostHeld({ ...held, post: 'head-of-station' });
    expect(noteSeatWhenPostHeld.react(recorded(other), context)).toEqual([]);
  });

  it('leaves the deputy where the holder is gone', () => {
    const vacated = PostVacated({ post: 'duty-leader', unit: '/mingcheng', deputy: '1201' });
    expect(emptySeatWhenPostVacated.react(recorded(vacated), context)).toEqual([
      NoteSeat.of({ seatId: 'duty-leader', unit: '/mingcheng', deputy: '1201' }),
    ]);
  });
});
