import { TicketClassified, TicketHandedOver, TicketRouted } from '@shouwen/contracts';
import { NOW, past, spec } from '@shouwen/testkit';
import {
  AFFECTED,
  aComplaintOpened,
  aSeat,
  aTicketClosed,
  aTicketOpened,
  CONTACT,
  LATER,
  NUMBER,
  standards,
  TICKET,
} from '../../test/build.js';
import { seats } from '../seat/seat.js';
import { classifyTicket } from './classify-ticket.js';

const given = spec(classifyTicket, { standards, now: LATER });
const unclassified = aTicketOpened({
  typeCode: 'unclassified',
  category: 'unclassified',
  utility: 'unknown',
  needsWorkOrder: false,
});
const asked = (override: object = {}) => ({
  ticketId: TICKET,
  typeCode: 'heat.no-heat',
  ...override,
});
const classified = {
  ticketId: TICKET,
  number: NUMBER,
  receivedAt: NOW,
  utility: 'heat' as const,
  typeCode: 'heat.no-heat',
  category: 'repair' as const,
  needsWorkOrder: true,
  isSafety: false,
  previousTypeCode: 'unclassified',
  by: '1001',
  aboutStaff: [],
  aboutUnits: [],
};
const packOf = (code: string) => ({ pack: standards.type(code, NOW)!.pack });

describe('classify a ticket', () => {
  it('gives it a type, and keeps the receipt', () =>
    given(unclassified)
      .when(asked())
      .records(TicketClassified(classified, packOf('heat.no-heat'))));

  it('gives it another type of another utility', () =>
    given(aTicketOpened())
      .when(asked({ typeCode: 'water.no-water', gridCode: 'W-E-02' }))
      .records(
        TicketClassified(
          {
            ...classified,
            utility: 'water',
            typeCode: 'water.no-water',
            previousTypeCode: 'heat.no-heat',
            gridCode: 'W-E-02',
          },
          packOf('water.no-water'),
        ),
      ));

  it('changes nothing when it has that type already', () =>
    given(aTicketOpened()).when(asked()).changesNothing());

  it('tells safety words when it turns out to be dangerous', () => {
    const [event] = given(unclassified)
      .when(asked({ typeCode: 'gas.leak-alarm' }))
      .events();
    expect(event!.data).toMatchObject({
      isSafety: true,
      safetyWords: standards.safetyWords('gas.leak-alarm', 'zh', NOW),
    });
  });

  it('closes ticket and contacts to staff that turn out to be complained about', () =>
    given(aTicketOpened())
      .when(asked({ typeCode: 'heat.complaint', aboutStaff: ['2007'] }))
      .records(
        TicketClassified(
          {
            ...classified,
            typeCode: 'heat.complaint',
            category: 'complaint',
            needsWorkOrder: false,
            previousTypeCode: 'heat.no-heat',
            aboutStaff: ['2007'],
            contactIds: [CONTACT],
          },
          packOf('heat.complaint'),
        ),
      ));

  it('makes the supervision office answer for it when it turns out to name the owner', () => {
    const seat = past(seats, 'main:supervision-office', aSeat());
    const events = given(aTicketOpened(), seat)
      .when(asked({ typeCode: 'heat.complaint', aboutStaff: ['1001'] }), {
        actor: { number: '1005', tenant: 'main', grants: [] },
      })
      .events();
    expect(events[1]).toEqual(
      TicketHandedOver({
        ticketId: TICKET,
        from: '1001',
        to: '1300',
        by: '1005',
        because: 'names-owner',
        affectedId: AFFECTED,
      }),
    );
  });

  it('takes the ticket from the unit that turns out to be complained about', () => {
    const unit = '/mingcheng/heat/east';
    const naming = { ticketId: TICKET, typeCode: 'heat.no-heat', aboutUnits: [unit] };
    const events = given(aTicketOpened(), TicketRouted({ ticketId: TICKET, unit }))
      .when(naming)
      .events();
    expect(events.slice(1)).toEqual([TicketRouted({ ticketId: TICKET, unit: '/mingcheng/heat' })]);
  });

  it('is refused when the type is unknown', () =>
    given(unclassified)
      .when(asked({ typeCode: 'heat.miracle' }))
      .isRejected('type.unknown'));

  it('is refused when the ticket is closed', () =>
    given(aTicketOpened(), aTicketClosed())
      .when(asked({ typeCode: 'heat.leak' }))
      .isRejected('ticket.closed'));

  it('is refused when there is no such ticket', () =>
    given().when(asked()).isRejected('ticket.not-found'));

  it('is refused to those it complains about', () =>
    given(aComplaintOpened({ aboutStaff: ['1001'] }))
      .when(asked())
      .isRejected('ticket.names-you'));
});
