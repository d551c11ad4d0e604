import { describe, it } from '@jest/globals';
import { spec } from '@shouwen/testkit';
import {
  aClockMet,
  aClockMoved,
  aClockOpened,
  aClockStarted,
  aClockWarned,
  aClockWithdrawn,
  after,
  EAST,
  MANAGER,
  people,
  TICKET,
  WEST,
} from '../../test/build-clock.js';
import { warnClock } from './warn-clock.js';

const given = spec(warnClock);
const timer = (fields: object = {}) => ({
  ticketId: TICKET,
  deadline: 'arrive',
  run: 1,
  unit: EAST,
  ...fields,
});
const onTime = { now: after(40) };

describe('warn of a limit', () => {
  it('tells the head of the unit', () =>
    given(aClockOpened(), aClockStarted(), ...people)
      .when(timer(), onTime)
      .records(aClockWarned()));

  it('tells nobody where every post is vacant, and records it all the same', () =>
    given(aClockOpened(), aClockStarted())
      .when(timer(), onTime)
      .records(aClockWarned({ tells: [] })));

  it('passes over the persons whom the ticket complains about', () => {
    const aboutStaff = ['3001', '3002'];
    given(aClockOpened({ aboutStaff }), aClockStarted({ aboutStaff }), ...people)
      .when(timer(), onTime)
      .records(aClockWarned({ aboutStaff, tells: [MANAGER] }));
  });

  it('changes nothing when it comes early', () =>
    given(aClockOpened(), aClockStarted(), ...people)
      .when(timer(), { now: after(39) })
      .changesNothing());

  it('changes nothing when it comes after the limit has passed', () =>
    given(aClockOpened(), aClockStarted(), ...people)
      .when(timer(), { now: after(60) })
      .changesNothing());

  it('changes nothing when it comes twice', () =>
    given(aClockOpened(), aClockStarted(), aClockWarned(), ...people)
      .when(timer(), onTime)
      .changesNothing());

  it('changes nothing after the limit was met', () =>
    given(aClockOpened(), aClockStarted(), aClockMet({ metAt: after(30) }), ...people)
      .when(timer(), onTime)
      .changesNothing());

  it('changes nothing after the limit was withdrawn', () =>
    given(aClockOpened(), aClockStarted(), aClockWithdrawn(), ...people)
      .when(timer(), onTime)
      .changesNothing());

  it('changes nothing for an instant before anybody knew of the ticket', () =>
    given(aClockOpened(), aClockStarted({ knownFrom: after(45) }), ...people)
      .when(timer(), { now: after(45) })
      .changesNothing());

  it('changes nothing when the clock has moved to another unit, whose own timer warns', () => {
    const moved = [aClockOpened(), aClockStarted(), aClockMoved(), ...people];
    given(...moved)
      .when(timer(), onTime)
      .changesNothing();
    given(...moved)
      .when(timer({ unit: WEST }), onTime)
      .records(aClockWarned({ unit: WEST, tells: [MANAGER] }));
  });

  it('changes nothing before the ticket is known', () =>
    given(...people)
      .when(timer(), onTime)
      .changesNothing());
});
