import {
  TicketChased,
  TicketClassified,
  TicketClosed,
  TicketPrioritised,
  TicketReopened,
} from '@shouwen/contracts';
import { faultsOf, type Event } from '@shouwen/engine';
import { contextFor } from '@shouwen/testkit';
import { AFFECTED, GRID, RECEIVED, TICKET, aTicketOpened, recorded } from '../../test/build.js';
import { ChaseTicketWork } from '../ticket-work/chase-ticket-work.js';
import { EndTicketWork } from '../ticket-work/end-ticket-work.js';
import { NoteTicket } from '../ticket-work/note-ticket.js';
import { PrioritiseTicketWork } from '../ticket-work/prioritise-ticket-work.js';
import { ReclassifyTicketWork } from '../ticket-work/reclassify-ticket-work.js';
import { ReworkTicket } from '../ticket-work/rework-ticket.js';
import { WorkTicket } from '../ticket-work/work-ticket.js';
import { moveWorkWhenTicketChanges } from './move-work-when-ticket-changes.js';

const number = 'H260115-0000B001';
const commandsFor = (event: Event) =>
  moveWorkWhenTicketChanges.react(recorded(event), contextFor());
const aTicketClassified = (override: object = {}) =>
  TicketClassified({
    ...{ ticketId: TICKET, number, receivedAt: RECEIVED, utility: 'heat' },
    ...{ typeCode: 'heat.no-heat', category: 'repair', needsWorkOrder: true, isSafety: false },
    ...{ previousTypeCode: 'unclassified', by: '1001', aboutStaff: [], aboutUnits: [] },
    ...override,
  });

describe('move the work when a ticket changes', () => {
  it('works a ticket that needs a crew, for the affected person', () => {
    const [command] = commandsFor(aTicketOpened());
    expect(command).toBeInstanceOf(WorkTicket);
    expect(command).toMatchObject({
      ...{ ticketId: TICKET, affectedId: AFFECTED, gridCode: GRID, address: '和平路8号' },
      ...{ affectedName: '李梅', affectedPhone: '13800000001', task: '暖气不热' },
    });
  });
  it('never takes the caller along', () => {
    const text = JSON.stringify(commandsFor(aTicketOpened({ isConfidential: true })));
    for (const hidden of ['caller-1', '林晓青', '13900000009']) expect(text).not.toContain(hidden);
  });
  it('notes a ticket that needs none', () =>
    expect(commandsFor(aTicketOpened({ needsWorkOrder: false }))[0]).toEqual(
      NoteTicket.of({
        ...{ ticketId: TICKET, isPriority: false, receivedAt: RECEIVED, affectedId: AFFECTED },
        ...{ aboutStaff: [], aboutUnits: [] },
      }),
    ));
  it('notes a ticket whose utility nobody knows', () =>
    expect(commandsFor(aTicketOpened({ utility: 'unknown' }))[0]).toBeInstanceOf(NoteTicket));
  it('follows a classification', () =>
    expect(commandsFor(aTicketClassified())[0]).toBeInstanceOf(ReclassifyTicketWork));
  it('ends the work when nobody knows the utility any more', () =>
    expect(commandsFor(aTicketClassified({ utility: 'unknown' }))).toEqual([
      EndTicketWork.of({ ticketId: TICKET, because: 'reclassified' }),
    ]));
  it('passes a chase on', () =>
    expect(commandsFor(TicketChased({ ticketId: TICKET, number, by: '1001', count: 2 }))).toEqual([
      ChaseTicketWork.of({ ticketId: TICKET, number, count: 2 }),
    ]));
  it('prioritises the work of a priority customer', () => {
    const prioritised = TicketPrioritised({
      ...{ ticketId: TICKET, number, by: '1001', affectedId: AFFECTED },
      because: 'priority-told',
    });
    expect(commandsFor(prioritised)).toEqual([PrioritiseTicketWork.of({ ticketId: TICKET })]);
  });
  it('ends the work with the ticket', () =>
    expect(
      commandsFor(
        TicketClosed({ ticketId: TICKET, number, by: '1001', evidence: [], impossible: [] }),
      ),
    ).toEqual([EndTicketWork.of({ ticketId: TICKET, because: 'ticket-closed' })]));
  it('begins again with a reopened one', () => {
    const reopened = TicketReopened({
      ...{ ticketId: TICKET, number, by: '1001', count: 1, continues: [], restarts: [] },
      firstContactOwner: '1001',
      affectedId: AFFECTED,
    });
    expect(commandsFor(reopened)[0]).toBeInstanceOf(ReworkTicket);
  });
  it('sends nothing that the command itself would refuse', () => {
    const events = [
      aTicketOpened(),
      aTicketOpened({ needsWorkOrder: false, unit: '/mingcheng/heat' }),
      aTicketClassified({ gridCode: GRID }),
    ];
    for (const command of events.flatMap(commandsFor))
      expect(faultsOf(command.constructor as new () => object, command)).toEqual([]);
  });
  it('makes the same ids when the event comes twice', () =>
    expect(commandsFor(aTicketOpened())).toEqual(commandsFor(aTicketOpened())));
});
