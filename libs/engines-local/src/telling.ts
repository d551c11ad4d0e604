import type { Tell } from './place.js';

const EVERY_MS = 3_000;

/** Says what goes on every few seconds while it does, for a slow line must not look like a standstill. */
export async function telling<T>(what: string, tell: Tell, work: () => Promise<T>): Promise<T> {
  const from = Date.now();
  const told = setInterval(
    () => tell(`${what} … ${Math.round((Date.now() - from) / 1000)} s`),
    EVERY_MS,
  );
  try {
    return await work();
  } finally {
    clearInterval(told);
  }
}

const told = new Set<string>();

/** To standard error, past the test runner, which would print a stack under it. */
export function tellOnce(line: string): void {
  if (told.has(line)) return;
  told.add(line);
  process.stderr.write(`${line}\n`);
}
