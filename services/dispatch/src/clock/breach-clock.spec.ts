import { describe, it } from '@jest/globals';
import { spec } from '@shouwen/testkit';
import {
  aBreachWithdrawn,
  aClockBreached,
  aClockEnded,
  aClockMet,
  aClockMoved,
  aClockOpened,
  aClockStarted,
  aClockWithdrawn,
  after,
  EAST,
  MANAGER,
  people,
  TICKET,
  WEST,
} from '../../test/build-clock.js';
import { breachClock } from './breach-clock.js';

const given = spec(breachClock);
const timer = (fields: object = {}) => ({
  ticketId: TICKET,
  deadline: 'arrive',
  run: 1,
  unit: EAST,
  ...fields,
});
const running = [aClockOpened(), aClockStarted(), ...people];
const atDue = { now: after(60) };

describe('breach a limit', () => {
  it('records the breach at the due instant, and whom it was told', () =>
    given(...running)
      .when(timer(), atDue)
      .records(aClockBreached()));

  it('records the due instant as that of the breach however late the timer comes', () =>
    given(...running)
      .when(timer(), { now: after(600) })
      .records(aClockBreached()));

  it('changes nothing when it comes early', () =>
    given(...running)
      .when(timer(), { now: after(59) })
      .changesNothing());

  it('changes nothing when it comes twice', () =>
    given(...running, aClockBreached())
      .when(timer(), atDue)
      .changesNothing());

  it('changes nothing for what was met at the due instant itself', () =>
    given(...running, aClockMet({ metAt: after(60) }))
      .when(timer(), atDue)
      .changesNothing());

  it('breaches what was met too late, though the meeting was heard of before the timer', () =>
    given(...running, aClockMet({ metAt: after(61), isOnTime: false }))
      .when(timer(), { now: after(62) })
      .records(aClockBreached({ metAt: after(61) })));

  it('changes nothing after the limit was withdrawn', () =>
    given(...running, aClockWithdrawn())
      .when(timer(), atDue)
      .changesNothing());

  it('changes nothing after the breach was withdrawn', () =>
    given(...running, aClockBreached(), aBreachWithdrawn())
      .when(timer(), atDue)
      .changesNothing());

  it('still judges a limit that had passed before the ticket was closed', () =>
    given(...running, aClockEnded(after(61)))
      .when(timer(), { now: after(62) })
      .records(aClockBreached({ isOpen: false })));

  it('tells nobody of an instant that lay before the ticket was recorded', () =>
    given(aClockOpened(), aClockStarted({ knownFrom: after(61) }), ...people)
      .when(timer(), { now: after(61) })
      .records(aClockBreached({ tells: [], isLateEntry: true })));

  it('tells of an instant at which the ticket was just recorded', () =>
    given(aClockOpened(), aClockStarted({ knownFrom: after(60) }), ...people)
      .when(timer(), atDue)
      .records(aClockBreached()));

  it('passes over the units that the ticket complains about', () => {
    const opened = aClockOpened({ aboutUnits: [EAST] });
    given(opened, aClockStarted(), ...people)
      .when(timer(), atDue)
      .records(aClockBreached({ tells: [MANAGER] }));
  });

  it('tells the unit that has the work now, by the timer that was set for it', () => {
    const moved = [...running, aClockMoved()];
    given(...moved)
      .when(timer(), atDue)
      .changesNothing();
    given(...moved)
      .when(timer({ unit: WEST }), atDue)
      .records(aClockBreached({ unit: WEST, tells: [MANAGER] }));
  });

  it('changes nothing for a run that never was', () =>
    given(...running)
      .when(timer({ run: 2 }), atDue)
      .changesNothing());
});
