// How far behind a reader is: in events, and in the age of the oldest of them.
import { Unavailable } from './errors.js';
import type { EventLog } from './ports.js';

/** Whoever looks at the lag waits no longer than this for servers that do not answer. Milliseconds. */
const PATIENCE = 3_000;

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

/** Null where servers are away, or do not answer in time. */
export async function inTime<T>(answer: Promise<T>): Promise<T | null> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<null>((resolve) => {
    timer = setTimeout(() => resolve(null), PATIENCE);
  });
  try {
    return await Promise.race([answer, late]);
  } catch (error) {
    if (error instanceof Unavailable) return null;
    throw error;
  } finally {
    clearTimeout(timer);
  }
}
