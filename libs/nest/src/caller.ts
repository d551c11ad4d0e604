import { AsyncLocalStorage } from 'node:async_hooks';
import type { Caller } from '@shouwen/engine';

/** Who asks, and under which key. The command bus passes commands only, so this travels beside it. */
export const callers = new AsyncLocalStorage<Caller>();

export function currentCaller(): Caller {
  const caller = callers.getStore();
  if (!caller) throw new Error('a command came to the bus without its caller');
  return caller;
}
