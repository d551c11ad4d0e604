import { describe, expect, it } from '@jest/globals';
import { contextFor } from '@shouwen/testkit';
import { aClockMoved, aClockOpened, EAST, TICKET, WEST } from '../../test/build-clock.js';
import { recorded } from '../../test/build.js';
import { NoteTransfer } from '../clock/note-transfer.js';
import { noteTransferWhenClockMoves } from './note-transfer-when-clock-moves.js';

const KNOWN = '2026-01-15T08:00:05.000Z';
const sent = (event: Parameters<typeof recorded>[0]) =>
  noteTransferWhenClockMoves.react(recorded(event, { recordedAt: KNOWN }), contextFor());
const noted = (from: string, to: string) => [
  NoteTransfer.of({ ticketId: TICKET, from, to, knownFrom: KNOWN }),
];

describe('note a transfer when a clock moves', () => {
  it('asks about where it was taken down and who got it', () =>
    expect(sent(aClockOpened({ takenIn: '/mingcheng/water' }))).toEqual(
      noted('/mingcheng/water', EAST),
    ));

  it('asks about the unit before and the unit now', () =>
    expect(sent(aClockMoved())).toEqual(noted(EAST, WEST)));

  it.each([
    ['that nobody knows where it was taken', aClockOpened()],
    ['that stays where it was taken', aClockOpened({ takenIn: EAST })],
    ['that was taken for all units', aClockOpened({ takenIn: '/' })],
    ['that no rule could route', aClockOpened({ takenIn: EAST, unit: '/' })],
    ['that no rule could route before', aClockMoved({ previousUnit: '/' })],
  ])('asks nothing about a matter %s', (_, event) => expect(sent(event)).toEqual([]));
});
