import { describe, expect, it } from '@jest/globals';
import { ClockAwaited } from '@shouwen/contracts';
import { loadStandards } from '@shouwen/standards';
import { spec } from '@shouwen/testkit';
import {
  aClockBreached,
  aClockEnded,
  aClockMet,
  aClockOpened,
  aClockStarted,
  aClockWithdrawn,
  after,
  HEAD,
  inShort,
  TICKET,
} from '../../test/build-clock.js';
import { replaceArrivalBySlot } from './replace-arrival-by-slot.js';

const given = spec(replaceArrivalBySlot, { standards: await loadStandards() });
const appointed = (fields: object = {}) => ({
  ...{ ticketId: TICKET, from: after(180), to: after(240) },
  ...{ occurredAt: after(10), knownFrom: after(10) },
  ...fields,
});
const slot = { from: after(180), to: after(240), appointedAt: after(10) };
const running = [aClockOpened(), aClockStarted()];
const replaced = [
  ...running,
  aClockWithdrawn({ because: 'slot-chosen', withdrawnAt: after(10) }),
  aClockStarted({ run: 2, countsFrom: after(10), dueAt: after(170), slot }),
];

describe('replace the arrival limit by a slot', () => {
  it('is due ten minutes before the time that was agreed, for a heat repair', () =>
    expect(
      inShort(
        given(...running)
          .when(appointed())
          .events(),
      ),
    ).toEqual(['clock-withdrawn arrive#1 10', 'clock-started arrive#2 170']));

  it('replaces no limit where danger does not wait', () => {
    const gas = { utility: 'gas', typeCode: 'gas.leak-alarm', category: 'emergency' };
    given(aClockOpened(gas), aClockStarted(gas)).when(appointed()).changesNothing();
  });

  it('leaves a limit that had passed to its timer, and promises anew', () =>
    expect(
      inShort(
        given(...running)
          .when(appointed({ occurredAt: after(70) }))
          .events(),
      ),
    ).toEqual(['clock-started arrive#2 170']));

  it('withdraws the breach when it is heard late that a slot was agreed in time', () =>
    expect(
      given(...running, aClockBreached())
        .when(appointed({ knownFrom: after(90) }))
        .events()[0],
    ).toEqual(aClockWithdrawn({ because: 'slot-chosen', withdrawnAt: after(10), tells: [HEAD] })));

  it('leaves a breach standing that came before the appointment', () =>
    expect(
      inShort(
        given(...running, aClockBreached())
          .when(appointed({ occurredAt: after(70) }))
          .events(),
      ),
    ).toEqual(['clock-started arrive#2 170']));

  it('is a new promise after a crew found nobody at home', () =>
    expect(
      inShort(
        given(...running, aClockMet())
          .when(appointed({ occurredAt: after(70) }))
          .events(),
      ),
    ).toEqual(['clock-started arrive#2 170']));

  it('is judged at once when the crew was there before we heard of the appointment', () =>
    expect(
      inShort(
        given(...running, aClockMet({ metAt: after(50) }))
          .when(appointed({ occurredAt: after(20) }))
          .events(),
      ),
    ).toEqual([
      'clock-withdrawn arrive#1 20',
      'clock-started arrive#2 170',
      'clock-met arrive#2 50 on time',
    ]));

  it('changes nothing when told twice', () =>
    given(...replaced)
      .when(appointed())
      .changesNothing());

  it('changes nothing when an older appointment comes late', () =>
    given(...replaced)
      .when(appointed({ from: after(300), to: after(360), occurredAt: after(5) }))
      .changesNothing());

  it('is kept for a ticket that is not known yet', () =>
    given()
      .when(appointed())
      .records(ClockAwaited({ ticketId: TICKET, slot })));

  it('changes nothing after the ticket was closed', () =>
    given(...running, aClockEnded(after(5)))
      .when(appointed())
      .changesNothing());
});
