import type { Time } from './ports.js';

/** A timer sleeps no longer than this, so that a clock that was set is noticed. */
const LONGEST_SLEEP = 30_000;

/** The machine's clock. */
export class RealTime implements Time {
  readonly mode = 'real';

  now(): number {
    return Date.now();
  }

  wake(at: number, ring: () => void): () => void {
    let timer: NodeJS.Timeout;
    const sleep = () => {
      const left = at - this.now();
      if (left <= 0) return ring();
      timer = setTimeout(sleep, Math.min(left, LONGEST_SLEEP));
    };
    timer = setTimeout(sleep, Math.min(Math.max(at - this.now(), 0), LONGEST_SLEEP));
    return () => clearTimeout(timer);
  }
}
