import { setTimeout as wait } from 'node:timers/promises';
import type { Entry } from '../import/entry.js';
import { inParallel } from '../import/import-file.js';
import { localTime } from '../import/instant.js';
import { idempotencyKey } from '../import/key.js';
import type { Platform } from '../import/platform.js';
import { refusalOf } from '../import/platform.js';
import type { TrainingClock } from '../import/training.js';
import type { Cast } from './cast.js';
import { nextAct } from './desk-plan.js';
import { Dice } from './dice.js';
import { latest } from './hours.js';
import type { Act, Matter } from './matter.js';
import type { Stage } from './stage.js';

/** Lines of a file that come in while the desk works, each at its own instant. */
export interface Feed {
  readonly entries: readonly Entry[];
  /** Answers the tickets that the line opened. */
  readonly send: (entry: Entry) => Promise<readonly string[]>;
}

export interface SimulationOptions {
  readonly platform: Platform;
  readonly stage: Stage;
  readonly cast: Cast;
  readonly clock: TrainingClock;
  readonly seed: string;
  /** Simulated seconds per real second; null: as fast as the platform can. */
  readonly speed: number | null;
  readonly feed: Feed | null;
  readonly onProgress: (done: number, total: number, note: string) => void;
  readonly tell: (line: string) => void;
}

interface Due {
  readonly ticketId: string;
  readonly act: Act;
}

const AT_A_TIME = 16;

/**
 * Desk and crews, played until nothing is left to do. Nothing here remembers what has happened: what is next follows
 * from the platform's views and the dice, so after a kill of either side it goes on where the log stands.
 */
export class Simulation {
  readonly #options: SimulationOptions;
  readonly #due = new Map<string, Act>();
  readonly #stuck = new Map<string, string>();
  readonly #isOpen = new Map<string, boolean>();
  #fed = 0;

  constructor(options: SimulationOptions) {
    this.#options = options;
  }

  /** Tickets that nobody could bring to an end, and why. */
  get stuck(): ReadonlyMap<string, string> {
    return this.#stuck;
  }

  async run(): Promise<void> {
    const { clock, stage, feed } = this.#options;
    await clock.advance(clock.now);
    for (const matter of await stage.matters()) this.#plan(matter);
    const lines = feed?.entries ?? [];
    for (;;) {
      const line = lines[this.#fed];
      const next = this.#next();
      if (!line && next === null) {
        if (await this.#isFinished()) return;
        continue;
      }
      const at = [line?.occurredAt, next ?? undefined]
        .filter((instant) => instant !== undefined)
        .reduce((a, b) => (a < b ? a : b));
      await this.#move(at);
      await this.#perform();
    }
  }

  /** Nothing is planned: looks at the whole once more, because others (reactions, people) may have moved. */
  async #isFinished(): Promise<boolean> {
    const { clock, stage } = this.#options;
    await clock.advance(clock.now);
    for (const matter of await stage.matters()) this.#plan(matter);
    return this.#due.size === 0;
  }

  async #move(at: string): Promise<void> {
    const { clock, speed, onProgress } = this.#options;
    if (at > clock.now) {
      if (speed !== null) await wait((Date.parse(at) - Date.parse(clock.now)) / speed);
      await clock.advance(at);
    }
    const closed = [...this.#isOpen.values()].filter((isOpen) => !isOpen).length;
    const lines = this.#options.feed?.entries.length ?? 0;
    onProgress(closed, Math.max(this.#isOpen.size, lines), localTime(clock.now));
  }

  /** Everything of this instant; what touches one ticket one after the other, the rest side by side. */
  async #perform(): Promise<void> {
    const { clock, feed, stage } = this.#options;
    const touched = new Set<string>();
    const lines: Entry[] = [];
    for (let line = feed?.entries[this.#fed]; line && line.occurredAt <= clock.now;) {
      lines.push(line);
      line = feed?.entries[++this.#fed];
    }
    const acts: Due[] = [...this.#due]
      .filter(([, { at }]) => at <= clock.now)
      .map(([ticketId, act]) => ({ ticketId, act }));
    await inParallel(lines, AT_A_TIME, async (line) => {
      for (const ticketId of (await feed?.send(line)) ?? []) touched.add(ticketId);
    });
    await inParallel(acts, AT_A_TIME, async (due) => {
      await this.#do(due);
      touched.add(due.ticketId);
    });
    await clock.advance(clock.now);
    await inParallel([...touched], AT_A_TIME, async (ticketId) =>
      this.#plan(await stage.matter(ticketId)),
    );
  }

  #next(): string | null {
    let next: string | null = null;
    for (const { at } of this.#due.values()) if (next === null || at < next) next = at;
    return next;
  }

  #plan(matter: Matter): void {
    const { ticket } = matter;
    const { clock, cast } = this.#options;
    this.#isOpen.set(ticket.ticketId, ticket.status === 'open');
    this.#due.delete(ticket.ticketId);
    if (this.#stuck.has(ticket.ticketId)) return;
    const chance = {
      dice: this.#dice(ticket.ticketId),
      now: clock.now,
      crewsOf: (unit: string) => cast.crewsOf(unit),
    };
    const utility = ticket.utility === 'unknown' ? 'water' : ticket.utility;
    const act = nextAct(matter, chance, `${utility}.consultation`);
    if (act) this.#due.set(ticket.ticketId, { ...act, at: latest(act.at, clock.now) });
    else if (ticket.status === 'open')
      this.#options.tell(`${ticket.number} waits: nobody can move it now`);
  }

  async #do({ ticketId, act }: Due): Promise<void> {
    const { platform, cast, seed } = this.#options;
    const as = await cast.play(act.by, this.#dice(ticketId));
    const key = idempotencyKey(act.at, 'simulate', seed, ticketId, act.step);
    const answer = await platform.post(act.path, { ...act.body, occurredAt: act.at }, { key, as });
    if (answer.status < 400) return;
    const why = `${act.step}: ${refusalOf(answer)}`;
    this.#stuck.set(ticketId, why);
    this.#options.tell(`${act.path} was refused: ${why}`);
  }

  #dice(ticketId: string): Dice {
    return new Dice(this.#options.seed, ticketId);
  }
}
