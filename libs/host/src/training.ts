import type { Engine, Runtime } from '@shouwen/engine';
import { setTimeout as pause } from 'node:timers/promises';
import { badRequest, HttpProblem } from '@shouwen/nest';

const UNITS = { s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000 } as const;

/** One advance moves at most this far: a typing error must not send a training city into the next century. */
const FARTHEST = 3660 * UNITS.d;

/** Looked at this often without the clock's earliest timer going away, it is stuck. */
const PATIENCE = 5;

/** A relay that brings others what a log has may take this long. Milliseconds. */
const CARRYING = 60_000;

interface Advanced {
  readonly now: string;
  /** How many instants the clock stopped at on its way because a timer was due. */
  readonly instants: number;
}

/** Where the logs of some services end, and when the earliest of their timers is due (ms since 1970). */
export interface Standing {
  readonly heads: string;
  readonly nextTimer: number | null;
}

/** A process that the clock moves: this one or another. */
export interface Party {
  /** Answers once others can have everything that its logs held when it was asked. */
  published(): Promise<Standing>;
  /** Answers once nothing is left to do for what it knows, and others can have what came of it. */
  settled(): Promise<Standing>;
}

/** The simulated clock, on whichever engine. */
export interface SimulatedTime {
  now(): number;
  advance(to: number): Promise<void>;
}

/** The services of this process. */
export class Here implements Party {
  constructor(
    private readonly engine: Engine,
    private readonly runtimes: readonly Runtime[],
  ) {}

  async published(): Promise<Standing> {
    const standing = await this.standing();
    const until = performance.now() + CARRYING;
    for (const { service } of this.runtimes) {
      const { log } = await this.engine.open(service.name);
      while (!(await this.engine.transport.isPublished(log))) {
        if (performance.now() > until)
          throw new HttpProblem(
            503,
            'training.not-published',
            `The events of ${service.name} do not reach the other services; look whether Kafka runs.`,
          );
        await pause(5);
      }
    }
    return standing;
  }

  async settled(): Promise<Standing> {
    for (const runtime of this.runtimes) await runtime.settle();
    return this.published();
  }

  private async standing(): Promise<Standing> {
    const [heads, dues] = await Promise.all([
      Promise.all(this.runtimes.map((runtime) => runtime.head())),
      Promise.all(this.runtimes.map((runtime) => runtime.nextTimer())),
    ]);
    const known = dues.filter((due) => due !== null).map((due) => Date.parse(due));
    return { heads: heads.join(), nextTimer: known.length ? Math.min(...known) : null };
  }
}

/**
 * The simulated clock of training mode. It never jumps over anything: it stops at each instant at which a timer is
 * due, lets it fire, and goes on when every service has digested what came of it.
 */
export class Training {
  private last: Promise<unknown> = Promise.resolve();

  constructor(
    private readonly time: SimulatedTime,
    readonly here: Party,
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
  async advance(
    wish: { to?: string; by?: string },
    others: readonly Party[] = [],
  ): Promise<Advanced> {
    const parties = [this.here, ...others];
    const mine = this.last.then(
      () => this.move(wish, parties),
      () => this.move(wish, parties),
    );
    this.last = mine;
    return mine;
  }

  private async move(
    wish: { to?: string; by?: string },
    parties: readonly Party[],
  ): Promise<Advanced> {
    const target = this.targetOf(wish);
    const instants = new Set<number>();
    let stuck = 0;
    for (;;) {
      const due = await settle(parties);
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
    // Everything has settled and no timer lies between: nothing can come of it.
    if (target > this.time.now()) await this.time.advance(target);
    return { now: this.now(), instants: instants.size };
  }
}

/**
 * Until a whole round moves no log: what one service does may be work for another, and a service that has settled has
 * settled only with what had reached it. Answers when the next timer of all is due.
 */
export async function settle(parties: readonly Party[]): Promise<number | null> {
  let before = await Promise.all(parties.map((party) => party.published()));
  for (;;) {
    const after = await Promise.all(parties.map((party) => party.settled()));
    const isStill = after.every(({ heads }, i) => heads === before[i]!.heads);
    before = after;
    if (!isStill) continue;
    const dues = after.flatMap(({ nextTimer }) => (nextTimer === null ? [] : [nextTimer]));
    return dues.length ? Math.min(...dues) : null;
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
