import { setTimeout as pause } from 'node:timers/promises';
import { Corrupt } from './errors.js';
import { afterPeople } from './precedence.js';
import type { Delivery, EventLog } from './ports.js';

/** Events read and delivered at a time. */
const PAGE = 256;
/** After a delivery that failed: the first pause, doubled up to the longest. Milliseconds. */
const FIRST_PAUSE = 50;
const LONGEST_PAUSE = 5_000;

/**
 * Delivers a log from event number `from` on, in order, page after page, for ever. A delivery that fails is repeated
 * after a pause that grows; nothing is skipped.
 */
export function pump(
  log: EventLog,
  from: number,
  deliver: (delivery: Delivery) => Promise<void>,
): { stop(): Promise<void> } {
  const stopping = new AbortController();
  let position = from;
  let rung: () => void = () => {};
  let isRung = false;
  const hangUp = log.onAppend(() => {
    isRung = true;
    rung();
  });

  const round = async (): Promise<boolean> => {
    const events = await log.read(position, PAGE);
    if (events.length === 0) return false;
    if (events[0]!.g !== position + 1 || events.at(-1)!.g !== position + events.length)
      throw new Corrupt(`${log.name}: an event is missing after number ${position}`);
    await deliver({
      log: log.name,
      identity: log.identity,
      partition: 0,
      previous: position,
      events,
    });
    position = events.at(-1)!.g;
    return true;
  };

  const run = async () => {
    let wait = FIRST_PAUSE;
    while (!stopping.signal.aborted) {
      await afterPeople();
      // Who stopped meanwhile rings no more: an empty round would wait for ever.
      if (stopping.signal.aborted) return;
      isRung = false;
      try {
        const isMore = await round();
        wait = FIRST_PAUSE;
        // One page, then a turn of the loop: requests and other subscriptions go in between.
        if (isMore) await new Promise<void>((next) => setImmediate(next));
        else if (!isRung) await new Promise<void>((next) => (rung = next));
      } catch {
        // The consumer has said why in its own state; here it only means: the same again, later.
        await pause(wait, undefined, { signal: stopping.signal }).catch(() => {});
        wait = Math.min(wait * 2, LONGEST_PAUSE);
      }
    }
  };

  const finished = run();
  return {
    stop: async () => {
      stopping.abort();
      hangUp();
      isRung = true;
      rung();
      await finished;
    },
  };
}
