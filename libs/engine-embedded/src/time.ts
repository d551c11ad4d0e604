import {
  closeSync,
  existsSync,
  fsyncSync,
  openSync,
  readFileSync,
  renameSync,
  writeSync,
} from 'node:fs';
import { setImmediate as turn } from 'node:timers/promises';
import type { Time } from '@shouwen/engine';

/** The simulated clock of training mode: stands still until it is advanced, and is where it was after a restart. */
export class TrainingTime implements Time {
  readonly mode = 'training';
  private current: number;
  private readonly sleepers = new Set<{ at: number; ring: () => void }>();

  /** `from`: ISO 8601 instant of a new clock; an existing one goes on where it stood. */
  constructor(
    private readonly file: string,
    from: string,
  ) {
    this.current = existsSync(file)
      ? Date.parse((JSON.parse(readFileSync(file, 'utf8')) as { now: string }).now)
      : Date.parse(from);
    if (Number.isNaN(this.current)) throw new Error(`${file} does not hold the training clock.`);
    this.persist();
  }

  now(): number {
    return this.current;
  }

  wake(at: number, ring: () => void): () => void {
    const sleeper = { at, ring };
    this.sleepers.add(sleeper);
    if (at <= this.current) queueMicrotask(() => this.ringDue());
    return () => this.sleepers.delete(sleeper);
  }

  /** Moves on to the instant (ms) and wakes whoever is due; never back. */
  async advance(to: number): Promise<void> {
    if (to < this.current) throw new Error('the training clock does not go back');
    this.current = to;
    this.persist();
    this.ringDue();
    await turn();
  }

  private ringDue(): void {
    for (const sleeper of [...this.sleepers])
      if (sleeper.at <= this.current && this.sleepers.delete(sleeper)) sleeper.ring();
  }

  private persist(): void {
    const handle = openSync(`${this.file}.new`, 'w', 0o600);
    writeSync(handle, JSON.stringify({ now: new Date(this.current).toISOString() }));
    fsyncSync(handle);
    closeSync(handle);
    renameSync(`${this.file}.new`, this.file);
  }
}
