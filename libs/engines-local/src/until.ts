import { setTimeout as wait } from 'node:timers/promises';

const EVERY_MS = 50;
/** Far longer than anything takes on a machine that is busy with something else. */
const IN_VAIN_S = 240;

/**
 * Asks again and again until there is an answer, and says what was waited for where none comes. What throws is not
 * asked again: it knows that waiting longer is no use.
 */
export async function until<T>(
  what: string,
  ask: () => Promise<T | null | undefined | false>,
  seconds = IN_VAIN_S,
): Promise<T> {
  for (const deadline = Date.now() + seconds * 1000; Date.now() < deadline; await wait(EVERY_MS)) {
    const answer = await ask();
    if (answer) return answer;
  }
  throw new Error(`waited ${seconds} seconds in vain until ${what}`);
}
