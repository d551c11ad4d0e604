import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { loadStandards } from '@shouwen/standards';
import { NOW, openWorld, type World } from '@shouwen/testkit';
import { audit } from '../src/audit.service.js';
import { lateEntries } from '../src/late-entries/ask-late-entries.js';
import type { LateEntryDocument } from '../src/views/late-entries.view.js';
import { anActor, anEvent, OTHER_TICKET, TICKET } from './build.js';
import { speaker } from './speaker.js';

// Two tickets of the east heat station and of a gas station, opened in time; two and four hours later it is heard of
// what had happened to them.
const GAS = '/mingcheng/gas';
const intake = speaker('intake');
const dispatch = speaker('dispatch');
const standards = await loadStandards();

let world: World;
beforeEach(async () => {
  world = await openWorld({ services: [intake.service, dispatch.service, audit], standards });
  const other = { ticketId: OTHER_TICKET, number: 'G260115-00000001', takenIn: GAS, unit: GAS };
  await say(intake, TICKET, anEvent('intake.ticket-opened', { aboutStaff: ['2007'] }));
  await say(intake, OTHER_TICKET, anEvent('intake.ticket-opened', other));
  await world.advance('2h');
  const arrived = anEvent('dispatch.crew-arrived', { ticketIds: [TICKET] });
  await say(dispatch, TICKET, { ...arrived, occurredAt: NOW });
  await world.advance('2h');
  const answered = anEvent('intake.ticket-answered', { ticketId: OTHER_TICKET });
  await say(intake, OTHER_TICKET, { ...answered, occurredAt: NOW });
  const met = anEvent('dispatch.clock-met', { ticketId: TICKET });
  await say(dispatch, OTHER_TICKET, met);
  await world.settle();
});
afterEach(() => world.close());

const say = (by: typeof intake, matterId: string, event: ReturnType<typeof anEvent>) =>
  world.send(by.service.name, by.say, { matterId, events: [event] });

const AUDITOR = anActor('9001', ['auditor', '/mingcheng']);
const find = async (fields: object = {}, actor = AUDITOR) =>
  world.ask<{ items: LateEntryDocument[]; next?: string }>('audit', lateEntries, fields, actor);
const late = async (fields: object = {}, actor = AUDITOR) =>
  (await find(fields, actor)).items.map(({ type, delayMinutes }) => [type, delayMinutes]);
const ARRIVED = ['dispatch.crew-arrived', 120];
const ANSWERED = ['intake.ticket-answered', 240];

describe('the list of late entries', () => {
  it('holds what any service learned late, newest first, and nothing that was told in time', async () => {
    expect(await late()).toEqual([ANSWERED, ARRIVED]);
    expect((await find()).items[1]).toMatchObject({
      ...{ service: 'dispatch', ticketIds: [TICKET], occurredAt: NOW },
      ...{ recordedAt: '2026-01-15T10:00:00.000Z', actor: 'admin', isByPerson: true },
    });
  });

  it.each([
    ['ticket', { ticketId: TICKET }, [ARRIVED]],
    ['number', { number: 'G260115-00000001' }, [ANSWERED]],
    ['number of nobody', { number: 'nobody-knows' }, []],
    ['two that do not fit', { number: 'G260115-00000001', ticketId: TICKET }, []],
    ['unit of the ticket, where the fact names none', { unit: GAS }, [ANSWERED]],
    ['unit above', { unit: '/mingcheng/heat' }, [ARRIVED]],
    ['unit of nobody', { unit: '/mingcheng/power' }, []],
    ['service', { service: 'intake' }, [ANSWERED]],
    ['type', { type: 'dispatch.crew-arrived' }, [ARRIVED]],
    ['actor', { actor: 'nobody' }, []],
    ['least delay', { atLeast: 121 }, [ANSWERED]],
    ['least delay, that minute included', { atLeast: 120 }, [ANSWERED, ARRIVED]],
    ['greatest delay', { below: 240 }, [ARRIVED]],
    ['time of learning', { to: '2026-01-15T18:30:00+08:00' }, [ARRIVED]],
    ['platform', { by: 'platform' }, []],
    ['people', { by: 'people' }, [ANSWERED, ARRIVED]],
  ])('is filtered by %s', async (_, fields, found) => expect(await late(fields)).toEqual(found));

  it('is sorted by delay, and goes on where a page ended', async () => {
    const byDelay = { sort: 'delay', order: 'ascending', limit: 1 };
    const first = await find(byDelay);
    expect(first.items.map(({ delayMinutes }) => delayMinutes)).toEqual([120]);
    expect(await late({ ...byDelay, cursor: first.next })).toEqual([ANSWERED]);
  });

  it('shows readers their own part of the organisation', async () => {
    const inGas = anActor('9002', ['supervisor', GAS]);
    expect(await late({}, inGas)).toEqual([ANSWERED]);
    expect(await late({}, anActor('9003', ['analyst', '/mingcheng/water']))).toEqual([]);
    expect(await late({ ticketId: TICKET }, inGas)).toEqual([]);
    expect(await late({}, anActor('9004', ['call-taker', '/mingcheng']))).toEqual([]);
  });

  it('shows nobody what names them', async () =>
    expect(await late({}, anActor('2007', ['auditor', '/']))).toEqual([ANSWERED]));

  it.each([
    ['a delay that is no number', { atLeast: 'long' }],
    ['a unit that is no path', { unit: 'heat' }],
    ['a sort that does not exist', { sort: 'beauty' }],
  ])('refuses %s', async (_, fields) =>
    expect(find(fields)).rejects.toMatchObject({ code: 'request.invalid' }),
  );

  it('is the same after it was rebuilt', async () => {
    const before = await find();
    expect(await world.runtime('audit').rebuild('late-entries')).toMatchObject({ differences: 0 });
    expect(await find()).toEqual(before);
  });
});
