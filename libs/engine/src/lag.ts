// How far behind a reader is: in events, and in the age of the oldest of them.
import type { EventLog } from './ports.js';

/** How far a log has been carried to those who read it elsewhere. */
export interface RelayStatus {
  readonly log: string;
  readonly topic: string;
  /** Last event that others can have. */
  readonly position: number;
  /** Events of the log that they cannot have yet. */
  readonly behind: number;
  /** When the oldest of those was recorded; null where there is none. */
  readonly behindSince: string | null;
  readonly error?: string;
}

/** When the first event after number `g` was recorded; null where there is none. */
export async function recordedAfter(log: EventLog, g: number): Promise<string | null> {
  const [next] = await log.read(g, 1);
  return next?.recordedAt ?? null;
}

/** Seconds from an instant to now (ms since 1970); 0 where there is none. */
export const secondsSince = (at: string | null, now: number): number =>
  at === null ? 0 : Math.max(0, now - Date.parse(at)) / 1000;
