import { defineEvent, type EventFrom } from '@shouwen/engine';
import { IsISO8601, Matches } from 'class-validator';
import { ClockFact } from './deadline-fact.js';
import { UNIT_PATH } from './unit-path.js';

class ClockTransferredV1 extends ClockFact {
  /** Unit of another company that had the matter, or took it down, before. `unit` is the one that has it now. */
  @Matches(UNIT_PATH) from!: string;
  @IsISO8601({ strict: true }) transferredAt!: string;
}

/** One company of the group passed the matter on to another: limits that count from there begin. */
export const ClockTransferred = defineEvent({
  type: 'dispatch.clock-transferred',
  version: 1,
  visibility: 'public',
  data: ClockTransferredV1,
  key: 'ticketId',
  says: {
    en: 'The matter passed from {from|unit} to {unit|unit}, another company, at {transferredAt|date}.',
    zh: '{transferredAt|date}，{from|unit}将事项转交其他公司：{unit|unit}。',
  },
});
export type ClockTransferred = EventFrom<typeof ClockTransferred>;
