import { setTimeout as pause } from 'node:timers/promises';

/** Remembers a ring until somebody waits for it. */
export class Bell {
  private isRung = false;
  private rung: () => void = () => {};

  ring(): void {
    this.isRung = true;
    this.rung();
  }

  reset(): void {
    this.isRung = false;
  }

  /** Returns at once if it rang since the reset. */
  async wait(atMost: number): Promise<void> {
    if (this.isRung) return;
    const waiting = new AbortController();
    await Promise.race([
      new Promise<void>((next) => (this.rung = next)),
      pause(atMost, undefined, { signal: waiting.signal }).catch(() => {}),
    ]);
    waiting.abort();
  }
}
