import { describe, expect, it } from '@jest/globals';
import { engineEvents } from '@shouwen/engine';
import { everyContract } from '@shouwen/contracts';
import { NOW } from '@shouwen/testkit';
import { anEvent, OTHER_TICKET, recorded, TICKET } from '../../test/build.js';
import { ticketIdsOf, timelineView } from './timeline.view.js';

const tools = { blind: (value: string) => value };

describe('the timeline of everything', () => {
  it('reads every event there is', () =>
    expect(timelineView.on).toEqual([...everyContract, ...engineEvents]));

  it('keeps one document per event, with personal fields sealed', () => {
    const pack = { pack: 'heat', version: '2026.1', hash: 'h', clauses: ['H-006'] };
    const event = recorded(anEvent('intake.ticket-opened'), {
      meta: { actor: '1001', tenant: 'main', correlation: 'c', causation: 'cause', pack },
    });
    const document = timelineView.evolve(null, event, event.id, tools);
    expect(timelineView.id(event)).toBe(event.id);
    expect(document).toEqual({
      eventId: event.id,
      ticketIds: [TICKET],
      type: 'intake.ticket-opened',
      service: 'intake',
      occurredAt: NOW,
      recordedAt: NOW,
      actor: '1001',
      unit: '/mingcheng/heat/east',
      data: event.data,
      sealed: event.sealed,
      pack,
      causation: 'cause',
      log: 'intake.main',
      g: event.g,
    });
    expect(JSON.stringify(document)).not.toMatch(/林守成|13900000002|槐荫路/);
  });

  it('is one document for an event about two tickets', () => {
    const event = recorded(anEvent('intake.contact-recorded'));
    expect(timelineView.id(event)).toBe(event.id);
    expect(timelineView.evolve(null, event, event.id, tools)).toMatchObject({
      ticketIds: [TICKET, OTHER_TICKET],
    });
  });

  it('is the same document when the event comes twice', () => {
    const event = recorded(anEvent('dispatch.clock-breached'));
    const once = timelineView.evolve(null, event, event.id, tools);
    expect(timelineView.evolve(once, event, event.id, tools)).toEqual(once);
  });

  it('shows secrets to nobody', () => {
    const event = recorded(anEvent('dispatch.password-set'));
    expect(Object.keys(event.sealed)).toEqual(['staffId']);
    expect(timelineView.evolve(null, event, event.id, tools)).toMatchObject({ sealed: {} });
  });

  it.each([
    [{ ticketId: 'a' }, ['a']],
    [{ ticketIds: ['a', 'b'] }, ['a', 'b']],
    [{ ticketId: 'b', ticketIds: ['a', 'b'] }, ['b', 'a']],
    [{ matters: [{ ticketId: 'a' }, { ticketId: 'c' }] }, ['a', 'c']],
    [{ matters: [], unit: '/x' }, []],
    [{ ticketId: 7, ticketIds: 'a' }, []],
  ])('finds the tickets in %j', (data, ids) => expect(ticketIdsOf(data)).toEqual(ids));

  it('finds both tickets of a contact', () =>
    expect(ticketIdsOf(anEvent('intake.contact-recorded').data as Record<string, unknown>)).toEqual(
      [TICKET, OTHER_TICKET],
    ));
});
