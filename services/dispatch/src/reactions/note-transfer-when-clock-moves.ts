import { ClockMoved, ClockOpened } from '@shouwen/contracts';
import { when } from '@shouwen/engine';
import { NoteTransfer } from '../clock/note-transfer.js';

/** Whoever took it down may be of another company than the one that gets it; so may be the unit that had it so far. */
export const noteTransferWhenClockMoves = when(
  [ClockOpened, ClockMoved],
  'note-transfer-when-clock-moves',
  ({ type, data, recordedAt: knownFrom }) => {
    const { ticketId, unit: to } = data;
    const from = type === 'dispatch.clock-opened' ? data.takenIn : data.previousUnit;
    const isPassed = from !== undefined && from !== '/' && to !== '/' && from !== to;
    return isPassed ? [NoteTransfer.of({ ticketId, from, to, knownFrom })] : [];
  },
);
