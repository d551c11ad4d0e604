import type { Runtime } from '@shouwen/engine';
import { badRequest, HttpProblem } from '@shouwen/nest';
import type { TrainingTime } from '@shouwen/engine-embedded';

const UNITS = { s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000 } as const;

/** One advance moves at most this far: a typing error must not send a training city into the next century. */
const FARTHEST = 3660 * UNITS.d;

/** Looked at this often without the clock's earliest timer going away, it is stuck. */
const PATIENCE = 5;

interface Advanced {
  readonly now: string;
  /** How many instants the clock stopped at on its way because a timer was due. */
  readonly instants: number;
}

/**
 * The simulated clock of training mode. It never jumps over anything: it stops at each instant at which a timer is
 * due, lets it fire, and goes on when every service has digested what came of it.
 */
export class Training {
  private last: Promise<unknown> = Promise.resolve();

  constructor(
    private readonly time: TrainingTime,
    private readonly runtimes: readonly Runtime[],
  ) {}

  now(): string {
    return new Date(this.time.now()).toISOString();
  }

  /** Milliseconds of the instant that a request means. Throws 400 and 409 with a sentence. */
  targetOf({ to, by }: { to?: string; by?: string }): number {
    const now = this.time.now();
    const target = to === undefined ? now + durationOf(by ?? '') : Date.parse(to);
    if (Number.isNaN(target))
      throw badRequest('request.invalid', 'There is no such instant.', [
        { field: 'to', rule: 'isInstant', message: 'to must be an instant of the calendar.' },
      ]);
    if (target < now)
      throw new HttpProblem(
        409,
        'training.backwards',
        `The clock stands at ${this.now()} and does not go back.`,
      );
    if (target - now > FARTHEST)
      throw new HttpProblem(
        409,
        'training.too-far',
        'The clock moves ten years at most at a time.',
      );
    return target;
  }

  /** One after the other: two advances at once would fire timers under the wrong instant. */
  async advance(wish: { to?: string; by?: string }): Promise<Advanced> {
    const mine = this.last.then(
      () => this.move(wish),
      () => this.move(wish),
    );
    this.last = mine;
    return mine;
  }

  private async move(wish: { to?: string; by?: string }): Promise<Advanced> {
    const target = this.targetOf(wish);
    const instants = new Set<number>();
    let stuck = 0;
    for (;;) {
      await this.settle();
      const due = await this.nextTimer();
      if (due === null || due > target) break;
      stuck = due <= this.time.now() ? stuck + 1 : 0;
      if (stuck > PATIENCE)
        throw new HttpProblem(
          409,
          'training.stuck',
          `A timer of ${new Date(due).toISOString()} cannot be handled; look at /<service>/parked.`,
        );
      await this.time.advance(Math.max(due, this.time.now()));
      instants.add(this.time.now());
    }
    await this.time.advance(target);
    await this.settle();
    return { now: this.now(), instants: instants.size };
  }

  /** Until a whole round over all services moves no log: what one does may be work for another. */
  async settle(): Promise<void> {
    for (let before = await this.heads(); ;) {
      for (const runtime of this.runtimes) await runtime.settle();
      const after = await this.heads();
      if (after === before) return;
      before = after;
    }
  }

  private async heads(): Promise<string> {
    return (await Promise.all(this.runtimes.map((runtime) => runtime.head()))).join();
  }

  private async nextTimer(): Promise<number | null> {
    const dues = await Promise.all(this.runtimes.map((runtime) => runtime.nextTimer()));
    const known = dues.filter((due) => due !== null).map((due) => Date.parse(due));
    return known.length ? Math.min(...known) : null;
  }
}

/** `90m`, `2h`, `1d12h`: milliseconds. */
function durationOf(text: string): number {
  const parts = [...text.matchAll(/(\d{1,6})([smhd])/g)];
  return parts.reduce(
    (sum, [, count, unit]) => sum + Number(count) * UNITS[unit as keyof typeof UNITS],
    0,
  );
}
