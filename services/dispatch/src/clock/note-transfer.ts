import { ClockTransferred, UNIT_PATH } from '@shouwen/contracts';
import { at, Command, handlesAcross, type Read, write } from '@shouwen/engine';
import { standardsOf } from '@shouwen/standards';
import { IsISO8601, IsUUID, Matches } from 'class-validator';
import { units, upwardFrom } from '../unit/unit.js';
import { clocks } from './clock.js';
import { settle } from './limits.js';
import { decideBy, instant } from './verdicts.js';

/** The matter passed from one unit to another. Sent by a reaction only. */
export class NoteTransfer extends Command {
  @IsUUID() ticketId!: string;
  @Matches(UNIT_PATH) from!: string;
  @Matches(UNIT_PATH) to!: string;
  /** When the passing was recorded. */
  @IsISO8601({ strict: true }) knownFrom!: string;
}

/**
 * Within a company, and from those who serve all of them (the contact centre), work is given out, not passed on. Only
 * between two companies somebody waits for the other to say how it stands.
 */
export const noteTransfer = handlesAcross({
  command: NoteTransfer,
  stream: clocks,
  reads: ({ ticketId, from, to }) => [
    at(clocks, ticketId),
    ...[from, to].flatMap(upwardFrom).map((unit) => at(units, unit)),
  ],
  decide: (read, { ticketId, from, to, knownFrom }, context) => {
    const clock = read(clocks, ticketId);
    const [before, after] = [companyOf(read, from), companyOf(read, to)];
    if (clock.status !== 'open' || !before || !after || before === after) return [];
    const transferredAt = instant(context.occurredAt);
    if (clock.transferredAt !== undefined && clock.transferredAt >= transferredAt) return [];
    const transferred = ClockTransferred(
      { ...clock.matter, from, unit: to, transferredAt },
      { occurredAt: transferredAt },
    );
    const events = decideBy(
      clocks.evolve(clock, transferred),
      ...settle(standardsOf(context), instant(knownFrom)),
    );
    return [write(clocks, ticketId, [transferred, ...events])];
  },
});

/** The company that a unit belongs to, or is. */
function companyOf(read: Read, unit: string): string | undefined {
  return upwardFrom(unit).find((path) => {
    const node = read(units, path);
    return node.status === 'registered' && node.kind === 'company';
  });
}
