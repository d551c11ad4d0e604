import { setTimeout as pause } from 'node:timers/promises';
import { HttpProblem } from '@shouwen/nest';
import type { Party, Standing } from './training.js';

/** A process that is away may be starting again; the clock waits for it this long. Milliseconds. */
const PATIENCE = 60_000;
const AGAIN = 100;

/** Another process of a training installation. What it answers, it answers to whoever moves the clock. */
export class Peer implements Party {
  constructor(
    private readonly url: string,
    private readonly authorization: string,
  ) {}

  published(): Promise<Standing> {
    return this.ask('published');
  }

  settled(): Promise<Standing> {
    return this.ask('settled');
  }

  private async ask(once: string): Promise<Standing> {
    const until = performance.now() + PATIENCE;
    for (;;) {
      const answer = await this.attempt(once);
      if (typeof answer !== 'string') return answer;
      if (performance.now() > until)
        throw new HttpProblem(
          503,
          'training.peer-away',
          `${this.url}, which PEERS names, ${answer}; start it, and move the clock again.`,
        );
      await pause(AGAIN);
    }
  }

  /** A text says why it did not answer yet. Throws what it refused. */
  private async attempt(once: string): Promise<Standing | string> {
    try {
      const response = await fetch(`${this.url}/training/standing?once=${once}`, {
        headers: { authorization: this.authorization },
      });
      const body = (await response.json()) as Standing & { title?: string };
      if (response.ok) return body;
      // A copy of the accounts may not know of the caller yet, and a process that starts or stops answers 5xx.
      return `answers ${response.status}: ${body.title ?? ''}`;
    } catch {
      return 'does not answer';
    }
  }
}
