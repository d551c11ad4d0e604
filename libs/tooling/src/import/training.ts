import { idempotencyKey } from './key.js';
import type { Platform } from './platform.js';
import { refusalOf } from './platform.js';

/** The simulated clock of a platform in training mode. It stands still until somebody advances it. */
export interface TrainingClock {
  /** ISO 8601 UTC. */
  now: string;
  /** To an instant; one that has passed moves nothing. Answers once everything due until then has happened. */
  advance(to: string): Promise<void>;
}

const PATH = '/training/clock';

/** The clock of a platform in training mode, or null where it runs on real time. */
export async function trainingClock(platform: Platform): Promise<TrainingClock | null> {
  const answer = await platform.get(PATH);
  if (answer.status === 404) return null;
  const clock = {
    now: String(answer.body['now']),
    async advance(to: string) {
      const target = to > clock.now ? to : clock.now;
      const key = idempotencyKey(
        target,
        'advance',
        clock.now,
        String(process.pid),
        String(count++),
      );
      const moved = await platform.post(`${PATH}/advance`, { to: target }, { key });
      if (moved.status >= 400)
        throw new Error(`the clock cannot be advanced to ${target}: ${refusalOf(moved)}`);
      clock.now = String(moved.body['now'] ?? target);
    },
  };
  return clock;
}

let count = 0;
