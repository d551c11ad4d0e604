// Which log an event number belongs to. A log that was restored from a copy goes on under a new epoch: up to the event
// where the two part, numbers of both mean the same; behind it they do not.
import type { LogIdentity } from './ports.js';

/** An epoch that began when a restored log was accepted. */
export interface Begin {
  readonly epoch: number;
  /** The epoch of the copy that was put back. */
  readonly of: number;
  /** Last event of that copy: the first number that the new epoch gives is the next one. */
  readonly g: number;
}

export interface Epochs {
  readonly identity: LogIdentity;
  readonly begins: readonly Begin[];
}

/** Names of logs and what stands behind them, while no service runs. */
export interface RestoredLogs {
  /** Names of the services that have a log. */
  services(): Promise<readonly string[]>;
  epochsOf(service: string): Promise<Epochs>;
  /** What others than the services' documents remember of a log, such as a topic; null: nothing. */
  remembered(service: string): Promise<{ readonly epoch: number; readonly g: number } | null>;
  /** Durable when it resolves. Done again it is the same. */
  begin(service: string, begin: Begin): Promise<void>;
}

/** The last event number that means the same in both epochs; Infinity within one. */
export function commonTo(begins: readonly Begin[], one: number, other: number): number {
  let [low, high] = one < other ? [one, other] : [other, one];
  let common = Infinity;
  while (low !== high) {
    const begin = begins.find(({ epoch }) => epoch === high);
    // Of an epoch that nobody remembers the beginning of, nothing is known to be the same.
    if (!begin || begin.of >= high) return 0;
    common = Math.min(common, begin.g);
    [low, high] = begin.of < low ? [begin.of, low] : [low, begin.of];
  }
  return common;
}
