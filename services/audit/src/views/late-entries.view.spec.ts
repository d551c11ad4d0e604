import { describe, expect, it } from '@jest/globals';
import type { Recorded } from '@shouwen/engine';
import { everyContract } from '@shouwen/contracts';
import { NOW } from '@shouwen/testkit';
import { anEvent, OTHER_TICKET, recorded, TICKET } from '../../test/build.js';
import { lateEntriesView } from './late-entries.view.js';

const tools = { blind: (value: string) => value };
const later = (seconds: number): string => new Date(Date.parse(NOW) + seconds * 1000).toISOString();
const listed = (event: Recorded) =>
  lateEntriesView.id(event) === null ? null : lateEntriesView.evolve(null, event, event.id, tools);
const answered = (override: object = {}, recordedAt = later(7 * 60)) =>
  recorded(anEvent('intake.ticket-answered', override), { recordedAt });

describe('late entries', () => {
  it('are looked for among the events of every service', () =>
    expect(lateEntriesView.on).toEqual(everyContract));

  it.each([
    ['at once', 0, null],
    ['five minutes later', 5 * 60, null],
    ['a second later than that', 5 * 60 + 1, 5],
    ['two days later', 2 * 24 * 3600, 2880],
  ])('are what was recorded %s: %s', (_, seconds, delayMinutes) => {
    const entry = listed(answered({}, later(seconds)));
    expect(entry && 'delayMinutes' in entry ? entry.delayMinutes : null).toBe(delayMinutes);
  });

  it('are what says so itself, however soon it was recorded', () => {
    const opened = recorded(anEvent('intake.ticket-opened', { isLateEntry: true }));
    expect(listed(opened)).toMatchObject({ isFlagged: true, delayMinutes: 0 });
    expect(listed(recorded(anEvent('intake.ticket-opened', { isLateEntry: false })))).toBeNull();
  });

  it('say what, when, how late, by whom and where, and nothing personal', () => {
    const event = recorded(anEvent('dispatch.crew-arrived'), {
      recordedAt: later(90 * 60),
      meta: { actor: '3001', tenant: 'main', correlation: 'c' },
    });
    const { ticketIds, unit } = event.data as { ticketIds: string[]; unit: string };
    expect(listed(event)).toEqual({
      eventId: event.id,
      ...{ service: 'dispatch', type: 'dispatch.crew-arrived', ticketIds, unit },
      ...{ occurredAt: NOW, recordedAt: later(90 * 60), delayMinutes: 90 },
      ...{ isFlagged: false, actor: '3001', isByPerson: true },
    });
    expect(JSON.stringify(listed(answered()))).not.toContain('sealed');
  });

  it('stand under each ticket of a contact, and where it was taken', () => {
    const contact = recorded(anEvent('intake.contact-recorded'), { recordedAt: later(3600) });
    expect(listed(contact)).toMatchObject({
      ticketIds: [TICKET, OTHER_TICKET],
      unit: '/mingcheng',
    });
  });

  it('tell what people entered from what the platform concluded', () => {
    const meta = { actor: 'system:dispatch.x', tenant: 'main', correlation: 'c' };
    const concluded = recorded(anEvent('dispatch.clock-met'), { recordedAt: later(3600), meta });
    expect(listed(concluded)).toMatchObject({ isByPerson: false });
  });

  it('are the same when the event comes twice', () => {
    const event = answered();
    const once = lateEntriesView.evolve(null, event, event.id, tools);
    expect(lateEntriesView.evolve(once, event, event.id, tools)).toEqual(once);
  });
});
